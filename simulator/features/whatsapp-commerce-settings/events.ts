/** Whether customers see a catalog and a cart. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';

export interface CommerceSettings {
  readonly isCartEnabled: boolean;
  readonly isCatalogVisible: boolean;
}

/** `GET /{phone-number-id}/whatsapp_commerce_settings`. */
export interface ReadCommerceSettings extends Command {
  readonly type: 'read-commerce-settings';
  readonly phoneNumberId: PhoneNumberId;
}

/** `POST /{phone-number-id}/whatsapp_commerce_settings`: changes what it names. */
export interface ChangeCommerceSettings extends Command {
  readonly type: 'change-commerce-settings';
  readonly phoneNumberId: PhoneNumberId;
  readonly settings: Partial<CommerceSettings>;
}

export type CommerceCommand = ReadCommerceSettings | ChangeCommerceSettings;

export interface CommerceSettingsChanged extends WorldEvent {
  readonly type: 'commerce-settings-changed';
  readonly phoneNumberId: PhoneNumberId;
  readonly settings: Partial<CommerceSettings>;
}
