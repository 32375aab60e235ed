/** The version of this package, from its own `package.json`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../contracts/catalogue.ts';

export const readVersion = (): string =>
  (JSON.parse(readFileSync(path.join(packageRoot(), 'package.json'), 'utf8')) as { readonly version: string })
    .version;
