/** Sets up what a phone holds, before anything is synchronised. */
import { accept, mistake, type Decision } from '../../core/decision.ts';
import type { EpochMs } from '../../core/time.ts';
import { chanceOf, type ReadonlyWorld } from '../../core/world.ts';
import { mostHistoryMessages, type FillHistory, type HistoryFilled } from './events.ts';
import { mostInvented } from './people.ts';

/** Sets up what the phone holds. Messages end where the number's onboarding began, or now if there was none yet. */
export function decideFill(world: ReadonlyWorld, command: FillHistory, nowMs: EpochMs): Decision<null> {
  const { phoneNumberId, sharing, messages, threads, days, mediaPerMille, customers } = command;
  const number = world.phoneNumbers.get(phoneNumberId);
  if (!number) return mistake(`There is no number ${phoneNumberId} to fill with history.`);
  const wrong = outOfBounds(command) ?? unknownCustomer(world, command);
  if (wrong !== undefined) return mistake(wrong);
  const event: HistoryFilled = {
    type: 'history-filled',
    phoneNumberId,
    sharing,
    fill: {
      messages,
      threads,
      days,
      mediaPerMille,
      customers,
      seed: chanceOf(world).integer(0, 0x7fffffff),
      endsAtMs: number.onboardedAtMs ?? nowMs,
    },
  };
  return accept([event], null);
}

function outOfBounds(command: FillHistory): string | undefined {
  const bounds = [
    ['messages', 0, mostHistoryMessages],
    ['threads', 1, mostInvented],
    ['days', 1, 36_500],
    ['mediaPerMille', 0, 1000],
  ] as const;
  for (const [name, least, most] of bounds) {
    const value = command[name];
    if (!Number.isInteger(value) || value < least || value > most)
      return `“${name}” of a history must be a whole number from ${least} to ${most}, not ${value}.`;
  }
  return undefined;
}

function unknownCustomer(world: ReadonlyWorld, command: FillHistory): string | undefined {
  const stranger = command.customers.find((waId) => !world.customers.has(waId));
  return stranger === undefined
    ? undefined
    : `A history cannot be with ${stranger}, who is no customer here.`;
}
