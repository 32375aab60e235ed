import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { inRoot } from './compile.ts';
import { reduceSpecification } from './openapi/reduce.ts';
import { readSpecification, specificationFile, specificationValidator } from './specification.ts';

it('what is read is what the file says; after a change of it: npm run openapi', () => {
  const document: unknown = parse(readFileSync(inRoot(specificationFile), 'utf8'));
  expect(readSpecification()).toEqual(JSON.parse(JSON.stringify(reduceSpecification(document))));
});

describe('a part of an operation', () => {
  const operation = (id: string) => {
    const found = readSpecification().operations.find((one) => one.id === id);
    if (!found) throw new Error(`No operation ${id}.`);
    return found;
  };

  it('takes numbers that come as text where they are asked for, and not where they are answered', () => {
    const query = specificationValidator(operation('listWabaSolutions'), 'query');
    const asked = { limit: '25' };
    expect(query(asked)).toEqual([]);
    expect(asked).toEqual({ limit: '25' });
    expect(query({ limit: 'many' })).toMatchObject([{ pointer: '/limit', keyword: 'type' }]);
    const answer = specificationValidator(operation('getSolutionDetails'), 'answer');
    expect(answer({ id: 7 }).map(({ pointer }) => pointer)).toContain('/id');
  });

  it('says nothing where the specification does not', () => {
    expect(specificationValidator(operation('deleteGroup'), 'body')({ anything: 1 })).toEqual([]);
  });
});
