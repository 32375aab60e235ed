/** The node of a business phone number: reading it, and the little that can be written. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { HandshakeResult } from '../../core/feature.ts';
import type { PhoneNumberId, WabaId } from '../../core/identifiers.ts';
import type { Callback } from '../../core/world.ts';

/** Every edge of a number that was disconnected answers as the node does; many refuse a number of the app. */
export { isInBusinessApp } from './in-business-app.ts';

/** `GET /{phone-number-id}`. */
export interface ReadPhoneNumber extends Command {
  readonly type: 'read-phone-number';
  readonly phoneNumberId: PhoneNumberId;
  readonly token: string;
}

/** `GET /{waba-id}/phone_numbers`. */
export interface ListPhoneNumbers extends Command {
  readonly type: 'list-phone-numbers';
  readonly wabaId: WabaId;
  readonly token: string;
  readonly oldestFirst: boolean;
}

/** `POST /{phone-number-id}`. */
export interface UpdatePhoneNumber extends Command {
  readonly type: 'update-phone-number';
  readonly phoneNumberId: PhoneNumberId;
  readonly token: string;
  /** The PIN of two-step verification. */
  readonly pin?: string;
  /** `webhook_configuration`; an empty `url` ends the override. */
  readonly override?: Callback;
  readonly handshake?: HandshakeResult;
}

export type PhoneNumberCommand = ReadPhoneNumber | ListPhoneNumbers | UpdatePhoneNumber;

/** Two-step verification is on, with this PIN. */
export interface PinSet extends WorldEvent {
  readonly type: 'pin-set';
  readonly phoneNumberId: PhoneNumberId;
  readonly pin: string;
}
