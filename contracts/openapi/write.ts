/** `npm run openapi`: writes `operations.json` from Meta's specification. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { inRoot } from '../compile.ts';
import { reducedFile, specificationFile } from '../specification.ts';
import { reduceSpecification } from './reduce.ts';

const reduced = reduceSpecification(parse(readFileSync(inRoot(specificationFile), 'utf8')));
writeFileSync(inRoot(reducedFile), `${JSON.stringify(reduced)}\n`);
