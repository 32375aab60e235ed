/** What customers do that stays in the app: calls, and groups that the business is in. */
import { accept, type Decision } from '../../../core/decision.ts';
import type { ReadonlyWorld } from '../../../core/world.ts';
import type {
  CallAsCustomer,
  CustomerCalled,
  CustomerSentToGroup,
  SendToGroupAsCustomer,
} from '../events.ts';
import { findParties } from './parties.ts';

/** Coexistence switches the Calling API off, so that a call rings on the phone alone. */
export function callAsCustomer(world: ReadonlyWorld, command: CallAsCustomer): Decision<undefined> {
  const parties = findParties(world, command);
  if ('kind' in parties) return parties;
  const event: CustomerCalled = {
    type: 'customer-called',
    phoneNumberId: command.phoneNumberId,
    from: command.from,
    video: command.video,
  };
  return accept([event], undefined);
}

/** Groups are not shared with the API. */
export function sendToGroupAsCustomer(
  world: ReadonlyWorld,
  command: SendToGroupAsCustomer,
): Decision<undefined> {
  const parties = findParties(world, command);
  if ('kind' in parties) return parties;
  const event: CustomerSentToGroup = {
    type: 'customer-sent-to-group',
    phoneNumberId: command.phoneNumberId,
    from: command.from,
    text: command.text,
  };
  return accept([event], undefined);
}
