/** The catalogue of errors is whole: each entry keeps the schema, none is twice, and every edge's refusals are in it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCatalogue, generalErrors, graphContracts, graphErrors, schemaValidator } from './catalogue.ts';
import { inRoot } from './compile.ts';

const folder = inRoot('contracts/errors');
const files = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.includes('schema'));
const keyOf = ({ code, subcode, title }: { code: number; subcode?: number; title: string }): string =>
  `${code}/${String(subcode)} ${subcode === undefined && code === 2500 ? title : ''}`;

describe('the catalogue', () => {
  it.each(files)('%s keeps the schema', (name) => {
    const entries: unknown = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
    expect(schemaValidator('contracts/errors/errors.schema.json')(entries)).toEqual([]);
  });

  it('has more than 150 errors, and none twice', () => {
    const keys = errorCatalogue().map(keyOf);
    expect(keys.length).toBeGreaterThan(150);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it.each([...graphContracts(), '.'])('knows the refusals of %s', (contract) => {
    const listed = contract === '.' ? generalErrors() : graphErrors(contract);
    const unknown = listed.filter(
      ({ code, subcode }) => !errorCatalogue().some((one) => one.code === code && one.subcode === subcode),
    );
    expect(unknown.map(({ code, subcode }) => [code, subcode])).toEqual([]);
  });

  it.each(graphContracts())('words those of WhatsApp alone as %s does', (contract) => {
    // Below are codes of Graph at large, which have as many texts as there are occasions.
    const own = graphErrors(contract).filter(({ code }) => code > 130_000);
    const titleOf = (code: number) => errorCatalogue().find((one) => one.code === code)?.title;
    expect(own.filter(({ code, message }) => titleOf(code) !== message).map(({ code }) => code)).toEqual([]);
  });
});
