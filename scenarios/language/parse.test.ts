import { describe, expect, it } from 'vitest';
import { renderDiagnostic } from './diagnostics.ts';
import { longestScenario, parseScenario, type Known } from './parse.ts';
import type { Scenario, Step } from './scenario.ts';

const known: Known = { obligations: new Set(['echo-is-not-answered', 'webhook-is-acknowledged']) };

function read(text: string): Scenario {
  const parsed = parseScenario(text, 'x.yaml', 'echoes/x', known);
  if ('scenario' in parsed) return parsed.scenario;
  throw new Error(parsed.diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, text)).join('\n\n'));
}

/** A scenario around steps: two customers, and a message of each side to refer to. */
const around = (...steps: readonly string[]): string =>
  ['scenario: x', 'customers: { ana: {}, bruno: {} }', 'steps:', ...steps.map((step) => `  - ${step}`)].join(
    '\n',
  );

const sent = 'customer.sends: { from: ana, text: Oi, as: hers }';
const written = 'app.sends: { to: ana, text: Oi, as: ours }';

const stepOf = (text: string): Partial<Step> => {
  const { name: _name, at: _at, ...step } = read(text).steps.at(-1) ?? read(text).steps[0]!;
  return step;
};

/** `line:column code: message suggestion`, one for each mistake. */
function mistakes(text: string): readonly string[] {
  const parsed = parseScenario(text, 'x.yaml', 'echoes/x', known);
  if ('scenario' in parsed) return [];
  return parsed.diagnostics.map(({ line, column, code, message, suggestion }) =>
    `${String(line)}:${String(column)} ${code}: ${message} ${suggestion ?? ''}`.trim(),
  );
}

describe('a whole scenario', () => {
  const text = `scenario: A reply typed on the phone silences the bot
obligations: [echo-is-not-answered]
number: coexistence                    # or: app-only, cloud-api, fresh, offboarded …
customers: { ana: { country: BR, name: Ana Lopez } }
steps:
  - customer.sends: { from: ana, text: Quero comprar }
  - expect.call: { edge: messages, to: ana, within: 10s }          # positive control
  - app.sends: { to: ana, text: "Oi Ana, aqui é a Lu" }
  - expect.acknowledged: { field: smb_message_echoes, within: 5s }
  - expect.noCall: { edge: messages, to: ana, for: 2s }
`;

  it('is read with its defaults', () => {
    const { steps, ...rest } = read(text);
    expect(rest).toEqual({
      id: 'echoes/x',
      file: 'x.yaml',
      title: 'A reply typed on the phone silences the bot',
      obligations: ['echo-is-not-answered'],
      number: { state: 'coexistence', country: 'BR', subscribed: true, onboardedAgoMs: 3_600_000 },
      customers: { ana: { name: 'Ana Lopez', country: 'BR', hidesNumber: false, device: 'android' } },
      history: { messages: 0, threads: 1, days: 180, mediaPerMille: 0, sharing: 'shared' },
      contacts: [],
      behaviour: {},
      anchor: 'end',
    });
    expect(steps.map(({ name, at }) => `${String(at.line)}:${String(at.column)} ${name}`)).toEqual([
      '6:5 customer.sends',
      '7:5 expect.call',
      '8:5 app.sends',
      '9:5 expect.acknowledged',
      '10:5 expect.noCall',
    ]);
  });

  it('may be JSON', () => {
    const json = JSON.stringify({ scenario: 'x', steps: ['app.opens', { 'time.passes': '2h' }] });
    expect(read(json).steps.map(({ does }) => does)).toEqual(['app.opens', 'time.passes']);
  });

  it('may use an alias', () => {
    const texts = read(around('customer.sends: &m { from: ana, text: Oi }', 'customer.sends: *m')).steps;
    expect(texts.map((step) => step.does === 'customer.sends' && step.from)).toEqual(['ana', 'ana']);
  });

  it('goes on from messages that were sent before', () => {
    const parsed = parseScenario(around('app.revokes: { message: ours }'), 'x', 'x', {
      ...known,
      messages: ['ours'],
    });
    expect(parsed).toHaveProperty('scenario');
  });
});

describe('the top of a scenario', () => {
  const top = (lines: string): Scenario => read(`scenario: x\n${lines}\nsteps: [app.opens]`);

  it.each([
    ['number: app-only', { state: 'app-only', subscribed: false }],
    ['number: { state: fresh, subscribed: true }', { state: 'fresh', subscribed: true }],
    [
      'number: { name: Padaria Sol, country: IN, onboardedAgo: 2d }',
      { name: 'Padaria Sol', country: 'IN', onboardedAgoMs: 172_800_000 },
    ],
  ])('%s', (line, number) => {
    expect(top(line).number).toMatchObject(number);
  });

  it('places customers where the business is unless they say otherwise', () => {
    const { customers } = top(
      'number: { country: ES }\ncustomers: { ana: , bruno: { country: PT, device: windows } }',
    );
    expect(customers).toMatchObject({ ana: { country: 'ES' }, bruno: { country: 'PT', device: 'windows' } });
  });

  it.each([
    ['history: { messages: 40 }', { messages: 40, threads: 1 }],
    [
      'customers: { ana: {}, bruno: {} }\nhistory: { messages: 40, sharing: declined }',
      { threads: 2, sharing: 'declined' },
    ],
    [
      'history: { messages: 9, threads: 3, days: 10, mediaPerMille: 500 }',
      { threads: 3, days: 10, mediaPerMille: 500 },
    ],
  ])('%s', (lines, history) => {
    expect(top(lines).history).toMatchObject(history);
  });

  it('reads contacts, behaviour and anchor', () => {
    const lines = ['customers: { ana: {} }', 'contacts: [{ name: Ana, of: ana }, { name: Gas }]'];
    lines.push('behaviour: { userIds: false, rateLimitStatus: 429, throughputMps: 5 }', 'anchor: start');
    expect(top(lines.join('\n'))).toMatchObject({
      contacts: [{ name: 'Ana', of: 'ana' }, { name: 'Gas' }],
      behaviour: { userIds: false, rateLimitStatus: 429, throughputMps: 5 },
      anchor: 'start',
    });
  });
});

describe('content', () => {
  it.each([
    ['text: Hi', { kind: 'text', text: 'Hi' }],
    ['image: true', { kind: 'image' }],
    ['image: { caption: Bolo }', { kind: 'image', caption: 'Bolo' }],
    ['audio: { voice: true }', { kind: 'audio', voice: true }],
    ['video: {}', { kind: 'video' }],
    ['document: { filename: pedido.pdf }', { kind: 'document', filename: 'pedido.pdf' }],
    ['sticker: true', { kind: 'sticker' }],
    [
      'location: { latitude: -23.5, longitude: -46.6, name: Loja }',
      { kind: 'location', latitude: -23.5, longitude: -46.6, name: 'Loja' },
    ],
    ['contacts: [Ana, Rui]', { kind: 'contacts', names: ['Ana', 'Rui'] }],
    ['button: { text: Sim, payload: yes }', { kind: 'button', text: 'Sim', payload: 'yes' }],
    ['unsupported: poll_creation', { kind: 'unsupported', form: 'poll_creation' }],
    ['viewOnce: true', { kind: 'view-once' }],
    ['disappearing: true', { kind: 'disappearing' }],
    ['liveLocation: true', { kind: 'live-location' }],
  ])('%s', (yaml, content) => {
    expect(stepOf(around(`customer.sends: { from: ana, ${yaml} }`))).toMatchObject({ content });
    expect(stepOf(around(`app.sends: { to: ana, ${yaml} }`))).toMatchObject({ content });
  });
});

describe('steps', () => {
  it.each<[string, object]>([
    [
      'customer.reacts: { from: ana, message: ours, emoji: "👍" }',
      { from: 'ana', message: 'ours', emoji: '👍' },
    ],
    [
      'customer.edits: { from: ana, message: hers, text: Olá }',
      { from: 'ana', message: 'hers', text: 'Olá' },
    ],
    ['customer.revokes: { from: ana, message: hers }', { from: 'ana', message: 'hers' }],
    ['customer.changesNumber: { from: ana }', { from: 'ana' }],
    [
      'customer.sends: { from: ana, text: Oi, viaAd: status, forwarded: often, product: SKU-1 }',
      { viaAd: 'status', forwarded: 'often', product: 'SKU-1' },
    ],
    ['customer.sends: { from: ana, text: Oi, forwarded: true }', { viaAd: false, forwarded: 'once' }],
    [
      'customer.sends: { from: ana, order: { items: [{ product: SKU-1, price: 7.5, currency: BRL }] } }',
      {
        content: {
          kind: 'order',
          items: [{ product: 'SKU-1', quantity: 1, price: 7.5, currency: 'BRL' }],
        },
      },
    ],
    [
      'customer.sends: { from: ana, listReply: { id: a, title: Amanhã } }',
      { content: { kind: 'list-reply', id: 'a', title: 'Amanhã' } },
    ],
    [
      'customer.sends: { from: ana, flowReply: { day: 3 } }',
      { content: { kind: 'flow-reply', answers: { day: 3 } } },
    ],
    [
      'customer.sends: { from: ana, callPermission: accept }',
      { content: { kind: 'call-permission', answer: 'accept' } },
    ],
    ['customer.calls: { from: ana }', { from: 'ana', video: false }],
    ['customer.sendsToGroup: { from: ana, text: Oi }', { from: 'ana', text: 'Oi' }],
    [
      'customer.sends: { from: ana, text: Oi, replyTo: ours, viaAd: true, firstContact: true, meanwhile: true }',
      { replyTo: 'ours', viaAd: 'image', firstContact: true, meanwhile: true },
    ],
    [
      'app.sends: { to: ana, text: Oi, automatic: away, device: web, replyTo: hers }',
      { automatic: 'away', device: 'web', replyTo: 'hers' },
    ],
    ['app.reacts: { to: ana, message: hers, emoji: "👍" }', { to: 'ana', message: 'hers' }],
    ['app.edits: { message: ours, text: Olá }', { message: 'ours', text: 'Olá' }],
    ['app.revokes: { message: ours }', { message: 'ours' }],
    ['app.saves: { name: Ana Lopez, of: ana }', { contact: { name: 'Ana Lopez', of: 'ana' } }],
    ['app.saves: { name: Encanador }', { contact: { name: 'Encanador' } }],
    ['app.removes: { of: ana }', { contact: { of: 'ana' } }],
    ['app.sendsToGroup: { text: Oi }', { text: 'Oi' }],
    ['app.posts: { status: Promoção }', { status: 'Promoção' }],
    ['app.broadcasts: { to: [ana, bruno], text: Oi }', { to: ['ana', 'bruno'] }],
    ['app.calls: { to: ana, video: true }', { to: 'ana', video: true }],
    ['app.turnsOn: { feature: view-once, chat: ana }', { feature: 'view-once', chat: 'ana' }],
    ['app.opens', { does: 'app.opens' }],
    ['app.opens:', { does: 'app.opens' }],
    ['app.opens: {}', { does: 'app.opens' }],
    ['app.disconnects', { does: 'app.disconnects' }],
    ['app.changesDevice', { staysConnected: true }],
    ['app.changesDevice: { staysConnected: false }', { staysConnected: false }],
    ['app.leaves: { reason: CHANGE_NUMBER }', { reason: 'CHANGE_NUMBER' }],
    ['signup.completes', { history: 'shared' }],
    ['signup.completes: { history: declined }', { history: 'declined' }],
    ['time.passes: 14d', { durationMs: 1_209_600_000 }],
    [
      'webhooks.fault: { rule: delay, field: messages, times: 2, by: 25h }',
      { rule: 'delay', field: 'messages', times: 2, byMs: 90_000_000 },
    ],
    ['webhooks.fault: { rule: drop }', { rule: 'drop', times: 1, byMs: 0 }],
    ['webhooks.redeliver: { field: messages }', { field: 'messages' }],
    ['graph.refuse: { edge: messages, code: 130429 }', { edge: 'messages', code: 130429, times: 1 }],
    [
      'client.calls: { method: POST, path: "/{phone-number-id}/messages", body: { to: "{ana}", text: { body: Oi } }, answers: { status: 200 } }',
      {
        method: 'POST',
        path: '/{phone-number-id}/messages',
        body: { to: '{ana}', text: { body: 'Oi' } },
        answers: { status: 200 },
      },
    ],
    [
      'expect.call: { edge: messages, method: POST, to: ana, body: { type: text }, answered: { status: 200, code: 1 }, count: 2, within: 5s }',
      {
        match: {
          edge: 'messages',
          method: 'POST',
          to: 'ana',
          body: { type: 'text' },
          answered: { status: 200, code: 1 },
        },
        count: 2,
        withinMs: 5_000,
      },
    ],
    ['expect.call: { edge: register }', { match: { edge: 'register' }, count: 1, withinMs: 10_000 }],
    ['expect.acknowledged: { field: history }', { field: 'history', withinMs: 10_000, role: 'proof' }],
    ['expect.handshake: { token: wrong }', { token: 'wrong', role: 'proof' }],
    [
      'expect.conversation: { of: ana, has: { message: hers, author: customer } }',
      { has: { message: 'hers', author: 'customer' }, role: 'proof' },
    ],
    ['expect.connection: { is: disconnected }', { is: 'disconnected', role: 'proof' }],
    ['expect.contact: { of: ana, name: Ana Lopez }', { named: 'Ana Lopez', absent: false, role: 'proof' }],
    ['expect.sync: { of: history, is: complete }', { of: 'history', is: 'complete', role: 'proof' }],
  ])('%s', (step, expected) => {
    expect(stepOf(around(sent, written, step))).toMatchObject(expected);
  });
});

describe('mistakes', () => {
  const within = (step: string): readonly string[] => mistakes(around(sent, written, step));

  it.each<[string, readonly string[]]>([
    [
      'customer.send: { from: ana, text: Oi }',
      ['6:5 unknown-step: There is no step “customer.send”. Did you mean “customer.sends”?'],
    ],
    [
      'customer.sends: { from: anna, text: Oi }',
      ['6:29 unknown-customer: There is no customer “anna”. Did you mean “ana”?'],
    ],
    [
      'customer.sends: { from: ana, txt: Oi }',
      [
        '6:5 content-kind: customer.sends says nothing about what is sent. Add one of text, image, video, audio, document, sticker, location, contacts, button, interactive, unsupported, viewOnce, disappearing, liveLocation, listReply, order, flowReply, callPermission.',
        '6:34 unknown-key: customer.sends has no key “txt”. Did you mean “text”?',
      ],
    ],
    [
      'customer.sends: { from: ana, text: Oi, on: neighbour }',
      [
        '6:48 wrong-value: Expected “neighbour”, where the scenario has one. Write “neighbour: {}” at the top of the file.',
      ],
    ],
    ['meta.invents: { field: messages, value: {} }', ['6:21 wrong-value: The field “messages” exists.']],
    [
      'expect.acknowledged: { field: mesages }',
      ['6:35 wrong-value: “mesages” is not a webhook field. Did you mean “messages”?'],
    ],
    [
      'customer.sends: { from: ana, text: Oi, tudo bem }',
      ['6:44 unknown-key: customer.sends has no key “tudo bem”. A text with a comma is written in quotes.'],
    ],
    [
      'customer.sends: { from: ana }',
      [
        '6:5 content-kind: customer.sends says nothing about what is sent. Add one of text, image, video, audio, document, sticker, location, contacts, button, interactive, unsupported, viewOnce, disappearing, liveLocation, listReply, order, flowReply, callPermission.',
      ],
    ],
    [
      'customer.sends: { from: ana, text: Oi, image: true }',
      [
        '6:44 content-kind: A message holds one kind of content: “text” or “image”, not both. Send two messages.',
      ],
    ],
    [
      'customer.sends: { from: ana, image: false }',
      ['6:41 content-kind: Leave “image” out instead of writing false.'],
    ],
    [
      'customer.sends: { from: ana, text: 5 }',
      ['6:40 wrong-type: Expected text, found 5. Write it in quotes: "5".'],
    ],
    [
      'customer.sends: { from: ana, text: Oi, as: hers }',
      ['6:48 duplicate-name: An earlier message is named “hers” already.'],
    ],
    [
      'customer.sends: { from: ana, text: Oi, replyTo: her }',
      ['6:53 unknown-message: No earlier step names a message “her”. Did you mean “hers”?'],
    ],
    ['customer.sends: { text: Oi }', ['6:5 missing-key: customer.sends needs the key “from”.']],
    [
      'customer.edits: { from: ana, message: ours, text: Oi }',
      ['6:34 wrong-value: “ours” was not sent by ana.'],
    ],
    [
      'app.edits: { message: hers, text: Oi }',
      ['6:18 wrong-value: “hers” was sent by ana, not from the app.'],
    ],
    [
      'app.leaves: { reason: CHANGED_NUMBER }',
      ['6:27 wrong-value: “CHANGED_NUMBER” is not a reason. Did you mean “CHANGE_NUMBER”?'],
    ],
    ['app.turnsOn', ['6:5 missing-key: app.turnsOn needs arguments.']],
    ['app.opens: { now: true }', ['6:18 unknown-key: app.opens has no key “now”.']],
    ['app.opens: soon', ['6:16 wrong-type: app.opens must be a map, found “soon”.']],
    [
      'time.passes: 14',
      ['6:18 duration-without-unit: The duration 14 has no unit. Write 14s, or with ms, m, h or d.'],
    ],
    [
      'time.passes: two weeks',
      ['6:18 wrong-type: Expected a duration such as 500ms, 10s, 30m, 2h or 14d, found “two weeks”.'],
    ],
    ['time.passes: 400d', ['6:18 wrong-value: A duration is at most 366 days.']],
    ['time.passes', ['6:5 missing-key: time.passes needs arguments.']],
    ['[app.opens]', ['6:5 wrong-type: A step is a map with one key: who, dot, what.']],
    [
      '{ app.opens: , app.disconnects: }',
      [
        '6:20 wrong-type: A step is a map with one key: who, dot, what. Begin a new step with “- ”, or indent this key below the step.',
      ],
    ],
    [
      'webhooks.fault: { rule: drop, times: 0 }',
      ['6:42 wrong-value: Expected a number from 1 to 999, found 0.'],
    ],
    [
      'webhooks.fault: { rule: drop, times: two }',
      ['6:42 wrong-type: Expected a whole number, found “two”.'],
    ],
    [
      'webhooks.redeliver: { field: message }',
      ['6:34 wrong-value: “message” is not a webhook field. Did you mean “messages”?'],
    ],
    [
      'client.calls: { method: PUT, path: "/x", answers: { status: 200 } }',
      ['6:29 wrong-value: “PUT” is not a method. Known here: GET, POST, DELETE.'],
    ],
    [
      'client.calls: { method: GET, path: "x", answers: { status: 200 } }',
      ['6:40 wrong-value: A path begins with a slash. Write /x.'],
    ],
    [
      'client.calls: { method: GET, path: "/{phone-number}/x", answers: { status: 200 } }',
      ['6:40 wrong-value: Nothing stands for {phone-number} here. Did you mean “phone-number-id”?'],
    ],
    [
      'expect.call: { edge: message }',
      ['6:26 wrong-value: “message” is not a Graph edge. Did you mean “messages”?'],
    ],
    [
      'expect.noCall: { edge: messages, for: 2s }',
      [
        '6:5 needs-control: expect.noCall needs a positive control: without one it holds for a system that does nothing. Expect a call or an acknowledgement before it, or mark a later expectation with “control: true”.',
      ],
    ],
    [
      'expect.noCall: { edge: messages, for: 2 }',
      ['6:43 duration-without-unit: The duration 2 has no unit. Write 2s, or with ms, m, h or d.'],
    ],
    [
      'expect.refused: { field: messages }',
      [
        '6:5 needs-control: expect.refused needs a positive control: without one it holds for a system that does nothing. Expect a call or an acknowledgement before it, or mark a later expectation with “control: true”.',
      ],
    ],
    [
      'expect.conversation: { of: ana }',
      ['6:5 missing-key: expect.conversation needs “has”, “lacks” or “count”.'],
    ],
    [
      'expect.conversation: { of: ana, lacks: { text: Oi } }',
      [
        '6:5 needs-control: expect.conversation needs a positive control: without one it holds for a system that does nothing. Expect a call or an acknowledgement before it, or mark a later expectation with “control: true”.',
      ],
    ],
    ['expect.contact: { of: ana }', ['6:5 missing-key: expect.contact needs “name” or “absent: true”.']],
    [
      'expect.acknowledged: { field: messages, proves: webhook-is-acknowledged }',
      [
        '6:5 unknown-obligation: expect.acknowledged proves “webhook-is-acknowledged”, which is not under “obligations:”.',
      ],
    ],
    [
      'expect.acknowledged: { field: messages, proves: webhook-is-acknowledgd }',
      [
        '6:53 unknown-obligation: There is no obligation “webhook-is-acknowledgd”. Did you mean “webhook-is-acknowledged”?',
      ],
    ],
  ])('%s', (step, expected) => {
    expect(within(step)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    [
      'scenaro: x\nsteps: [app.opens]',
      [
        '1:1 unknown-key: The scenario has no key “scenaro”. Did you mean “scenario”?',
        '1:1 missing-key: The scenario needs the key “scenario”.',
      ],
    ],
    ['scenario: x', ['1:1 missing-key: The scenario needs the key “steps”.']],
    ['scenario: x\nsteps: []', ['2:8 missing-key: A scenario has at least one step.']],
    ['scenario: x\nsteps: app.opens', ['2:8 wrong-type: Expected a list, found “app.opens”.']],
    [
      '',
      [
        '1:1 missing-key: The scenario needs the key “scenario”.',
        '1:1 missing-key: The scenario needs the key “steps”.',
      ],
    ],
    ['just text', ['1:1 wrong-type: The scenario must be a map, found “just text”.']],
    [
      'scenario: x\nobligations: [echo-is-not-answerd]\nsteps: [app.opens]',
      [
        '2:15 unknown-obligation: There is no obligation “echo-is-not-answerd”. Did you mean “echo-is-not-answered”?',
      ],
    ],
    [
      'scenario: x\nobligations: [echo-is-not-answered]\nsteps: [app.opens]',
      [
        '2:1 unproven-obligation: No expectation of this scenario proves “echo-is-not-answered”. Expect something after the last control, or write “proves:” on an expectation.',
      ],
    ],
    [
      'scenario: x\nnumber: coexistance\nsteps: [app.opens]',
      ['2:9 wrong-value: “coexistance” is not a state of a number. Did you mean “coexistence”?'],
    ],
    [
      'scenario: x\nnumber: { country: XX }\nsteps: [app.opens]',
      [
        '2:20 wrong-value: “XX” is not a country of the simulator. Known here: AR, AU, BR, CO, DE, ES, FR, GB, ID, IN, IT, JP, MX, NG, PT, TR, US, ZA.',
      ],
    ],
    [
      'scenario: x\ncustomers: [ana]\nsteps: [app.opens]',
      ['2:12 wrong-type: Expected customers by name, found a list. Write “customers: { ana: {} }”.'],
    ],
    [
      'scenario: x\ncustomers: { 1st: {} }\nsteps: [app.opens]',
      ['2:14 wrong-value: “1st” is not a name: letters, digits, - and _, beginning with a letter.'],
    ],
    [
      'scenario: x\ncustomers: { ana: { hidesNumber: true } }\nsteps: [app.opens]',
      ['2:14 missing-key: ana can hide the number only behind a username.'],
    ],
    [
      'scenario: x\nbehaviour: { userId: true }\nsteps: [app.opens]',
      ['2:14 unknown-key: There is no behaviour “userId”. Did you mean “userIds”?'],
    ],
    [
      'scenario: x\nbehaviour: { userIds: 1, rateLimitStatus: 401, historyChunkSize: 0 }\nsteps: [app.opens]',
      [
        '2:23 wrong-type: Expected true or false, found 1.',
        '2:43 wrong-value: Expected one of 400, 429, found 401. Did you mean “400”?',
        '2:66 wrong-value: Expected a number from 1 to 1000000, found 0.',
      ],
    ],
    [
      'scenario: x\nanchor: 2026-11-02\nsteps: [app.opens]',
      [
        '2:9 wrong-value: Expected end, start or an instant such as 2026-11-02T09:00:00Z, found “2026-11-02”. Known here: end, start.',
      ],
    ],
    ['scenario: x\nscenario: y\nsteps: [app.opens]', ['2:1 yaml-syntax: Map keys must be unique']],
    [
      'scenario: x\nsteps: [app.opens',
      ['2:18 yaml-syntax: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    [
      'scenario: x\nsteps: [app.opens]\n---\nscenario: y',
      ['3:1 several-documents: A file holds one scenario; a second document begins here.'],
    ],
  ])('%j', (text, expected) => {
    expect(mistakes(text)).toEqual(expected);
  });

  it('are all told at once, with the line and a caret', () => {
    const text = around(
      'customer.sends: { from: anna, text: Oi, as: m }',
      'app.opens: { now: true }',
      'time.passes: 14',
      'customer.edits: { from: ana, message: m, text: 7 }',
    );
    const parsed = parseScenario(text, 'echoes/x.yaml', 'echoes/x', known);
    const shown = 'scenario' in parsed ? [] : parsed.diagnostics.map((one) => renderDiagnostic(one, text));
    expect(shown.join('\n\n')).toMatchInlineSnapshot(`
      "echoes/x.yaml:4:29: There is no customer “anna”. [unknown-customer]
        |
      4 |   - customer.sends: { from: anna, text: Oi, as: m }
        |                             ^^^^ Did you mean “ana”?

      echoes/x.yaml:5:18: app.opens has no key “now”. [unknown-key]
        |
      5 |   - app.opens: { now: true }
        |                  ^^^

      echoes/x.yaml:6:18: The duration 14 has no unit. [duration-without-unit]
        |
      6 |   - time.passes: 14
        |                  ^^ Write 14s, or with ms, m, h or d.

      echoes/x.yaml:7:52: Expected text, found 7. [wrong-type]
        |
      7 |   - customer.edits: { from: ana, message: m, text: 7 }
        |                                                    ^ Write it in quotes: "7"."
    `);
  });
});

describe('bounds', () => {
  it.each([
    ['a file of more than 1 MB', `# ${'x'.repeat(longestScenario)}`, 'too-large'],
    [
      'aliases without end',
      around(`client.calls: { method: GET, path: "/x", answers: { status: 200 }, body: ${laughs(7)} }`),
      'too-many-aliases',
    ],
    ['brackets without end', `steps: ${'['.repeat(20_000)}`, 'yaml-syntax'],
    [
      'a body that holds itself',
      around('client.calls: { method: GET, path: "/x", answers: { status: 200 }, body: &b { b: *b } }'),
      'wrong-value',
    ],
  ])('%s', (_, text, code) => {
    const parsed = parseScenario(text, 'x.yaml', 'x', known);
    expect('diagnostics' in parsed && parsed.diagnostics.map((one) => one.code)).toContain(code);
  });
});

/** Ten of the level below on each level: the classic that grows tenfold a line. */
function laughs(levels: number): string {
  const parts = ['l0: &l0 [ha]'];
  for (let level = 1; level <= levels; level += 1)
    parts.push(
      `l${String(level)}: &l${String(level)} [${Array(10)
        .fill(`*l${String(level - 1)}`)
        .join(', ')}]`,
    );
  return `{ ${parts.join(', ')} }`;
}
