import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { configValidator, packageRoot } from '../../contracts/catalogue.ts';
import { readConfig } from './config.ts';
import { Mistake } from './mistake.ts';

const schema = JSON.parse(
  readFileSync(path.join(packageRoot(), 'contracts/config.schema.json'), 'utf8'),
) as object;

const read = (text: string, environment: Record<string, string> = {}) =>
  readConfig(text, { file: 'c.yaml', environment, schema, validate: configValidator() });

const notesOf = (text: string) => {
  try {
    read(text);
    return [];
  } catch (error) {
    if (error instanceof Mistake) return error.notes;
    throw error;
  }
};

describe('a config', () => {
  test('gets its defaults', () => {
    const { sut, profiles, graphPort, limits, scenarios } = read('sut: { webhook: "http://127.0.0.1:1/w" }');
    expect(sut).toMatchObject({ cwd: '.', numbers: 'many', env: {} });
    expect(profiles).toHaveLength(5);
    expect(graphPort).toBe(0);
    expect(scenarios).toBeUndefined();
    expect(limits).toEqual({ readyMs: 20_000, webhookMs: 10_000, probeMs: 5_000, scenarioMs: 60_000 });
  });

  test('takes URLs from the environment, and numbers as texts of it', () => {
    const text = 'sut:\n  port: auto\n  webhook: ${HOOK}\n  env: { WORKERS: 2 }\nlimits: { scenario: 1m }';
    const config = read(text, { HOOK: 'http://localhost:{port}/hook' });
    expect(config.sut.webhook).toBe('http://localhost:{port}/hook');
    expect(config.sut.env).toEqual({ WORKERS: '2' });
    expect(config.limits.scenarioMs).toBe(60_000);
  });

  test('leaves the braces of shells, selections and patterns alone', () => {
    const text = [
      'sut: { webhook: "http://localhost/w", command: "echo ${HOME} {anything}" }',
      'probes: { sync: { command: "cat x", select: "{ history: {a: 1} }" } }',
      'scenarios: ["{a,b}/*.yaml"]',
    ].join('\n');
    expect(read(text).sut.command).toBe('echo ${HOME} {anything}');
  });
});

test.each([
  ['sut:\n  webhok: http://x/', 'c.yaml:2:3', '“webhok” means nothing in “sut”.', 'Did you mean “webhook”?'],
  ['sut: {}', 'c.yaml:1:6', '“sut.webhook” is missing.', undefined],
  [
    'sut: { webhook: "http://x/" }\nprofiles: [recevier]',
    'c.yaml:2:12',
    '“profiles.0” must be one of: receiver, sender, automation, inbox, onboarder.',
    undefined,
  ],
  [
    'sut: { webhook: "http://x:{prt}/" }',
    'c.yaml:1:17',
    'Nothing fills “{prt}”. Did you mean “port”?',
    undefined,
  ],
  [
    'sut: { webhook: "http://x/${NOT_SET}" }',
    'c.yaml:1:17',
    'The environment variable NOT_SET is not set.',
    'Set it, or write ${NOT_SET:-a value}.',
  ],
  [
    'sut: { webhook: "http://x/" }\nprobes:\n  contact: { htp: "http://x/", command: c }',
    'c.yaml:3:14',
    '“htp” means nothing in “probes.contact”.',
    'Did you mean “http”?',
  ],
])('%j is a mistake at %s', (text, place, message, hint) => {
  expect(notesOf(text)).toContainEqual({ place, message, ...(hint !== undefined && { hint }) });
});

test('text that is not YAML has a place', () => {
  expect(notesOf('sut: [')[0]?.place).toMatch(/^c\.yaml:1:/);
});

test('every mistake is told at once', () => {
  expect(notesOf('sut: { webhok: x, comand: y }')).toHaveLength(3);
});
