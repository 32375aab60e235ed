/** Who is who in a recording: ids of one person that come in several forms, under one stand-in. Pure. */
import { canonical, countryOf } from './phone-numbers.ts';

/** A person as the recording shows them; nothing of it is theirs. */
export interface Person {
  /** From 1, in the order in which people appeared. */
  readonly ordinal: number;
  /** `Person 1`. */
  readonly name: string;
  /** `person-1`: the name in the scenario. */
  readonly key: string;
  /** ISO 3166-1 alpha-2, where the number tells one that scenarios know. */
  readonly country?: string;
  /** `person.1`, where a username was seen. */
  readonly username?: string;
}

/** What a webhook says of a person, as it came. */
export interface Identity {
  readonly number?: string | undefined;
  readonly userId?: string | undefined;
  readonly username?: string | undefined;
}

interface Known {
  readonly ordinal: number;
  country?: string;
  username?: string;
}

/** Everybody so far. */
export interface People {
  /** The person of these ids, a new one where none is known; `undefined` where there is no id. */
  meet(identity: Identity): Person | undefined;
  /** As {@link meet}, without making anybody up. */
  find(identity: Identity): Person | undefined;
  /** The stand-in of a name of a person, or of somebody known by it alone. */
  nameOf(name: string, person: Person | undefined): string;
  /** Whoever had one number has another now. */
  move(from: string, to: string): void;
}

const personOf = ({ ordinal, country, username }: Known): Person => ({
  ordinal,
  name: `Person ${ordinal}`,
  key: `person-${ordinal}`,
  ...(country !== undefined && { country }),
  ...(username !== undefined && { username }),
});

export function createPeople(): People {
  const byId = new Map<string, Known>();
  const byName = new Map<string, string>();
  /** Names of each person, in the order in which they were seen. */
  const namesOf = new Map<number, Map<string, string>>();
  let count = 0;

  const idsOf = ({ number, userId, username }: Identity): readonly string[] =>
    [
      number === undefined ? undefined : `number ${canonical(number)}`,
      userId === undefined ? undefined : `user ${userId}`,
      username === undefined ? undefined : `name ${username}`,
    ].filter((id) => id !== undefined);

  const meet = (identity: Identity): Known | undefined => {
    const ids = idsOf(identity);
    if (ids.length === 0) return undefined;
    const found = ids.map((id) => byId.get(id)).filter((one) => one !== undefined);
    const known = found[0] ?? { ordinal: (count += 1) };
    // Ids that came apart at first may turn out to be of one person.
    if (found.some((other) => other !== known))
      for (const [id, other] of byId) if (found.includes(other)) byId.set(id, known);
    for (const id of ids) byId.set(id, known);
    const country = identity.number === undefined ? undefined : countryOf(identity.number);
    if (country !== undefined) known.country ??= country;
    if (identity.username !== undefined) known.username ??= `person.${known.ordinal}`;
    return known;
  };

  const people: People = {
    meet(identity) {
      const known = meet(identity);
      return known && personOf(known);
    },
    find(identity) {
      const known = idsOf(identity)
        .map((id) => byId.get(id))
        .find((one) => one !== undefined);
      return known && personOf(known);
    },
    nameOf(name, person) {
      if (!person) {
        const known = byName.get(name);
        if (known !== undefined) return known;
        return people.nameOf(name, personOf({ ordinal: (count += 1) }));
      }
      const names = namesOf.get(person.ordinal) ?? new Map<string, string>();
      namesOf.set(person.ordinal, names);
      let shown = names.get(name);
      if (shown === undefined) {
        shown = names.size === 0 ? person.name : `${person.name} (${names.size + 1})`;
        names.set(name, shown);
      }
      if (!byName.has(name)) byName.set(name, shown);
      return shown;
    },
    move(from, to) {
      const known = meet({ number: from });
      if (known) byId.set(`number ${canonical(to)}`, known);
    },
  };
  return people;
}
