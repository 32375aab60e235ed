/** What a business says about itself. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';

/** The profile's texts; what is missing was never said. */
export interface BusinessProfile {
  readonly about?: string;
  readonly address?: string;
  readonly description?: string;
  readonly email?: string;
  readonly vertical?: string;
  readonly websites?: readonly string[];
}

/** `GET /{phone-number-id}/whatsapp_business_profile`. */
export interface ReadProfile extends Command {
  readonly type: 'read-profile';
  readonly phoneNumberId: PhoneNumberId;
  /** Names from `fields=`; missing: nothing but `messaging_product`. */
  readonly fields?: readonly string[];
}

/** `POST /{phone-number-id}/whatsapp_business_profile`: changes what it names. */
export interface ChangeProfile extends Command {
  readonly type: 'change-profile';
  readonly phoneNumberId: PhoneNumberId;
  readonly profile: BusinessProfile;
}

/** `GET /{profile-id}`: the profile as a node of its own. */
export interface ReadProfileNode extends Command {
  readonly type: 'read-profile-node';
  readonly id: string;
}

/** `POST /{profile-id}`. */
export interface ChangeProfileNode extends Command {
  readonly type: 'change-profile-node';
  readonly id: string;
  readonly profile: BusinessProfile;
}

export type ProfileCommand = ReadProfile | ChangeProfile | ReadProfileNode | ChangeProfileNode;

export interface ProfileChanged extends WorldEvent {
  readonly type: 'profile-changed';
  readonly phoneNumberId: PhoneNumberId;
  readonly profile: BusinessProfile;
}
