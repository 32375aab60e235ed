/** Names that a scenario gives to people and messages, and the readers that refer to them. */
import type { Read } from './read.ts';
import { isScalar } from 'yaml';
import { suggest } from './suggest.ts';

/** A message that got a name by `as`. */
export interface NamedMessage {
  readonly by: 'customer' | 'app';
  /** The customer of its chat. */
  readonly chat: string;
}

/** What a scenario has named so far, in the order of the file. */
export interface Names {
  readonly customers: Set<string>;
  /** `undefined` for a message whose step could not be read. */
  readonly messages: Map<string, NamedMessage | undefined>;
  /** Other businesses there are; `neighbour` is the only one there can be. */
  readonly places: Set<'neighbour'>;
  /** Webhook fields that the scenario makes up. */
  readonly fields: Set<string>;
  /** Ids of all obligations there are. */
  readonly obligations: ReadonlySet<string>;
}

/** Letters, digits, `-` and `_`, beginning with a letter: what placeholders such as `{ana}` can hold. */
const namePattern = /^\p{L}[\p{L}\p{N}_-]{0,63}$/u;

export const isName = (word: string): boolean => namePattern.test(word);

const word: Read<string> = (value, reading) => {
  const found = isScalar(value.node) ? value.node.value : undefined;
  if (typeof found === 'string' && isName(found)) return found;
  return reading.report(
    'wrong-type',
    value.place,
    'Expected a name: letters, digits, - and _, beginning with a letter.',
  );
};

/** A customer listed under `customers`. */
export const customer: Read<string> = (value, reading) => {
  const name = word(value, reading);
  const { customers } = reading.names;
  if (name === null || customers.has(name)) return name;
  const known = [...customers];
  const hint =
    known.length === 0 ? 'List customers under “customers:” at the top of the file.' : suggest(name, known);
  return reading.report('unknown-customer', value.place, `There is no customer “${name}”.`, hint);
};

/** Another business of the scenario. */
export const place: Read<'neighbour'> = (value, reading) => {
  if (isScalar(value.node) && value.node.value === 'neighbour' && reading.names.places.has('neighbour'))
    return 'neighbour';
  return reading.report(
    'wrong-value',
    value.place,
    'Expected “neighbour”, where the scenario has one.',
    'Write “neighbour: {}” at the top of the file.',
  );
};

/** A message that an earlier step named with `as`; or any that is known beforehand, whatever it is called. */
export const message: Read<string> = (value, reading) => {
  const { messages } = reading.names;
  const given = isScalar(value.node) ? value.node.value : undefined;
  if (typeof given === 'string' && messages.has(given)) return given;
  const name = word(value, reading);
  if (name === null || messages.has(name)) return name;
  const hint =
    messages.size === 0 ? `Name it where it is sent: “as: ${name}”.` : suggest(name, [...messages.keys()]);
  return reading.report('unknown-message', value.place, `No earlier step names a message “${name}”.`, hint);
};

/** A new name for a message; its step tells who sent it, once that is read. */
export const newMessage: Read<string> = (value, reading) => {
  const name = word(value, reading);
  const { messages } = reading.names;
  if (name === null) return null;
  if (messages.has(name))
    return reading.report('duplicate-name', value.place, `An earlier message is named “${name}” already.`);
  // Known from here on even if its step has other mistakes, so that one mistake is reported once.
  messages.set(name, undefined);
  return name;
};

/** The id of an obligation that exists. */
export const obligation: Read<string> = (value, reading) => {
  const { obligations } = reading.names;
  const found = isScalar(value.node) ? value.node.value : undefined;
  if (typeof found === 'string' && obligations.has(found)) return found;
  if (typeof found !== 'string')
    return reading.report('wrong-type', value.place, 'Expected the id of an obligation.');
  return reading.report(
    'unknown-obligation',
    value.place,
    `There is no obligation “${found}”.`,
    suggest(found, [...obligations]),
  );
};
