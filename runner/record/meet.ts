/** Learns from a body who belongs together, before anything of it is shown: number, user id, username, names. Pure. */
import { fieldsIn, fieldsOf, isFields, textOf, type Fields } from './json.ts';
import type { Person } from './people.ts';
import { canonical, digitsOf } from './phone-numbers.ts';
import type { StandIns } from './stand-ins.ts';

/** Numbers of businesses, in their canonical form; they are nobody's. */
export type Businesses = Set<string>;

/** Pairs of keys that name one person on the wire. */
const pairs = [
  ['wa_id', 'user_id'],
  ['from', 'from_user_id'],
  ['to', 'to_user_id'],
  ['recipient_id', 'recipient_user_id'],
  ['phone_number', 'user_id'],
  ['to', 'recipient'],
] as const;

/** @param body - of a webhook, or of a Graph call */
export function meetAll(body: unknown, standIns: StandIns, businesses: Businesses): void {
  noteBusinesses(body, businesses);
  meetEverybody(body, standIns, businesses);
}

function noteBusinesses(value: unknown, businesses: Businesses): void {
  if (Array.isArray(value)) for (const one of value as readonly unknown[]) noteBusinesses(one, businesses);
  if (!isFields(value)) return;
  const own = [
    value['display_phone_number'],
    value['event'] === undefined ? undefined : value['phone_number'],
  ];
  for (const number of own) {
    const digits = typeof number === 'string' ? digitsOf(number) : undefined;
    if (digits !== undefined) businesses.add(canonical(digits));
  }
  for (const inner of Object.values(value)) noteBusinesses(inner, businesses);
}

function meetEverybody(value: unknown, standIns: StandIns, businesses: Businesses): void {
  if (Array.isArray(value))
    for (const one of value as readonly unknown[]) meetEverybody(one, standIns, businesses);
  if (!isFields(value)) return;
  for (const [numberKey, userKey] of pairs) {
    const number = digitsIn(value[numberKey], businesses);
    const userId = userIdIn(value[userKey]) ?? userIdIn(value[numberKey]);
    if (number !== undefined || userId !== undefined)
      standIns.people.meet({ number, userId, username: usernameIn(value) });
  }
  meetThread(value, standIns, businesses);
  moveNumber(value, standIns, businesses);
  for (const [key, inner] of Object.entries(value))
    // Whoever is on a card takes no part.
    if (key !== 'phones') meetEverybody(inner, standIns, businesses);
}

/** A chat of the history is called after its customer. */
function meetThread(value: Fields, { people }: StandIns, businesses: Businesses): void {
  if (!Array.isArray(value['messages'])) return;
  const { wa_id: waId, user_id: userId, username } = fieldsOf(value['context']);
  people.meet({
    number: digitsIn(value['id'], businesses) ?? digitsIn(waId, businesses),
    userId: userIdIn(userId),
    username: textOf(username),
  });
}

function moveNumber(value: Fields, { people }: StandIns, businesses: Businesses): void {
  const system = fieldsOf(value['system']);
  const from = digitsIn(value['from'], businesses);
  const to = digitsIn(system['wa_id'] ?? system['new_wa_id'], businesses);
  if (from !== undefined && to !== undefined) people.move(from, to);
}

/** The person that an object is about, if it is about one. */
export function personIn(value: Fields, { people }: StandIns, businesses: Businesses): Person | undefined {
  const number = digitsIn(value['wa_id'] ?? value['phone_number'], businesses);
  const userId = userIdIn(value['user_id']);
  const username = usernameIn(value);
  return number === undefined && userId === undefined && username === undefined
    ? undefined
    : people.find({ number, userId, username });
}

const usernameIn = (value: Fields): string | undefined =>
  textOf(value['username']) ?? textOf(fieldsOf(value['profile'])['username']);

function digitsIn(value: unknown, businesses: Businesses): string | undefined {
  const digits = typeof value === 'string' ? digitsOf(value) : undefined;
  return digits === undefined || businesses.has(canonical(digits)) ? undefined : digits;
}

/** Business-scoped: `BR.1349…`. */
export const userIdPattern = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

const userIdIn = (value: unknown): string | undefined =>
  typeof value === 'string' && userIdPattern.test(value) ? value : undefined;

/** Messages of a webhook body, whatever their field. */
export const changesOf = (body: unknown): readonly { readonly entry: Fields; readonly change: Fields }[] =>
  fieldsIn(fieldsOf(body)['entry']).flatMap((entry) =>
    fieldsIn(entry['changes']).map((change) => ({ entry, change })),
  );
