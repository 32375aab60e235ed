import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'redirect-'));
const preload = join(folder, 'redirect.mjs');
let graph: Server;
let elsewhere: Server;

/** A server that says what it was asked. */
const listen = async (name: string): Promise<Server> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { authorization, host } = request.headers;
      response.end(
        [name, request.method, request.url, authorization, host === addressOf(server), body].join(' '),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};
const addressOf = (server: Server): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  const source = readFileSync(new URL('redirect.ts', import.meta.url), 'utf8');
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2023 };
  writeFileSync(preload, transpileModule(source, { compilerOptions }).outputText);
  graph = await listen('graph');
  elsewhere = await listen('elsewhere');
});
afterAll(() => {
  graph.close();
  elsewhere.close();
  rmSync(folder, { recursive: true });
});

/** Runs a script under the preload. @returns what it printed */
async function run(script: string, base = `http://${addressOf(graph)}`): Promise<string> {
  const program = join(folder, 'program.mjs');
  writeFileSync(program, script.replaceAll('ELSEWHERE', `http://${addressOf(elsewhere)}`));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', preload, program], {
    env: { ...process.env, GRAPH_API_BASE_URL: base },
    timeout: 20_000,
  });
  return stdout.trim();
}

const readAnswer = `
const show = (response) => { let text = ''; response.on('data', (part) => text += part); response.on('end', () => console.log(text)); };
`;
const post = `{ method: 'POST', headers: { authorization: 'Bearer t', host: 'graph.facebook.com' } }`;

test.each([
  [
    'fetch of a string',
    `console.log(await (await fetch('https://graph.facebook.com/v25.0/1/messages?a=b', { method: 'POST', headers: { authorization: 'Bearer t' }, body: '{}' })).text())`,
  ],
  [
    'fetch of a URL',
    `console.log(await (await fetch(new URL('https://graph.facebook.com/v25.0/1/messages?a=b'), { method: 'POST', headers: { authorization: 'Bearer t' }, body: '{}' })).text())`,
  ],
  [
    'fetch of a Request',
    `const asked = new Request('https://graph.facebook.com/v25.0/1/messages?a=b', { method: 'POST', headers: { authorization: 'Bearer t' }, body: '{}' });
     console.log(await (await fetch(asked)).text())`,
  ],
  [
    'https.request with a URL',
    `import https from 'node:https'; ${readAnswer}
     https.request('https://graph.facebook.com/v25.0/1/messages?a=b', ${post}, show).end('{}')`,
  ],
  [
    'a request imported by name, with options and an agent',
    `import { Agent, request } from 'node:https'; ${readAnswer}
     request({ ...${post}, hostname: 'graph.facebook.com', path: '/v25.0/1/messages?a=b', agent: new Agent({ keepAlive: false }) }, show).end('{}')`,
  ],
  [
    'a request of CommonJS',
    `import { createRequire } from 'node:module'; ${readAnswer}
     createRequire(import.meta.url)('https').request({ ...${post}, host: 'graph.facebook.com', port: 443, path: '/v25.0/1/messages?a=b' }, show).end('{}')`,
  ],
])('%s goes to the simulator', async (_way, script) => {
  expect(await run(script)).toBe('graph POST /v25.0/1/messages?a=b Bearer t true {}');
});

test('https.get ends its request, and a base keeps its own path', async () => {
  const script = `import https from 'node:https'; ${readAnswer} https.get('https://graph.facebook.com/v25.0/me', show)`;
  expect(await run(script, `http://${addressOf(graph)}/worlds/7/`)).toBe(
    'graph GET /worlds/7/v25.0/me  true',
  );
});

test('other hosts are left alone', async () => {
  const script = `import http from 'node:http'; import https from 'node:https'; ${readAnswer}
    console.log(await (await fetch('ELSEWHERE/graph.facebook.com')).text());
    await new Promise((resolve) => http.get('ELSEWHERE/a', (response) => { show(response); response.on('end', resolve); }));
    const failed = (error) => console.log(error.code);
    https.get('https://127.0.0.1:1/', show).on('error', failed);`;
  const lines = (await run(script)).split('\n');
  expect(lines).toEqual([
    'elsewhere GET /graph.facebook.com  true ',
    'elsewhere GET /a  true ',
    'ECONNREFUSED',
  ]);
});

test.each([
  ['', 'false false'],
  ['http://127.0.0.1:1', 'true true'],
])('requests are changed only where there is an address (%j)', async (base, changed) => {
  const script = `import https from 'node:https';
    console.log(String(https.request).includes('isForMeta'), String(fetch).includes('isForMeta'))`;
  expect(await run(script, base)).toBe(changed);
});
