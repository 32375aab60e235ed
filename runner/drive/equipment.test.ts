/** What a config can ask for beside a command and an address: each with a real system that needs it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../browser/find-browser.ts';
import { folderWith } from '../cli/program.test.setup.ts';
import type { StoredReport } from '../report/json.ts';

/** Takes webhooks, shows what it has as a page, and answers as it is told. */
const system = `
import { appendFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
const { PORT, WHATSAPP_TOKEN, SENDS_WITH, TWICE } = process.env;
const stored = [];
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const headers = { authorization: 'Bearer ' + WHATSAPP_TOKEN, 'content-type': 'application/json' };
const send = (id, to) => {
  const url = 'https://graph.facebook.com/v23.0/' + id + '/messages';
  const body = JSON.stringify({ messaging_product: 'whatsapp', to, type: 'text', text: { body: 'Hi' } });
  if (SENDS_WITH === 'https') https.request(url, { method: 'POST', headers }, (answer) => answer.resume()).end(body);
  else fetch(url, { method: 'POST', headers, body }).catch((error) => console.error(error));
};
http.createServer((request, response) => {
  const url = new URL(request.url, 'http://x');
  if (url.pathname === '/inbox') {
    const shown = stored.filter(({ from }) => from === url.searchParams.get('customer'));
    return response.setHeader('content-type', 'text/html').end('<form><input id="find"><button type="button" onclick="list.hidden=false">Show</button></form><ul id="list" hidden>' +
      shown.map(({ id, text }) => '<li data-id="' + id + '"><b>customer</b> <span>' + escape(text.body) + '</span></li>').join('') + '</ul>');
  }
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    response.end();
    for (const { value } of JSON.parse(body || '{"entry":[]}').entry.flatMap(({ changes }) => changes))
      for (const message of value.messages ?? []) {
        stored.push(message, ...(TWICE ? [message] : []));
        if (SENDS_WITH) send(value.metadata.phone_number_id, message.from);
      }
  });
}).listen(Number(PORT), '127.0.0.1');
`;

const config = (more: string) => `sut:
  command: "'${process.execPath}' system.mjs"
  port: auto
  webhook: http://127.0.0.1:{port}/webhook
${more}`;

async function play(more: string, scenario: string) {
  const folder = folderWith({ 'coex.config.yaml': config(more), 'system.mjs': system, 'a.yaml': scenario });
  const { out, err, exitCode } = await folder.coex(['run', 'a.yaml', '--format', 'json', '--verbose']);
  const report = out === '' ? undefined : (JSON.parse(out) as StoredReport);
  return { folder, err, exitCode, report, finding: report?.findings[0] };
}

const answered = `scenario: A customer is answered
customers: { ana: {} }
steps:
  - customer.sends: { from: ana, text: Oi }
  - expect.call: { edge: messages, to: ana, within: 5s }
`;

describe('reach: redirect', () => {
  test.each(['fetch', 'https'])('a Node program with the host in its code, by %s', async (way) => {
    const { exitCode, err } = await play(`  reach: redirect\n  env: { SENDS_WITH: ${way} }`, answered);
    expect({ exitCode, err: err.includes('Error') }).toEqual({ exitCode: 0, err: false });
  });

  test('its own NODE_OPTIONS stay', async () => {
    const more = '  reach: redirect\n  env: { SENDS_WITH: fetch, NODE_OPTIONS: "--title=my-bot" }';
    expect((await play(more, answered)).exitCode).toBe(0);
  });
});

const shown = (count: number) => `scenario: The inbox shows it
customers: { ana: {} }
steps:
  - customer.sends: { from: ana, text: 'Oi <b>Lu</b>', as: first }
  - expect.acknowledged: { field: messages }
  - expect.conversation: { of: ana, has: { text: 'Oi <b>Lu</b>', message: first, author: customer }, within: 4s }
  - expect.conversation: { of: ana, count: ${count}, within: 4s }
`;

const probe = (steps: string) => `probes:
  conversation:
    browser:
      page: http://127.0.0.1:{port}/inbox?customer={customer}
      steps: ${steps}
      each: '#list:visible li'
      read: { id: '@data-id', author: b, text: span }
limits: { probe: 3s }
`;

describe('a probe that reads a page', () => {
  beforeAll(() => findBrowser(), 600_000);
  const steps =
    '[{ fill: { field: "#find", text: "{customer}" } }, { click: "button" }, { waitFor: "#list" }]';

  test('as a person sees it', async () => {
    const { exitCode, finding } = await play(probe(steps), shown(1));
    expect({ exitCode, finding }).toEqual({ exitCode: 0, finding: undefined });
  }, 60_000);

  test('and finds what is there twice', async () => {
    const { finding } = await play(`  env: { TWICE: 1 }\n${probe(steps)}`, shown(1));
    expect(finding?.verdict).toBe('fail');
    expect(finding?.happened).toContain('customer: “Oi <b>Lu</b>”; customer: “Oi <b>Lu</b>”');
  }, 60_000);

  test('a step that cannot be done leaves it open, and is told', async () => {
    const { finding, exitCode } = await play(
      probe('[{ click: "#nowhere" }]').replace('3s', '500ms'),
      shown(1),
    );
    expect(finding?.verdict).toBe('inconclusive');
    expect(finding?.happened).toContain('the page http://127.0.0.1');
    expect(exitCode).toBe(3);
  }, 60_000);

  test.each([
    ['[{ clik: button }]', /“clik” means nothing.*\n.*click/],
    ['[{ click: a, press: b }]', /must NOT have more than 1/],
  ])('%s is told', async (given, message) => {
    const { err, exitCode } = await play(probe(given), shown(1));
    expect(err).toMatch(message);
    expect(exitCode).toBe(2);
  });
});

describe('reset by a command', () => {
  const two = (reset: string) => ({
    'coex.config.yaml': config(`  numbers: one\n  reset: { command: "${reset}" }\n`),
    'system.mjs': system,
    'a.yaml': answered.replace(
      'expect.call: { edge: messages, to: ana, within: 5s }',
      'expect.acknowledged: { field: messages }',
    ),
    'b.yaml': answered.replace(
      'expect.call: { edge: messages, to: ana, within: 5s }',
      'expect.acknowledged: { field: messages }',
    ),
  });

  test('is run between two scenarios', async () => {
    const folder = folderWith(two('echo reset >> resets'));
    expect((await folder.coex(['run', 'a.yaml', 'b.yaml'])).exitCode).toBe(0);
    expect(folder.read('resets')).toBe('reset\n');
  });

  test('that fails is told', async () => {
    const { err, exitCode } = await folderWith(two('echo no database >&2; exit 4')).coex([
      'run',
      'a.yaml',
      'b.yaml',
    ]);
    expect(err).toMatch(
      /coex\.config\.yaml:6:10: The reset of the system under test failed: the command ended with 4: no database/,
    );
    expect(exitCode).toBe(2);
  });
});
