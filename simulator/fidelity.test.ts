import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorCatalogue, webhookFields } from '../contracts/catalogue.ts';
import { inRoot } from '../contracts/compile.ts';
import { readSpecification } from '../contracts/specification.ts';
import { fidelityPage } from '../runner/cli/fidelity.ts';
import { fidelityRegister } from './fidelity.ts';

const rows = fidelityRegister();
const named = (name: string) => rows.find((row) => row.name === name);

it('has every operation of the specification, every field and every error, each once', () => {
  const operations = rows.filter(({ kind }) => kind === 'operation');
  const names = new Set(operations.map(({ name }) => name));
  expect(names.size).toBe(operations.length);
  const missing = readSpecification().operations.filter(({ method, node, edge }) => {
    const path = edge.replace(/\{[^/]*\}/g, '{…}');
    return !names.has(`${method} /{${node}}${path === '' ? '' : `/${path}`}`);
  });
  expect(missing).toEqual([]);
  expect(operations.length).toBeGreaterThan(111);
  for (const field of webhookFields()) expect(named(field), field).toMatchObject({ kind: 'webhook' });
  expect(rows.filter(({ kind }) => kind === 'error')).toHaveLength(errorCatalogue().length);
});

it.each([
  ['POST /{phone-number}/messages', 'stateful'],
  ['POST /{phone-number}/smb_app_data', 'stateful'],
  ['POST /{phone-number}/calls', 'refused'],
  ['GET /{waba}/solutions', 'generated'],
  ['GET /{phone-number}/message_qrdls/{…}', 'stateful'],
  ['waba.currency', 'stateful'],
  ['waba.purchase_order_number', 'silent'],
  ['phone-number.whatsapp_business_manager_messaging_limit', 'stateful'],
  ['account_update', 'sent'],
  ['partner_solutions', 'on demand'],
  ['consumer_profile', 'named'],
  ['131047', 'status'],
  ['130429', 'answer or status'],
  ['100/33', 'answer'],
])('%s is %s', (name, fidelity) => {
  expect(named(name)).toMatchObject({ fidelity });
});

it('says of each operation and field when its source was read', () => {
  const undated = rows.filter(({ kind, read }) => kind !== 'error' && !/20\d\d$/.test(read ?? ''));
  expect(undated).toEqual([]);
});

it('stands in contracts/FIDELITY.md; after a change: npm run fidelity', () => {
  expect(readFileSync(inRoot('contracts/FIDELITY.md'), 'utf8')).toBe(fidelityPage(rows));
});
