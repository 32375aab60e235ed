/** The numbers and accounts that a recording is about: the first is the scenario's own, the second its neighbour's. Pure. */
import type { Item, Moment } from './changes.ts';
import { fieldsOf, textOf } from './json.ts';

/** Ids of the recording, redacted. */
export interface Nodes {
  readonly phoneNumberId?: string | undefined;
  readonly neighbourId?: string | undefined;
  readonly wabaId?: string | undefined;
  /** Digits of the stand-in; they tell the country. */
  readonly displayPhoneNumber?: string | undefined;
  readonly neighbourPhoneNumber?: string | undefined;
}

export function nodesOf(moments: readonly Moment[]): Nodes {
  const numbers = new Map<string, string | undefined>();
  let wabaId: string | undefined;
  for (const moment of moments) {
    if (moment.kind === 'call') continue;
    const id = numberIdOf(moment);
    if (id === undefined) continue;
    if (!numbers.has(id)) numbers.set(id, textOf(fieldsOf(moment.value['metadata'])['display_phone_number']));
    // Entries about messages are called after the account.
    wabaId ??= moment.entryId;
  }
  const [own, neighbour] = [...numbers];
  return {
    phoneNumberId: own?.[0],
    displayPhoneNumber: own?.[1],
    neighbourId: neighbour?.[0],
    neighbourPhoneNumber: neighbour?.[1],
    wabaId,
  };
}

const numberIdOf = ({ value }: Item): string | undefined =>
  textOf(fieldsOf(value['metadata'])['phone_number_id']);

/** Whose a webhook is; one that names no number is taken for the first one's. */
export function placeOf(
  item: Item,
  { phoneNumberId, neighbourId }: Nodes,
): 'own' | 'neighbour' | 'elsewhere' {
  const id = numberIdOf(item);
  if (id === undefined || id === phoneNumberId) return 'own';
  return id === neighbourId ? 'neighbour' : 'elsewhere';
}
