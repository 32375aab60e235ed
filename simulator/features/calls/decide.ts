/** Calls over the API: not for numbers of the WhatsApp Business app, whose calls stay in the app. */
import { accept, mistake, refuse, type Decision } from '../../core/decision.ts';
import { mintWamid } from '../../core/identifiers.ts';
import { chanceOf, type ReadonlyWorld } from '../../core/world.ts';
import { objectMissing } from '../../core/refusals.ts';
import type { ManageCall } from './events.ts';
import { callingRefused } from './refusals.ts';

/** What a call that is begun is known by; other actions succeed without a word. */
export type CallAnswer = { readonly callId: string } | undefined;

/** Answers as for a call on its way; nobody is called, and no `calls` webhook leaves here. */
export function manageCall(world: ReadonlyWorld, command: ManageCall): Decision<CallAnswer> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (number.state === 'disconnected') return refuse(objectMissing(number.id, 'post'));
  if (number.state !== 'cloud-api') return refuse(callingRefused(world.behaviour.callingRefusalCode));
  if (command.action !== 'connect') return accept([], undefined);
  // Ids of calls look like those of messages, under a name of their own.
  const id = mintWamid(chanceOf(world), number.waId, 'business').replace('wamid', 'wacid');
  return accept([], { callId: id });
}
