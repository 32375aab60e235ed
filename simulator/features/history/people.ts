/** Whom a thread is with: a customer of the scenario, or somebody invented who is always the same. */
import { mintUserId, type WaId } from '../../core/identifiers.ts';
import { createRandom } from '../../core/random.ts';
import type { Customer, PhoneNumber, ReadonlyWorld } from '../../core/world.ts';
import type { HistoryFill } from './events.ts';
import type { Phrases } from './phrases.ts';

/** How many people can be invented before their numbers repeat. */
export const mostInvented = 9_000_000;

/** Prime, and no divisor of the above: multiplying by it scatters neighbours and never joins two. */
const scatter = 6_700_417;

/** The other side of a thread; the same person for the same fill and thread. */
export function customerOf(
  world: ReadonlyWorld,
  number: Readonly<PhoneNumber>,
  fill: HistoryFill,
  thread: number,
  phrases: Phrases,
): Customer {
  const waId = fill.customers[thread];
  const known = waId === undefined ? undefined : world.customers.get(waId);
  return known ?? invent(number, fill, thread, phrases);
}

function invent(
  number: Readonly<PhoneNumber>,
  fill: HistoryFill,
  thread: number,
  phrases: Phrases,
): Customer {
  const random = createRandom(Math.imul(fill.seed, 31), thread);
  const userId = mintUserId(random, number.country);
  const name = phrases.names[random.integer(0, phrases.names.length - 1)] ?? '';
  return {
    waId: inventWaId(number.waId, fill.seed, thread),
    userId,
    name,
    country: number.country,
    hidesNumber: false,
    device: 'android',
    // One in four has taken a username; the thread keeps them apart.
    ...(random.integer(0, 3) === 0 ? { username: `${name}.${thread}` } : {}),
  };
}

/**
 * A number from the business's own area. The first of its last seven digits is never the business's: where the
 * numbering plan fixes that digit, nobody invented has the number of somebody who was set up.
 */
function inventWaId(business: WaId, seed: number, thread: number): WaId {
  const place = (thread * scatter + (seed >>> 0)) % mostInvented;
  const digit = (Number(business.at(-7)) + 1 + Math.floor(place / 1_000_000)) % 10;
  return `${business.slice(0, -7)}${digit}${String(place % 1_000_000).padStart(6, '0')}` as WaId;
}
