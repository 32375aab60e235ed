/**
 * Makes of what went over the wire what may be kept: its form is as it was, and whom and what it is about is a stand-in.
 *
 * Nothing is kept because nobody thought of it: a text or key that no rule and no contract knows becomes a stand-in, too. Pure.
 */
import { wireWords } from '../../contracts/words.ts';
import { isFields, parseJson, type Fields } from './json.ts';
import { meetAll, personIn, type Businesses } from './meet.ts';
import type { Person } from './people.ts';
import { standInFor, standInForFigure, type Spot } from './rules.ts';
import { createStandIns, type StandIns } from './stand-ins.ts';

export interface Redactor {
  /** A body of a webhook or a call, as JSON; the same values become the same stand-ins each time. */
  redact(body: unknown): unknown;
  /** Path of a Graph call without its query, ids in it replaced. */
  redactPath(path: string): string;
  /** Whose number or user id a stand-in is. */
  readonly personOf: (standIn: string) => Person | undefined;
}

export function createRedactor(): Redactor {
  const standIns = createStandIns();
  const businesses: Businesses = new Set();
  return {
    redact(body) {
      meetAll(body, standIns, businesses);
      const top: Spot = { key: '', parent: {}, person: undefined, onCard: false };
      return redactValue(body, { standIns, businesses }, top);
    },
    redactPath: (path) =>
      path
        .split('/')
        .map((part) => redactPart(part, standIns))
        .join('/'),
    personOf: standIns.personOf,
  };
}

interface Means {
  readonly standIns: StandIns;
  readonly businesses: Businesses;
}

function redactValue(value: unknown, means: Means, spot: Spot): unknown {
  const { standIns } = means;
  if (Array.isArray(value)) return value.map((one) => redactValue(one, means, spot));
  if (isFields(value)) return redactFields(value, means, spot);
  if (typeof value === 'number') return standInForFigure(value, standIns, spot);
  if (typeof value !== 'string') return value;
  if (spot.key === 'response_json') return redactAnswers(value, standIns);
  return standInFor(value, standIns, spot);
}

function redactFields(value: Fields, means: Means, { key: ownKey, person: outer, onCard }: Spot): Fields {
  const person = personIn(value, means.standIns, means.businesses) ?? outer;
  // A message's own `contacts` are cards; those beside it say who wrote.
  const isCard = onCard || (ownKey === 'contacts' && 'name' in value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const spot: Spot = { key, parent: value, person: isCard ? undefined : person, onCard: isCard };
      return [shownKey(key, means.standIns), redactValue(inner, means, spot)];
    }),
  );
}

const shownKey = (key: string, standIns: StandIns): string =>
  wireWords().keys.has(key) || key === 'entry' || key === 'changes' ? key : standIns.key(key);

/** What was filled into a flow: names of fields are the system's own, answers are the customer's. */
function redactAnswers(text: string, standIns: StandIns): string {
  const answers = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(answers);
    if (isFields(value))
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [standIns.key(key), answers(inner)]),
      );
    if (typeof value === 'number') return standIns.figure(value);
    return typeof value === 'string' ? standIns.text(value) : value;
  };
  const read = parseJson(text);
  return isFields(read) ? JSON.stringify(answers(read)) : standIns.text(text);
}

function redactPart(part: string, standIns: StandIns): string {
  if (part === '' || /^v\d{1,2}\.\d$/.test(part)) return part;
  if (/^[a-z_]{2,40}$/.test(part)) return part;
  return /^\d+$/.test(part) ? standIns.id(part) : standIns.key(part);
}
