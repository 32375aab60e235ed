/** Groups over the API: not for numbers of the WhatsApp Business app, whose groups stay in the app. */
import { accept, mistake, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import { mintRequestId, type PhoneNumberId } from '../../core/identifiers.ts';
import { chanceOf, type ReadonlyWorld } from '../../core/world.ts';
import { objectMissing } from '../../core/refusals.ts';
import type { CreateGroup, ListGroups } from './events.ts';

/** The code is recorded for numbers that are not eligible; that a coexistence number gets it is assumed. */
export const notEligible: Refusal = {
  code: 131215,
  httpStatus: 400,
  message: 'Phone number is not eligible for groups',
  evidence: 'assumed',
  source: 'Meta: groups excludes coexistence numbers; the code as recorded on other ineligible numbers',
};

/** Answers as for a group on its way; the webhook that would tell of the group never leaves here. */
export function createGroup(
  world: ReadonlyWorld,
  command: CreateGroup,
): Decision<{ readonly requestId: string }> {
  const denied = deny(world, command.phoneNumberId, 'post');
  return denied ?? accept([], { requestId: mintRequestId(chanceOf(world)) });
}

export function listGroups(world: ReadonlyWorld, command: ListGroups): Decision<undefined> {
  return deny(world, command.phoneNumberId, 'get') ?? accept([], undefined);
}

function deny(world: ReadonlyWorld, id: PhoneNumberId, verb: 'get' | 'post'): Decision<never> | undefined {
  const number = world.phoneNumbers.get(id);
  if (!number) return mistake(`There is no phone number ${id}.`);
  if (number.state === 'disconnected') return refuse(objectMissing(id, verb));
  return number.state === 'cloud-api' ? undefined : refuse(notEligible);
}
