/** Every scenario of the library reads, validates against the schema, and every obligation has one that can prove it. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { obligations } from '../contracts/catalogue.ts';
import { renderDiagnostic } from './language/diagnostics.ts';
import { parseScenario } from './language/parse.ts';
import { isExpectation, type Scenario } from './language/scenario.ts';
import { steps } from './language/steps/index.ts';
import { graphEdges, webhookFields } from './language/vocabulary.ts';

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .sort();
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

const ids = new Set(obligations().map(({ id }) => id));
const schema = JSON.parse(readFileSync(new URL('language/scenario.schema.json', folder), 'utf8')) as object;
const validate = new Ajv2020({ strictRequired: false, allowUnionTypes: true, allErrors: true }).compile(
  schema,
);

function read(file: string): Scenario {
  const parsed = parseScenario(textOf(file), file, file.replace(/\.yaml$/, ''), { obligations: ids });
  if ('scenario' in parsed) return parsed.scenario;
  throw new Error(parsed.diagnostics.map((one) => renderDiagnostic(one, textOf(file))).join('\n\n'));
}

/** Those whose proof is a silence, which a system that does nothing would keep as well. */
const hasControl = ({ steps: all }: Scenario): boolean =>
  all.filter(isExpectation).some(({ role }) => role === 'control');

describe.each(files)('%s', (file) => {
  it('reads and fits the schema', () => {
    expect(read(file).title).toMatch(/^\p{Lu}.*[^.]$/u);
    expect(validate(parse(textOf(file))), JSON.stringify(validate.errors)).toBe(true);
  });

  it('is short', () => {
    expect(textOf(file).trimEnd().split('\n').length).toBeLessThanOrEqual(35);
  });
});

/** Folders with examples are contracts; the others hold what contracts share. */
const contractsIn = (room: string): readonly string[] =>
  readdirSync(new URL(`../contracts/${room}/`, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'examples')
    .map(({ name }) => name)
    .sort();

describe('the words of scenarios are those of the contracts', () => {
  it('edges', () => {
    expect([...graphEdges].sort()).toEqual(contractsIn('graph'));
  });

  it('webhook fields', () => {
    expect(webhookFields.map((field) => field.replaceAll('_', '-')).sort()).toEqual(contractsIn('webhooks'));
  });
});

describe('the library', () => {
  // Read in the tests, so that a file that cannot be read fails alone.
  const library = (): readonly Scenario[] => files.map(read);

  it('has a scenario for every obligation', () => {
    const proven = new Set(library().flatMap((scenario) => scenario.obligations));
    expect([...ids].filter((id) => !proven.has(id))).toEqual([]);
  });

  // What only the pop-up of Embedded Signup can begin is gone through in a browser.
  const byHand = ['app.confirmsSignup'];

  it('uses every step', () => {
    const used = new Set(library().flatMap((scenario) => scenario.steps.map(({ does }) => does)));
    expect(Object.keys(steps).filter((name) => !used.has(name as keyof typeof steps))).toEqual(byHand);
  });

  it('has no two titles alike', () => {
    const titles = library().map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('backs every silence with a control', () => {
    const silent = library().filter(({ steps: all }) => all.some(({ does }) => does === 'expect.noCall'));
    expect(silent.filter((scenario) => !hasControl(scenario)).map(({ id }) => id)).toEqual([]);
    expect(silent.length).toBeGreaterThan(10);
  });
});
