/** Groups over the API. A request that is accepted leads to no group here, so there are no events. */
import type { Command } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';

/** `POST /{phone-number-id}/groups`. */
export interface CreateGroup extends Command {
  readonly type: 'create-group';
  readonly phoneNumberId: PhoneNumberId;
}

/** `GET /{phone-number-id}/groups`. */
export interface ListGroups extends Command {
  readonly type: 'list-groups';
  readonly phoneNumberId: PhoneNumberId;
}

export type GroupsCommand = CreateGroup | ListGroups;
