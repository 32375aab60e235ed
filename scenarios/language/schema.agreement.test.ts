/** The schema for editors and the readers know the same keys, the same words, and take the same texts. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { contentShapes } from './content.ts';
import { variantShape } from './matrix.ts';
import { scenarioShape } from './parse.ts';
import { contactShape, customerShape, historyShape, numberShape } from './setup.ts';
import type { Shape } from './shape.ts';
import { answeredShape, shownShape } from './steps/expect.ts';
import { steps } from './steps/index.ts';
import { answersShape } from './steps/platform.ts';
import { behaviours, countries, graphEdges, webhookFields } from './vocabulary.ts';

interface Schema {
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const root = JSON.parse(readFileSync(new URL('scenario.schema.json', import.meta.url), 'utf8')) as Schema;
const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(root);

const property = (schema: Schema | undefined, key: string): Schema => schema?.properties?.[key] ?? {};
const stepSchemas = root.$defs?.['step']?.oneOf?.[1]?.properties ?? {};
const bareSteps = root.$defs?.['step']?.oneOf?.[0]?.enum;
const sends = stepSchemas['customer.sends'];
const mapIn = (schema: Schema): Schema => schema.oneOf?.[1] ?? schema;
const customers = property(root, 'customers').additionalProperties as Schema;

const maps: readonly (readonly [string, Schema, Shape])[] = [
  ['scenario', root, scenarioShape],
  ['number', mapIn(property(root, 'number')), numberShape],
  ['customer', customers, customerShape],
  ['history', property(root, 'history'), historyShape],
  ['contact', property(root, 'contacts').items ?? {}, contactShape],
  ['variant', property(root, 'matrix').additionalProperties as Schema, variantShape],
  ['answers', property(stepSchemas['client.calls'], 'answers'), answersShape],
  ['answered', property(stepSchemas['expect.call'], 'answered'), answeredShape],
  ['has', property(stepSchemas['expect.conversation'], 'has'), shownShape],
  ['lacks', property(stepSchemas['expect.conversation'], 'lacks'), shownShape],
  ...Object.entries(contentShapes).map(
    ([kind, shape]) => [kind, mapIn(property(sends, kind)), shape] as const,
  ),
  ...Object.entries(steps)
    .filter(([name]) => name !== 'time.passes')
    .map(([name, { shape }]) => [name, stepSchemas[name] ?? {}, shape] as const),
];

const requiredKeys = (shape: Shape): readonly string[] =>
  Object.entries(shape)
    .filter(([, { need }]) => need === 'required')
    .map(([key]) => key);

describe('keys', () => {
  it.each(maps)('of %s are read and described alike', (_, schema, shape) => {
    expect(Object.keys(schema.properties ?? {}).sort()).toEqual(Object.keys(shape).sort());
    expect([...(schema.required ?? [])].sort()).toEqual([...requiredKeys(shape)].sort());
    expect(schema.additionalProperties).toBe(false);
  });

  it('are each explained', () => {
    const silent = maps.flatMap(([name, schema]) =>
      Object.entries(schema.properties ?? {})
        .filter(([, { description }]) => description === undefined)
        .map(([key]) => `${name}.${key}`),
    );
    expect(silent).toEqual([]);
  });
});

describe('words', () => {
  it('steps', () => {
    expect(Object.keys(stepSchemas).sort()).toEqual(Object.keys(steps).sort());
    const bare = Object.entries(steps).filter(([, reader]) => reader.bare);
    expect([...(bareSteps ?? [])].sort()).toEqual(bare.map(([name]) => name).sort());
  });

  it('edges, fields and countries', () => {
    expect(root.$defs?.['edge']?.enum).toEqual(graphEdges);
    expect(root.$defs?.['field']?.enum).toEqual(webhookFields);
    expect(root.$defs?.['country']?.enum).toEqual(countries);
  });

  it('behaviours', () => {
    const described = property(root, 'behaviour').properties ?? {};
    expect(Object.keys(described).sort()).toEqual(Object.keys(behaviours).sort());
    for (const [name, kind] of Object.entries(behaviours))
      if (typeof kind !== 'string') expect(described[name]?.enum, name).toEqual(kind);
  });
});

describe('texts', () => {
  it.each([
    [{ scenario: 'x', steps: ['app.opens', { 'app.opens': null }, { 'app.opens': {} }] }, true],
    [
      { scenario: 'x', number: 'app-only', customers: { ana: null }, steps: [{ 'time.passes': '14d' }] },
      true,
    ],
    [{ scenario: 'x', steps: [{ 'customer.sends': { from: 'ana', text: 'Oi' } }] }, true],
    [{ scenario: 'x', steps: [{ 'customer.sends': { from: 'ana' } }] }, false],
    [{ scenario: 'x', steps: [{ 'customer.sends': { from: 'ana', text: 'Oi', image: true } }] }, false],
    [{ scenario: 'x', steps: [{ 'time.passes': '14' }] }, false],
    [{ scenario: 'x', steps: ['customer.sends'] }, false],
    [{ scenario: 'x', steps: [{ 'app.opens': {}, 'app.disconnects': {} }] }, false],
    [{ scenario: 'x', steps: [] }, false],
    [{ scenario: 'x', step: ['app.opens'], steps: ['app.opens'] }, false],
    [{ scenario: 'x', behaviour: { rateLimitStatus: 401 }, steps: ['app.opens'] }, false],
    [{ scenario: 'x', matrix: { a: {}, 'b-2': {} }, steps: ['app.opens'] }, true],
    [{ scenario: 'x', matrix: { a: {} }, steps: ['app.opens'] }, false],
    [{ scenario: 'x', matrix: { a: {}, bC: {} }, steps: ['app.opens'] }, false],
    [{ scenario: 'x', matrix: { a: {}, b: { behaviour: { userIds: 1 } } }, steps: ['app.opens'] }, false],
  ])('%j', (text, valid) => {
    expect(validate(text)).toBe(valid);
  });
});
