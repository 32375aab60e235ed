import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { obligations } from './catalogue.ts';
import { schemaValidator } from './compile.ts';
import { failureModes, obligationSets } from './obligation-sets.ts';

const catalogue = obligations();
const ids = catalogue.map(({ id }) => id);

/** SHA-256 of each set that was published: it says what certificates of that month were given for. */
const published: Readonly<Record<string, string>> = {
  '2026-11': '3a65f3fd18a940655dd881fe6de711c6490a6724052960c25574ecd6efd916d7',
};

describe('a set', () => {
  const validate = schemaValidator('contracts/obligations/sets/set.schema.json');

  it.each(obligationSets().map((one) => [one.set, one] as const))('%s keeps the schema', (_set, one) => {
    expect(validate(one)).toEqual([]);
  });

  it.each(
    obligationSets()
      .slice(-1)
      .map((one) => [one.set, one] as const),
  )(
    'the newest, %s, names each obligation under its profile, or says why it is not scored',
    (_set, { demands, 'not-scored': notScored }) => {
      const demanded = Object.values(demands).flat();
      expect([...demanded, ...Object.keys(notScored)].sort()).toEqual(ids);
      for (const [profile, members] of Object.entries(demands))
        for (const id of members) expect(catalogue.find((one) => one.id === id)?.profile, id).toBe(profile);
    },
  );

  it.each(obligationSets().map(({ set }) => set))('%s is as it was published', (set) => {
    const text = readFileSync(new URL(`obligations/sets/${set}.yaml`, import.meta.url));
    expect(createHash('sha256').update(text).digest('hex')).toBe(published[set]);
  });
});

describe('failure modes', () => {
  const modes = failureModes();

  it('are all there, each with a code of its own', () => {
    expect(modes.length).toBeGreaterThan(95);
    expect(new Set(modes.map(({ code }) => code)).size).toBe(modes.length);
  });

  it.each(modes.map((mode) => [mode.code, mode] as const))(
    '%s is tied to obligations that exist, or to a reason why not',
    (_code, { obligations: shown, unscored, what }) => {
      expect(what).toMatch(/\.$/);
      expect((shown === undefined) !== (unscored === undefined)).toBe(true);
      for (const id of shown ?? []) expect(ids).toContain(id);
      if (unscored !== undefined) expect(unscored).toMatch(/.{30,}\.$/);
    },
  );

  it('has every obligation stand for one of them, but for those that stand for a rule of the platform', () => {
    const shown = new Set(modes.flatMap(({ obligations: list }) => list ?? []));
    expect(ids.filter((id) => !shown.has(id))).toEqual(ruleOfThePlatform);
  });
});

/** No integration is on record for these; they follow from how WhatsApp works. */
const ruleOfThePlatform: readonly string[] = [
  'final-refusal-is-not-repeated',
  'greeting-is-no-human',
  'new-contact-is-not-greeted',
  'status-is-not-answered',
];
