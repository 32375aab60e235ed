/** The top of a scenario: what there is before the first step. */
import { isMap, isScalar } from 'yaml';
import { customer, isName, obligation } from './names.ts';
import {
  describe,
  duration,
  flag,
  listOf,
  oneOf,
  text,
  whole,
  type Read,
  type Reading,
  type Value,
} from './read.ts';
import {
  needs,
  type Anchor,
  type ContactSetup,
  type CustomerSetup,
  type HistorySetup,
  type Need,
  type NumberSetup,
} from './scenario.ts';
import { defaulted, optional, pairsOf, readMap, required, type Shape, type Values } from './shape.ts';
import { suggest } from './suggest.ts';
import { behaviours, countries, type BehaviourKind, type BehaviourOverrides } from './vocabulary.ts';

const states = ['fresh', 'app-only', 'coexistence', 'cloud-api', 'offboarded', 'disconnected'] as const;
const numberState = oneOf('a state of a number', states);

/** Where businesses and customers are when a scenario does not say. */
const usualCountry = 'BR';
/** Recent enough to ask for the syncs, long enough ago for the signup to be over. */
const usualOnboardedAgoMs = 3_600_000;

const country = oneOf('a country of the simulator', countries);

export const numberShape = {
  state: defaulted(numberState, 'coexistence'),
  name: optional(text),
  country: defaulted(country, usualCountry),
  subscribed: optional(flag),
  onboardedAgo: defaulted(duration, usualOnboardedAgoMs),
} as const satisfies Shape;

const numberOf = ({ subscribed, onboardedAgo, ...rest }: Values<typeof numberShape>): NumberSetup => ({
  ...rest,
  // An account that was never onboarded cannot have been subscribed by anybody.
  subscribed: subscribed ?? !['fresh', 'app-only'].includes(rest.state),
  onboardedAgoMs: onboardedAgo,
});

/** What a scenario has that says nothing about its number. */
export const usualNumber: NumberSetup = numberOf({
  state: 'coexistence',
  country: usualCountry,
  onboardedAgo: usualOnboardedAgoMs,
});

/** A word for the state, or a map. */
export const readNumber: Read<NumberSetup> = (value, reading) => {
  if (isMap(value.node)) {
    const map = readMap(numberShape, 'number', value, value.place, reading);
    return map && numberOf(map.values);
  }
  const state = numberState(value, reading);
  return state && numberOf({ state, country: usualCountry, onboardedAgo: usualOnboardedAgoMs });
};

/** The other business that the system serves; steps may happen `on: neighbour` from then on. */
export const readNeighbour: Read<NumberSetup> = (value, reading) => {
  reading.names.places.add('neighbour');
  return readNumber(value, reading);
};

export const customerShape = {
  name: optional(text),
  country: optional(country),
  username: optional(text),
  hidesNumber: defaulted(flag, false),
  device: defaulted(oneOf('a device', ['android', 'iphone', 'web', 'windows', 'wear-os']), 'android'),
} as const satisfies Shape;

/**
 * People by name. All names are known even where one of them is described wrongly.
 *
 * @param numberCountry - where customers are who do not say
 */
export function readCustomers(
  value: Value,
  numberCountry: string,
  reading: Reading,
): Readonly<Record<string, CustomerSetup>> {
  if (!isMap(value.node)) {
    reading.report(
      'wrong-type',
      value.place,
      `Expected customers by name, found ${describe(value)}.`,
      'Write “customers: { ana: {} }”.',
    );
    return {};
  }
  const people: [string, CustomerSetup][] = [];
  for (const [name, { key, value: person }] of pairsOf(value.node, value.place, reading)) {
    if (!isName(name))
      reading.report(
        'wrong-value',
        key,
        `“${name}” is not a name: letters, digits, - and _, beginning with a letter.`,
      );
    reading.names.customers.add(name);
    const map = readMap(customerShape, `customer “${name}”`, person, key, reading);
    if (!map) continue;
    const { country: home = numberCountry, ...rest } = map.values;
    if (rest.hidesNumber && rest.username === undefined)
      reading.report('missing-key', key, `${name} can hide the number only behind a username.`);
    people.push([name, { ...rest, country: home }]);
  }
  return Object.fromEntries(people);
}

export const historyShape = {
  messages: defaulted(whole(0, 100_000_000), 0),
  threads: optional(whole(1, 100_000)),
  days: defaulted(whole(1, 180), 180),
  mediaPerMille: defaulted(whole(0, 1_000), 0),
  sharing: defaulted(oneOf('a choice', ['shared', 'declined']), 'shared'),
} as const satisfies Shape;

/** What the phone holds when a scenario says nothing about it. */
export const usualHistory: HistorySetup = {
  messages: 0,
  threads: 1,
  days: 180,
  mediaPerMille: 0,
  sharing: 'shared',
};

/** Without `threads`: one for each customer, and one at least. */
export const readHistory: Read<HistorySetup> = (value, reading) => {
  const map = readMap(historyShape, 'history', value, value.place, reading);
  if (!map) return null;
  const { threads = Math.max(1, reading.names.customers.size), ...rest } = map.values;
  return { ...rest, threads };
};

export const contactShape = { name: required(text), of: optional(customer) } as const satisfies Shape;

export const readContacts: Read<readonly ContactSetup[]> = listOf(
  (value, reading) => readMap(contactShape, 'a contact', value, value.place, reading)?.values ?? null,
  20_000,
);

type BehaviourValue = string | number | boolean;

/** Overrides by name; a wrong name or value is reported and left out, so that each left is what its name takes. */
export const readBehaviour: Read<BehaviourOverrides> = (value, reading) => {
  if (!isMap(value.node))
    return reading.report('wrong-type', value.place, `Expected behaviour by name, found ${describe(value)}.`);
  const known: Readonly<Record<string, BehaviourKind>> = behaviours;
  const found: [string, BehaviourValue][] = [];
  for (const [name, { key, value: setting }] of pairsOf(value.node, value.place, reading)) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined)
      reading.report(
        'unknown-key',
        key,
        `There is no behaviour “${name}”.`,
        suggest(name, Object.keys(known)),
      );
    else {
      const set = readSetting(kind, setting, reading);
      if (set !== null) found.push([name, set]);
    }
  }
  return Object.fromEntries(found);
};

function readSetting(kind: BehaviourKind, value: Value, reading: Reading): BehaviourValue | null {
  if (kind === 'flag') return flag(value, reading);
  if (kind === 'count') return whole(1, 1_000_000)(value, reading);
  const found = isScalar(value.node) ? value.node.value : undefined;
  const known = kind.find((one) => one === found);
  if (known !== undefined) return known;
  const message = `Expected one of ${kind.join(', ')}, found ${describe(value)}.`;
  return reading.report('wrong-value', value.place, message, suggest(String(found), kind.map(String)));
}

/** `end`, `start`, or an instant such as `2026-11-02T09:00:00Z`. */
export const readAnchor: Read<Anchor> = (value, reading) => {
  const word = text(value, reading);
  if (word === null || word === 'end' || word === 'start') return word;
  const startMs = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(word) ? Date.parse(word) : Number.NaN;
  if (!Number.isNaN(startMs)) return { startMs };
  return reading.report(
    'wrong-value',
    value.place,
    `Expected end, start or an instant such as 2026-11-02T09:00:00Z, found “${word}”.`,
    suggest(word, ['end', 'start']),
  );
};

/** What a system under test has to have for this; not every one has it. */
export const readNeeds: Read<readonly Need[]> = listOf(oneOf('what a system can have', needs), needs.length);

export const obligationList: Read<readonly string[]> = listOf(obligation, 100);
