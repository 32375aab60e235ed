/** Every example of the contracts as a capture: what passes has no difference, what is broken has one, masked or not. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot, webhookFields } from '../../contracts/catalogue.ts';
import { wireWords } from '../../contracts/words.ts';
import { Mistake } from '../plan/mistake.ts';
import { readCaptures } from './captures.ts';
import { checkCapture, type Checked } from './check.ts';
import { redact } from './redact.ts';

const check = (text: string, shown = 'capture.json'): readonly Checked[] =>
  readCaptures(text, shown).found.flatMap(checkCapture);

const differences = (text: string) =>
  check(text).flatMap((one) => one.differences.map(({ kind, pointer }) => `${kind} ${pointer}`));

const examples = webhookFields().flatMap((field) => {
  const folder = path.join(packageRoot(), 'contracts', 'webhooks', field.replaceAll('_', '-'), 'examples');
  return readdirSync(folder).map((name) => ({
    name: `${field} ${name}`,
    change: { field, value: JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as unknown },
    broken: name.startsWith('broken-'),
  }));
});

const text = examples.find(({ name }) => name === 'messages text.json')?.change;
const inEnvelope = (change: unknown) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '1029384756', changes: [change] }],
});

describe('examples of the contracts', () => {
  test.each(examples)('$name', ({ change, broken }) => {
    const [checked] = check(JSON.stringify(change));
    expect((checked?.differences ?? []).length > 0).toBe(broken);
    const masked = redact(checked?.data, wireWords(), checked?.differences ?? []);
    const [again] = check(JSON.stringify(masked));
    const places = (one: Checked | undefined) =>
      one?.differences.map(({ kind, pointer }) => `${kind} ${pointer}`);
    expect(places(again)).toEqual(places(checked));
  });
});

describe('what differs has its kind and its place', () => {
  const changed = (change: (message: Record<string, unknown>) => void) => {
    const copy = structuredClone(text) as { value: { messages: Record<string, unknown>[] } };
    change(copy.value.messages[0] ?? {});
    return JSON.stringify(inEnvelope(copy));
  };
  const at = '/entry/0/changes/0/value/messages/0';

  test('a key that is new', () => {
    expect(differences(changed((message) => (message['mood'] = 'glad')))).toEqual([`unknown ${at}/mood`]);
  });
  test('a key that is gone', () => {
    expect(differences(changed((message) => delete message['id']))).toEqual([`missing ${at}/id`]);
  });
  test('another type', () => {
    expect(differences(changed((message) => (message['timestamp'] = 1_791_000_100)))).toEqual([
      `type ${at}/timestamp`,
    ]);
  });
  test('a type of message that is new, and a new key beside it', () => {
    const found = differences(
      changed((message) => {
        message['type'] = 'hologram';
        message['hologram'] = {};
      }),
    );
    expect(found).toContain(`unknown ${at}/hologram`);
    expect(found).toContain(`unknown ${at}/type`);
  });
  test('a webhook field that is new, and one of which only the name is known', () => {
    expect(differences(JSON.stringify(inEnvelope({ field: 'moods', value: {} })))).toEqual([
      'unknown /entry/0/changes/0/field',
    ]);
    const [named] = check(JSON.stringify({ field: 'tracking_events', value: {} }));
    expect(named?.differences[0]?.message).toContain('only the name');
  });
});

describe('calls', () => {
  const call = (more: object) =>
    JSON.stringify({ method: 'POST', url: '/v23.0/106540352242922/messages', ...more });
  const sent = { messaging_product: 'whatsapp', to: '447700900456', type: 'text', text: { body: 'Hi' } };
  const answer = {
    messaging_product: 'whatsapp',
    contacts: [{ input: '447700900456', wa_id: '447700900456' }],
    messages: [{ id: 'wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSM0FENEMyQjFBMEY5RThEN0M2AA==' }],
  };

  test('as the contracts say', () => {
    expect(differences(call({ body: sent, status: 200, answer }))).toEqual([]);
  });
  test('what WhatsApp took and we would not', () => {
    const body = { ...sent, text: { body: 'Hi', mood: 'glad' } };
    expect(differences(call({ body, status: 200, answer }))).toEqual(['unknown /text/mood']);
  });
  test('what WhatsApp refused says nothing about requests', () => {
    const error = {
      message: '(#100) Invalid parameter',
      type: 'OAuthException',
      code: 100,
      fbtrace_id: 'Az8or2yhqkZfEZ-_4Qn_Bam',
    };
    expect(differences(call({ body: { to: 1 }, status: 400, answer: { error } }))).toEqual([]);
  });
  test('an answer with a key that is new', () => {
    expect(differences(call({ body: sent, status: 200, answer: { ...answer, mood: 1 } }))).toEqual([
      'unknown /mood',
    ]);
  });
  test('an error code that is new', () => {
    const error = {
      message: '(#424242) New',
      type: 'OAuthException',
      code: 424_242,
      fbtrace_id: 'Az8or2yhqkZfEZ-_4Qn_Bam',
    };
    expect(differences(call({ status: 400, answer: { error } }))).toEqual(['unknown /error/code']);
  });
  test('an operation that is new', () => {
    expect(check(call({ url: '/v23.0/106540352242922/moods' }))[0]?.differences[0]?.message).toContain(
      'no contract',
    );
  });
  test('a word where the id was, and an operation that only the specification has', () => {
    expect(
      differences(call({ url: 'https://graph.facebook.com/v23.0/PHONE_ID/messages', body: sent })),
    ).toEqual([]);
    expect(
      check(
        JSON.stringify({
          method: 'GET',
          url: '/v23.0/106540352242922/solutions',
          status: 200,
          answer: { data: 3 },
        }),
      )[0],
    ).toMatchObject({ what: 'request GET listWabaSolutions' });
  });
  test('the node is told by what fits it', () => {
    const node = {
      id: '106540352242922',
      display_phone_number: '+1 555-014-2367',
      verified_name: 'Luma',
      quality_rating: 'GREEN',
    };
    const [, answered] = check(
      JSON.stringify({ method: 'GET', url: '/v23.0/106540352242922', status: 200, answer: node }),
    );
    expect(answered).toMatchObject({ what: 'answer of GET phone-number', differences: [] });
  });
});

describe('forms of captures', () => {
  const body = inEnvelope(text);

  test('a log with the body as text, one record a line', () => {
    const lines = [
      { level: 'info' },
      { msg: 'in', body: JSON.stringify(body) },
      { req: 1, request: { body } },
    ];
    const { found, passedOver } = readCaptures(
      lines.map((line) => JSON.stringify(line)).join('\n'),
      'log.jsonl',
    );
    expect(found.map(({ place }) => place)).toEqual(['log.jsonl:2', 'log.jsonl:3']);
    expect(passedOver).toBe(1);
    expect(found.flatMap(checkCapture).flatMap((one) => one.differences)).toEqual([]);
  });

  test('HAR: calls of the Graph and webhooks, and nothing else', () => {
    const entry = (method: string, url: string, postData: object | undefined, content: object) => ({
      request: { method, url, headers: [], ...(postData && { postData }) },
      response: { status: 200, content },
    });
    const har = {
      log: {
        entries: [
          entry('GET', 'https://example.com/logo.png', undefined, {}),
          entry(
            'POST',
            'https://graph.facebook.com/v23.0/106540352242922/messages',
            {
              mimeType: 'application/x-www-form-urlencoded',
              params: [
                { name: 'messaging_product', value: 'whatsapp' },
                { name: 'to', value: '447700900456' },
                { name: 'text', value: '{"body":"Hi"}' },
              ],
            },
            {
              encoding: 'base64',
              text: Buffer.from(
                '{"messaging_product":"whatsapp","contacts":[],"messages":[],"mood":1}',
              ).toString('base64'),
            },
          ),
          entry(
            'POST',
            'https://example.com/webhook',
            { mimeType: 'application/json', text: JSON.stringify(body) },
            {},
          ),
        ],
      },
    };
    const { found, passedOver } = readCaptures(JSON.stringify(har), 'a.har');
    expect(passedOver).toBe(1);
    const checked = found.flatMap(checkCapture);
    expect(checked.map(({ place, what }) => `${place} ${what}`)).toEqual([
      'a.har:entry 2 request POST messages',
      'a.har:entry 2 answer of POST messages',
      'a.har:entry 3 webhook messages',
    ]);
    expect(checked[0]?.differences).toEqual([]);
    expect(checked[1]?.differences.map(({ pointer }) => pointer)).toContain('/mood');
  });

  test.each([
    ['', 'a.json: The file is empty.'],
    ['{"object": 1,\n  nope}', 'a.json:2:3: It is neither JSON nor one JSON value a line'],
    ['{"a":1}\n{"b":2\n', 'a.json:2: This line is not JSON'],
    ['{"hello":"world"}', 'There is neither a webhook body nor a Graph exchange in it.'],
    ['[]', 'There is neither'],
  ])('%j is told as a mistake', (captured, message) => {
    expect(() => readCaptures(captured, 'a.json')).toThrow(Mistake);
    expect(() => readCaptures(captured, 'a.json')).toThrow(message);
  });
});

test('masking keeps the form and nothing else', () => {
  const data = {
    from: '447700900456',
    text: { body: 'Olá Ana, 2 às 3' },
    url: 'https://a.io/x?y=1',
    n: 1_791_000_100,
    type: 'text',
    'ana@b.c': true,
  };
  expect(redact(data, wireWords(), [])).toEqual({
    from: '111111111111',
    text: { body: 'Aaa Aaa, 1 aa 1' },
    url: 'https://a.aa/a?a=1',
    n: 1_111_111_111,
    type: 'text',
    'aaa@a.a': true,
  });
});
