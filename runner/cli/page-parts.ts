/** Script and styles of the HTML report, as `npm ci` has built them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../contracts/catalogue.ts';
import type { PageParts } from '../report/html.ts';

export function readPageParts(): PageParts {
  const folder = path.join(packageRoot(), 'dist', 'report-page');
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  // Neither may end the element that it stands in.
  return {
    script: read('page.js').replaceAll('</script', '<\\/script'),
    styles: read('page.css').replaceAll('</style', '<\\/style'),
  };
}
