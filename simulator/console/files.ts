/** The console's files, as `npm ci` has built them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { Router } from 'express';
import { packageRoot } from '../../contracts/catalogue.ts';

/** Where the build puts them: pages, and assets whose names change with their contents. */
export const builtFolder = (): string => path.join(packageRoot(), 'dist/console');

/** Nothing that a page shows is run, and nothing is loaded from elsewhere. */
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

export function consoleFiles(): Router {
  const router = Router();
  const folder = builtFolder();
  router.use((_request, response, next) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    next();
  });
  router.get('/', (_request, response) => sendPage('index.html', folder, response));
  router.use(
    '/_coex/console',
    express.static(folder, { index: false, immutable: true, maxAge: '1y', fallthrough: true }),
  );
  return router;
}

/** @param page - a file of the build */
export function sendPage(page: string, folder: string, response: express.Response): void {
  if (!existsSync(path.join(folder, page))) {
    response.status(503).type('text/plain').send('coex: the console is not built. Run “npm run build”.\n');
    return;
  }
  response.setHeader('cache-control', 'no-cache');
  response.sendFile(page, { root: folder });
}
