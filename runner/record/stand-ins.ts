/** What private values are shown as. The same value is always the same stand-in, for as long as a recording lasts. Pure. */
import { createHash } from 'node:crypto';
import { createPeople, type Identity, type People, type Person } from './people.ts';
import { canonical, digitsOf, reformat, standInNumber } from './phone-numbers.ts';
import { readWamid, standInKey, writeWamid } from './wamids.ts';

type StandIn = (given: string) => string;

/** @param make - gets the ordinal of the value among those of its kind, from 1 */
function remembering(make: (ordinal: number, given: string) => string): StandIn {
  const known = new Map<string, string>();
  return (given) => {
    let shown = known.get(given);
    if (shown === undefined) known.set(given, (shown = make(known.size + 1, given)));
    return shown;
  };
}

/** Endings that say what a file is, and nothing of whose it is. */
const knownEnding =
  /\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|txt|csv|zip|json|xml|jpe?g|png|gif|webp|mp[34]|m4a|ogg|opus|aac|amr|3gp|mov)$/i;

/** In place of what opens doors; it is kept nowhere, not even as a stand-in of its own. */
export const removed = 'removed';

export interface StandIns {
  readonly people: People;
  /** Somebody's number, formatted as it was; text that holds none becomes a text. */
  readonly number: StandIn;
  readonly userId: StandIn;
  readonly wamid: StandIn;
  readonly callId: StandIn;
  /** A node of the Graph: 15 digits. */
  readonly id: StandIn;
  readonly text: StandIn;
  readonly file: StandIn;
  readonly url: StandIn;
  /** Base64 of a digest. */
  readonly digest: StandIn;
  /** 32 hexadecimal digits. */
  readonly hash: StandIn;
  readonly email: StandIn;
  readonly product: StandIn;
  readonly template: StandIn;
  /** A key of an object that no contract has. */
  readonly key: StandIn;
  /** A username of nobody in particular. */
  readonly username: StandIn;
  /** Coordinates, prices and other figures. */
  readonly figure: (given: number) => number;
  /** Whose number or user id a stand-in is. */
  readonly personOf: (standIn: string) => Person | undefined;
}

export function createStandIns(): StandIns {
  const people = createPeople();
  const owners = new Map<string, Identity>();
  const ordinals = remembering((ordinal) => String(ordinal));
  const keys = remembering((ordinal) => String(ordinal));
  const figures = remembering((ordinal) => String(ordinal));
  const text = remembering((ordinal) => `Text ${ordinal}`);
  const plainNumber = (digits: string): string => {
    const shown = standInNumber(digits, Number(ordinals(canonical(digits))));
    owners.set(shown, { number: digits });
    return shown;
  };
  const userId = remembering((ordinal, given) => {
    const shown = `${given.slice(0, 2)}.${given.includes('.ENT.') ? 'ENT.' : ''}${String(ordinal).padStart(16, '0')}`;
    owners.set(shown, { userId: given });
    return shown;
  });
  return {
    people,
    number(given) {
      const digits = digitsOf(given);
      return digits === undefined ? text(given) : reformat(given, plainNumber(digits));
    },
    userId,
    wamid: remembering((_ordinal, given) => {
      const parts = readWamid(given);
      const digits = parts && digitsOf(parts.user);
      return writeWamid({
        user: digits === undefined ? '10000000000' : plainNumber(digits),
        direction: parts?.direction ?? 0x12,
        key: standInKey(parts?.key ?? '', Number(keys(given))),
      });
    }),
    callId: remembering((ordinal) => `wacid.${String(ordinal).padStart(24, '0')}`),
    id: remembering((ordinal) => String(990_000_000_000_000 + ordinal)),
    text,
    file: remembering(
      (ordinal, given) => `file-${ordinal}${knownEnding.exec(given)?.[0].toLowerCase() ?? ''}`,
    ),
    url: remembering((ordinal) => `https://files.example/${ordinal}`),
    digest: remembering((ordinal) => createHash('sha256').update(`file ${ordinal}`).digest('base64')),
    hash: remembering((ordinal) => ordinal.toString(16).padStart(32, '0')),
    email: remembering((ordinal) => `person.${ordinal}@mail.example`),
    product: remembering((ordinal) => `product-${ordinal}`),
    template: remembering((ordinal) => `template_${ordinal}`),
    key: remembering((ordinal) => `key_${ordinal}`),
    username: remembering((ordinal) => `user.${ordinal}`),
    figure: (given) => Number(figures(String(given))),
    personOf(standIn) {
      const identity = owners.get(standIn);
      return identity && people.find(identity);
    },
  };
}
