/** Settings of a number, one group at a time. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';

/** Groups of settings, by their wire names. */
export type SettingsGroup =
  'calling' | 'user_identity_change' | 'payload_encryption' | 'storage_configuration';

/** `GET /{phone-number-id}/settings`. */
export interface ReadSettings extends Command {
  readonly type: 'read-settings';
  readonly phoneNumberId: PhoneNumberId;
}

/** `POST /{phone-number-id}/settings`. */
export interface ChangeSettings extends Command {
  readonly type: 'change-settings';
  readonly phoneNumberId: PhoneNumberId;
  readonly settings: Readonly<Partial<Record<SettingsGroup, JsonObject>>>;
}

export type SettingsCommand = ReadSettings | ChangeSettings;

export interface SettingsChanged extends WorldEvent {
  readonly type: 'settings-changed';
  readonly phoneNumberId: PhoneNumberId;
  readonly settings: Readonly<Partial<Record<SettingsGroup, JsonObject>>>;
}
