/** Every example keeps its contract, every broken one does not, and no folder lacks a part. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as AjvModule from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import {
  configValidator,
  envelopeValidator,
  errorValidator,
  generalErrors,
  graphContracts,
  graphErrors,
  obligation,
  obligations,
  packageRoot,
  readSchema,
  requestValidator,
  responseValidator,
  schemaValidator,
  webhookFields,
  webhookValidator,
  type Validate,
} from './catalogue.ts';

const here = path.join(packageRoot(), 'contracts');
const read = (...parts: readonly string[]): unknown =>
  JSON.parse(readFileSync(path.join(here, ...parts), 'utf8'));
const list = (...parts: readonly string[]): readonly string[] => readdirSync(path.join(here, ...parts));
const examplesOf = (...parts: readonly string[]): readonly string[] =>
  existsSync(path.join(here, ...parts, 'examples')) ? list(...parts, 'examples') : [];

/** `broken-read-…` and `read-…` are held to the same schema. */
const graphValidators: Record<string, (contract: string) => Validate> = {
  request: (contract) => requestValidator(contract),
  query: (contract) => requestValidator(contract, 'GET'),
  response: (contract) => responseValidator(contract),
  read: (contract) => responseValidator(contract, 'GET'),
  removal: (contract) => requestValidator(contract, 'DELETE'),
  removed: (contract) => responseValidator(contract, 'DELETE'),
};

const graphExamples = graphContracts().flatMap((contract) =>
  examplesOf('graph', contract).map((name) => ({ contract, name })),
);
const webhookExamples = webhookFields().flatMap((field) =>
  examplesOf('webhooks', field.replaceAll('_', '-')).map((name) => ({ field, name })),
);
const looseExamples = [
  ...list('webhooks', 'examples').map((name) => ({ folder: 'webhooks', name, validate: envelopeValidator })),
  ...list('graph', 'examples').map((name) => ({ folder: 'graph', name, validate: errorValidator })),
  ...list('examples').map((name) => ({ folder: '.', name, validate: configValidator })),
];

function expectVerdict(name: string, validate: Validate, data: unknown): void {
  const findings = validate(data);
  if (name.startsWith('broken-')) expect(findings).not.toEqual([]);
  else expect(findings).toEqual([]);
}

describe('examples', () => {
  it.each(graphExamples)('$contract: $name', ({ contract, name }) => {
    const kind = name.replace(/^broken-/, '').split(/[-.]/)[0] ?? '';
    expectVerdict(name, graphValidators[kind]!(contract), read('graph', contract, 'examples', name));
  });

  it.each(webhookExamples)('$field: $name', ({ field, name }) => {
    const data = read('webhooks', field.replaceAll('_', '-'), 'examples', name);
    expectVerdict(name, webhookValidator(field), data);
  });

  it.each(looseExamples)('$folder: $name', ({ folder, name, validate }) => {
    expectVerdict(name, validate(), read(folder, 'examples', name));
  });
});

describe('every folder is whole', () => {
  const schemaOf: Record<string, string> = {
    request: 'request.schema.json',
    response: 'response.schema.json',
    query: 'query.schema.json',
    read: 'read.schema.json',
    removal: 'removal.schema.json',
    removed: 'removed.schema.json',
  };

  it.each(graphContracts())('graph/%s', (contract) => {
    const files = list('graph', contract);
    expect(files).toEqual(expect.arrayContaining(['errors.json', 'source.md']));
    const names = examplesOf('graph', contract);
    for (const [kind, schema] of Object.entries(schemaOf)) {
      if (!files.includes(schema)) continue;
      expect(names.some((name) => name.startsWith(kind))).toBe(true);
      expect(names.some((name) => name.startsWith(`broken-${kind}`))).toBe(true);
    }
  });

  it.each(webhookFields())('webhooks/%s', (field) => {
    const folder = field.replaceAll('_', '-');
    expect(list('webhooks', folder)).toEqual(expect.arrayContaining(['payload.schema.json', 'source.md']));
    const names = examplesOf('webhooks', folder);
    expect(names.some((name) => name.startsWith('broken-'))).toBe(true);
    expect(names.some((name) => !name.startsWith('broken-'))).toBe(true);
  });

  it.each([...graphContracts(), '.'])('graph/%s/errors.json', (contract) => {
    const errors = contract === '.' ? generalErrors() : graphErrors(contract);
    expect(schemaValidator('contracts/graph/errors.schema.json')(errors)).toEqual([]);
  });
});

describe('schemas', () => {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.schema.json'),
  );
  const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof AjvModule;
  const ajv = new Ajv2020({ allowUnionTypes: true });

  it.each(files)('%s is one, and has a title', (name) => {
    const schema = read(name) as Record<string, unknown>;
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(schema['title']).toEqual(expect.any(String));
    expect(readSchema(path.join('contracts', name))).toEqual(schema);
    expect(() => schemaValidator(path.join('contracts', name))).not.toThrow();
  });

  it('answer with refusals that the edge has', () => {
    const text = files
      .filter((name) => name.startsWith(path.join('graph', 'messages')))
      .map((name) => readFileSync(path.join(here, name), 'utf8'))
      .join();
    const codes = [...text.matchAll(/"x-refusal":\s*{\s*"code": (\d+)/g)].map(([, code]) => Number(code));
    const known = new Set(graphErrors('messages').map((error) => error.code));
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });
});

describe('findings', () => {
  const buttons = (...ids: readonly string[]) => ({
    messaging_product: 'whatsapp',
    to: '447700900456',
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'When?' },
      action: { buttons: ids.map((id) => ({ type: 'reply', reply: { id, title: `At ${id}` } })) },
    },
  });

  it.each([
    ['nothing', {}, '', 'required', { missingProperty: 'messaging_product' }],
    [
      'a template without language code',
      {
        messaging_product: 'whatsapp',
        to: '1',
        type: 'template',
        template: { name: 'x', language: {} },
      },
      '/template/language',
      'required',
      { missingProperty: 'code' },
    ],
    [
      'text that is a string',
      { messaging_product: 'whatsapp', to: '1', text: 'x' },
      '/text',
      'type',
      { type: 'object' },
    ],
    [
      'an unknown type',
      { messaging_product: 'whatsapp', to: '1', type: 'fax' },
      '/type',
      'enum',
      { allowedValues: expect.arrayContaining(['text', 'template']) as unknown },
    ],
  ])('of a request are one, with its place: %s', (_, data, pointer, keyword, params) => {
    const findings = requestValidator('messages')(data);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ pointer, keyword, params });
  });

  it('carry the refusal of the schema that failed', () => {
    expect(requestValidator('messages')(buttons('9', '10'))).toEqual([]);
    expect(requestValidator('messages')(buttons('9', '9'))[0]).toMatchObject({
      pointer: '/interactive/action/buttons',
      refusal: { code: 131009, details: 'Duplicate button id' },
    });
  });

  it('of an answer are all there are', () => {
    const findings = responseValidator('smb-app-data')({ request_id: '12', extra: 1 });
    expect(findings.map(({ keyword }) => keyword).sort()).toEqual([
      'additionalProperties',
      'pattern',
      'required',
    ]);
  });

  it('of a DELETE concern the answer alone', () => {
    expect(requestValidator('media-node', 'DELETE')({})).toEqual([]);
    expect(responseValidator('media-node', 'DELETE')({ success: true })).toEqual([]);
    expect(responseValidator('media-node', 'DELETE')({ deleted: true })).not.toEqual([]);
  });

  it('are not to be had of a contract that does not exist', () => {
    expect(() => requestValidator('no-such-edge')).toThrow('no-such-edge');
  });
});

describe('obligations', () => {
  const validate = schemaValidator('contracts/obligations/obligation.schema.json');
  const names = list('obligations').filter((name) => name.endsWith('.yaml'));

  it.each(obligations().map((one, index) => ({ ...one, file: names.slice().sort()[index] })))(
    '$id',
    ({ file, ...one }) => {
      expect(validate(one)).toEqual([]);
      expect(file).toBe(`${one.id}.yaml`);
      expect(one.statement).toContain(one.level);
      expect(obligation(one.id)).toEqual(one);
    },
  );

  it('are refused without a level', () => {
    const { level: _, ...rest } = obligation('echo-is-not-answered')!;
    expect(validate(rest)).not.toEqual([]);
  });

  it('are not invented', () => expect(obligation('bots-are-polite')).toBeUndefined());
});
