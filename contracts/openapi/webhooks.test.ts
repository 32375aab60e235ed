/** Every webhook that Meta's specification shows passes our contracts: the body, and the value of each change. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { envelopeValidator, webhookValidator } from '../catalogue.ts';
import { inRoot } from '../compile.ts';
import { webhookExamples, type Json } from './examples.test.setup.ts';

interface Exception {
  readonly example: string;
  readonly why: string;
}

const exceptions = JSON.parse(
  readFileSync(inRoot('contracts/openapi/webhook-exceptions.json'), 'utf8'),
) as readonly Exception[];

const examples = webhookExamples();

it('there are sixteen, and the exceptions are among them', () => {
  expect(examples).toHaveLength(16);
  const names = examples.map(([name]) => name);
  expect(exceptions.filter(({ example }) => !names.includes(example))).toEqual([]);
});

it.each(examples)('%s', (name, body) => {
  const findings = [...envelopeValidator()(body), ...valuesOf(body).flatMap(({ field, value }) => webhookValidator(field)(value))];
  if (exceptions.some(({ example }) => example === name)) expect(findings, 'an exception that is not needed').not.toEqual([]);
  else expect(findings).toEqual([]);
});

function valuesOf(body: Json): readonly { readonly field: string; readonly value: Json }[] {
  const { entry } = body as { entry: { changes: { field: string; value: Json }[] }[] };
  return entry.flatMap(({ changes }) => changes);
}
