import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../scenarios/language/parse.ts';
import { isExpectation, type Scenario } from '../../scenarios/language/scenario.ts';
import { accept, mistake, refuse, type Command, type Decision, type Refusal } from '../core/decision.ts';
import { createEngine, type Engine } from '../core/engine.ts';
import type { Feature } from '../core/feature.ts';
import { furniture, type CreateApp } from '../core/furniture.ts';
import type { AppId } from '../core/identifiers.ts';
import { epochMs, hourMs } from '../core/time.ts';
import { createWorld } from '../core/world.ts';
import { stage, type Cast } from './cast.ts';
import { play, type PlayResult } from './play.ts';

const appId = '670843887433847' as AppId;
const nowMs = epochMs(Date.parse('2026-11-02T09:00:00Z'));

const refusal: Refusal = {
  code: 0,
  httpStatus: 0,
  message: 'Turned off.',
  evidence: 'assumed',
  source: 'test',
};

/** What stands in for the features: takes down each command and answers as told. */
function recorder(answers: Readonly<Record<string, () => Decision>>): {
  readonly feature: Feature;
  readonly taken: Command[];
} {
  const taken: Command[] = [];
  const types = [
    'fill-history fill-contacts send-customer-message react-as-customer edit-as-customer revoke-as-customer',
    'call-as-customer send-to-group-as-customer send-from-app react-from-app edit-from-app revoke-from-app',
    'save-contact remove-contact send-to-group-from-app post-status broadcast call-from-app turn-on-in-app open-app',
    'disconnect-in-app change-device leave-coexistence complete-signup set-webhook-fault redeliver refuse-next notify',
    'clear-graph-faults clear-webhook-faults read-in-app set-automatic-message link-device unlink-device',
    'block-signup confirm-signup',
  ].flatMap((line) => line.split(' '));
  const decide = (command: Command): Decision => {
    taken.push(command);
    return (answers[command.type] ?? (() => accept([], { wamid: `wamid.${String(taken.length)}` })))();
  };
  const commands = Object.fromEntries(
    types.map((type) => [type, (_world: unknown, command: Command) => decide(command)]),
  );
  return { feature: { name: 'recorder', commands }, taken };
}

interface Performance {
  readonly engine: Engine;
  readonly cast: Cast;
  readonly results: readonly PlayResult[];
  readonly taken: readonly Command[];
}

function read(text: string): Scenario {
  const parsed = parseScenario(text, 'x.yaml', 'x', { obligations: new Set() });
  if ('diagnostics' in parsed) throw new Error(parsed.diagnostics[0]?.message);
  return parsed.scenario;
}

function perform(
  top: string,
  steps: readonly string[],
  answers: Readonly<Record<string, () => Decision>> = {},
): Performance {
  const scenario = read([`scenario: x`, top, 'steps:', ...steps.map((step) => `  - ${step}`)].join('\n'));
  const { feature, taken } = recorder(answers);
  const engine = createEngine(createWorld('x', scenario.behaviour), [furniture, feature], nowMs);
  const app: CreateApp = { type: 'create-app', appId, name: 'Inbox', secret: 'secret', fields: ['messages'] };
  engine.execute(app);
  const cast = stage(engine, scenario, appId);
  const results = scenario.steps
    .filter((step) => !isExpectation(step))
    .map((step) => play(engine, cast, step));
  return { engine, cast, results, taken };
}

const people =
  'customers: { ana: { name: Ana Lopez }, bruno: { country: PT, username: bruno, hidesNumber: true } }';

describe('stage', () => {
  it('creates number and customers, and subscribes the app', () => {
    const { engine, cast } = perform(`number: { name: Padaria Sol, onboardedAgo: 2h }\n${people}`, [
      'app.opens',
    ]);
    const number = engine.world.phoneNumbers.get(cast.phoneNumberId);
    expect(number).toMatchObject({
      state: 'coexistence',
      verifiedName: 'Padaria Sol',
      country: 'BR',
      onboardedAtMs: nowMs - 2 * hourMs,
    });
    expect(cast).toMatchObject({
      appId,
      wabaId: number?.wabaId,
      displayPhoneNumber: number?.displayPhoneNumber,
    });
    expect([...(engine.world.wabas.get(cast.wabaId)?.subscriptions.keys() ?? [])]).toEqual([appId]);
    const { ana, bruno } = cast.customers;
    expect(engine.world.customers.get(ana!.waId)).toMatchObject({
      userId: ana!.userId,
      name: 'Ana Lopez',
      country: 'BR',
    });
    expect(engine.world.customers.get(bruno!.waId)).toMatchObject({
      country: 'PT',
      username: 'bruno',
      hidesNumber: true,
    });
  });

  it.each(['fresh', 'app-only', 'cloud-api'])('leaves a number that is %s without an onboarding', (state) => {
    const { engine, cast } = perform(`number: ${state}`, ['time.passes: 1s']);
    expect(engine.world.phoneNumbers.get(cast.phoneNumberId)).not.toHaveProperty('onboardedAtMs');
    const subscribed = engine.world.wabas.get(cast.wabaId)?.subscriptions.size;
    expect(subscribed).toBe(state === 'cloud-api' ? 1 : 0);
  });

  it('fills history and address book, the first threads with the customers', () => {
    const top = [
      people,
      'history: { messages: 40, threads: 1 }',
      'contacts: [{ name: Ana da feira, of: ana }, { name: Gás }]',
    ];
    const { taken, cast } = perform(top.join('\n'), ['time.passes: 1s']);
    const { phoneNumberId, customers } = cast;
    const history = { messages: 40, threads: 1, days: 180, mediaPerMille: 0, sharing: 'shared' };
    expect(taken).toEqual([
      { type: 'fill-history', phoneNumberId, ...history, customers: [customers['ana']?.waId] },
      {
        type: 'fill-contacts',
        phoneNumberId,
        contacts: [{ name: 'Ana da feira', waId: customers['ana']?.waId }, { name: 'Gás' }],
      },
    ]);
  });

  it('says nothing of an empty phone, unless its owner declines to share it', () => {
    expect(perform(people, ['time.passes: 1s']).taken).toEqual([]);
    const { taken } = perform('history: { sharing: declined }', ['time.passes: 1s']);
    expect(taken).toMatchObject([{ type: 'fill-history', messages: 0, sharing: 'declined' }]);
  });

  it('throws what can only be a bug', () => {
    const answers = { 'fill-history': () => mistake('Too much.') };
    expect(() => perform('history: { messages: 1 }', ['time.passes: 1s'], answers)).toThrow('Too much.');
  });
});

describe('play', () => {
  const sent = 'customer.sends: { from: ana, text: Oi, as: hers }';
  const written = 'app.sends: { to: ana, text: Olá, as: ours }';

  it.each<[string, object]>([
    [
      sent,
      {
        type: 'send-customer-message',
        content: { kind: 'text', text: 'Oi' },
        from: 'ana',
        viaAd: false,
        firstContact: false,
      },
    ],
    [
      'customer.sends: { from: ana, image: true, replyTo: ours, viaAd: true }',
      { replyTo: 'wamid.2', viaAd: 'image' },
    ],
    [
      'customer.reacts: { from: ana, message: ours, emoji: "👍" }',
      { type: 'react-as-customer', from: 'ana', wamid: 'wamid.2', emoji: '👍' },
    ],
    [
      'customer.edits: { from: ana, message: hers, text: Opa }',
      { type: 'edit-as-customer', from: 'ana', wamid: 'wamid.1', text: 'Opa' },
    ],
    [
      'customer.revokes: { from: ana, message: hers }',
      { type: 'revoke-as-customer', from: 'ana', wamid: 'wamid.1' },
    ],
    ['customer.calls: { from: ana, video: true }', { type: 'call-as-customer', from: 'ana', video: true }],
    [
      'customer.sendsToGroup: { from: ana, text: Oi }',
      { type: 'send-to-group-as-customer', from: 'ana', text: 'Oi' },
    ],
    [
      'app.sends: { to: ana, text: Olá, replyTo: hers, automatic: away, device: web }',
      {
        type: 'send-from-app',
        to: 'ana',
        content: { kind: 'text', text: 'Olá' },
        replyTo: 'wamid.1',
        automatic: 'away',
        device: 'web',
      },
    ],
    [
      'app.reacts: { to: ana, message: hers, emoji: "👍" }',
      { type: 'react-from-app', to: 'ana', wamid: 'wamid.1', emoji: '👍' },
    ],
    ['app.edits: { message: ours, text: Opa }', { type: 'edit-from-app', wamid: 'wamid.2', text: 'Opa' }],
    ['app.revokes: { message: ours }', { type: 'revoke-from-app', wamid: 'wamid.2' }],
    ['app.saves: { name: Ana, of: ana }', { type: 'save-contact', name: 'Ana', waId: 'ana' }],
    ['app.saves: { name: Gás }', { type: 'save-contact', name: 'Gás' }],
    ['app.removes: { of: ana }', { type: 'remove-contact', waId: 'ana' }],
    ['app.sendsToGroup: { text: Oi }', { type: 'send-to-group-from-app', text: 'Oi' }],
    ['app.posts: { status: Aberto }', { type: 'post-status', text: 'Aberto' }],
    [
      'app.broadcasts: { to: [ana, bruno], text: Oi }',
      { type: 'broadcast', to: ['ana', 'bruno'], text: 'Oi' },
    ],
    ['app.calls: { to: ana }', { type: 'call-from-app', to: 'ana', video: false }],
    [
      'app.turnsOn: { feature: view-once, chat: ana }',
      { type: 'turn-on-in-app', feature: 'view-once', to: 'ana' },
    ],
    ['app.opens', { type: 'open-app' }],
    ['app.disconnects', { type: 'disconnect-in-app' }],
    ['app.changesDevice', { type: 'change-device', staysConnected: true }],
    ['app.leaves: { reason: CHANGE_NUMBER }', { type: 'leave-coexistence', reason: 'CHANGE_NUMBER' }],
    [
      'webhooks.fault: { rule: delay, by: 2s, field: history, times: 3 }',
      { type: 'set-webhook-fault', rule: 'delay', byMs: 2_000, field: 'history', times: 3 },
    ],
    ['webhooks.redeliver: { field: messages }', { type: 'redeliver', field: 'messages' }],
    [
      'graph.refuse: { edge: messages, code: 130429, times: 2 }',
      { type: 'refuse-next', edge: 'messages', code: 130429, times: 2 },
    ],
    ['graph.heals', { type: 'clear-graph-faults' }],
    ['webhooks.heals', { type: 'clear-webhook-faults' }],
    ['app.reads: { from: ana }', { type: 'read-in-app', from: 'ana' }],
    [
      'app.automates: { message: greeting, text: Olá }',
      { type: 'set-automatic-message', message: 'greeting', text: 'Olá' },
    ],
    ['app.links: { device: web }', { type: 'link-device', device: 'web' }],
    ['app.unlinks: { device: mac }', { type: 'unlink-device', device: 'mac' }],
    ['signup.blocks: { by: app-version }', { type: 'block-signup', by: 'app-version' }],
    ['app.confirmsSignup: { history: declined }', { type: 'confirm-signup', history: 'declined' }],
  ])('%s', (step, expected) => {
    const again = step === sent ? 'customer.sends: { from: ana, text: Oi }' : step;
    const { taken, results, cast } = perform(people, [sent, written, again]);
    const named = (value: unknown): unknown => cast.customers[String(value)]?.waId ?? value;
    const wanted = Object.entries(expected).map(([key, value]: [string, unknown]) => [
      key,
      Array.isArray(value) ? value.map(named) : named(value),
    ]);
    expect(taken[2]).toMatchObject(Object.fromEntries(wanted));
    expect(results[2]).toMatchObject({ kind: 'done' });
  });

  it('has a second business where the scenario has a neighbour', () => {
    const there = 'customer.sends: { from: ana, text: Oi, on: neighbour }';
    const { cast, taken } = perform(`${people}\nneighbour: { name: Mercado Sol }`, [sent, there]);
    expect(cast.neighbourId).toMatch(/^\d+$/);
    expect(taken.map((command) => 'phoneNumberId' in command && command.phoneNumberId)).toEqual([
      cast.phoneNumberId,
      cast.neighbourId,
    ]);
  });

  it('hands the last signup over once more, if there was one', () => {
    const signup = {
      'complete-signup': () => accept([], { code: 'AQ1', sessionEvent: { event: 'FINISH' } }),
    };
    const { results } = perform(people, ['signup.repeats', 'signup.completes', 'signup.repeats'], signup);
    expect(results[0]).toMatchObject({ kind: 'mistaken' });
    expect(results[1]).toMatchObject({ kind: 'signup', code: 'AQ1' });
    expect(results[2]).toEqual(results[1]);
  });

  it('hands an event without a code back where a signup is cancelled', () => {
    const { results, taken } = perform(people, ['signup.cancels: { screen: BUSINESS_ACCOUNT_SELECTION }']);
    expect(results).toEqual([
      {
        kind: 'signup',
        sessionEvent: {
          data: { current_step: 'BUSINESS_ACCOUNT_SELECTION' },
          type: 'WA_EMBEDDED_SIGNUP',
          event: 'CANCEL',
          version: 3,
        },
      },
    ]);
    expect(taken).toEqual([]);
  });

  it('fills the ids of messages into what Meta notifies of', () => {
    const value = '{ statuses: [{ id: "{ours}", status: failed, note: "{nobody}" }] }';
    const { taken } = perform(people, [written, `meta.notifies: { field: messages, value: ${value} }`]);
    expect(taken[1]).toMatchObject({
      value: { statuses: [{ id: 'wamid.1', status: 'failed', note: '{nobody}' }] },
    });
  });

  it('remembers messages by their names', () => {
    const { cast } = perform(people, [sent, written]);
    expect([...cast.messages]).toEqual([
      ['hers', 'wamid.1'],
      ['ours', 'wamid.2'],
    ]);
  });

  it('hands back what the engine cannot do', () => {
    const signup = {
      'complete-signup': () => accept([], { code: 'AQ1', sessionEvent: { event: 'FINISH' } }),
    };
    const path = '/v23.0/{phone-number-id}/messages?app={app-id}&waba={waba-id}';
    const body = '{ to: "{ana}", text: { body: "a {b} c" }, list: ["{waba-id}", 1] }';
    const call = `client.calls: { method: POST, path: "${path}", body: ${body}, answers: { status: 400, code: 100 } }`;
    const { results, cast, taken } = perform(
      people,
      ['time.passes: 14d', 'signup.completes: { history: declined }', call],
      signup,
    );
    const { phoneNumberId, wabaId, customers } = cast;
    expect(taken).toEqual([{ type: 'complete-signup', phoneNumberId, appId, history: 'declined' }]);
    expect(results).toEqual([
      { kind: 'advance', durationMs: 14 * 24 * hourMs },
      { kind: 'signup', code: 'AQ1', sessionEvent: { event: 'FINISH' } },
      {
        kind: 'client-call',
        method: 'POST',
        path: `/v23.0/${phoneNumberId}/messages?app=${appId}&waba=${wabaId}`,
        body: { to: customers['ana']?.waId, text: { body: 'a {b} c' }, list: [wabaId, 1] },
        answers: { status: 400, code: 100 },
      },
    ]);
  });

  it('tells a mistake with its place', () => {
    const answers = { 'save-contact': () => mistake('Not in the app.', 'Begin with app-only.') };
    const { results } = perform(people, ['app.saves: { name: Gás }'], answers);
    expect(results).toEqual([
      {
        kind: 'mistaken',
        mistake: { message: 'Not in the app.', hint: 'Begin with app-only.' },
        at: { line: 4, column: 5 },
      },
    ]);
  });

  it('tells of a message that was never sent', () => {
    const answers = { 'send-from-app': () => mistake('Not in the app.') };
    const { results } = perform(people, [written, 'app.revokes: { message: ours }'], answers);
    expect(results[1]).toEqual({
      kind: 'mistaken',
      mistake: { message: 'No message was sent as “ours” yet.' },
      at: { line: 5, column: 5 },
    });
  });

  it('tells of a customer of another scenario', () => {
    const { engine, cast } = perform(people, ['app.opens']);
    const [step] = read('scenario: y\ncustomers: { rui: {} }\nsteps: [{ app.calls: { to: rui } }]').steps;
    expect(step && !isExpectation(step) && play(engine, cast, step)).toMatchObject({ kind: 'mistaken' });
  });

  describe('what the app refuses', () => {
    const refusing = { broadcast: () => refuse(refusal), 'turn-on-in-app': () => refuse(refusal) };
    const broadcast = 'app.broadcasts: { to: [ana], text: Oi }';
    const expected = 'app.broadcasts: { to: [ana], text: Oi, refused: true }';

    it.each([
      ['unexpectedly', broadcast, refusing, { kind: 'refused', refusal }],
      ['as the step says', expected, refusing, { kind: 'done' }],
      ['although the step says so, not', expected, {}, { kind: 'mistaken' }],
      [
        'as the step says, a feature',
        'app.turnsOn: { feature: view-once, refused: true }',
        refusing,
        { kind: 'done' },
      ],
    ])('%s', (_, step, answers, result) => {
      expect(perform(people, [step], answers).results[0]).toMatchObject(result);
    });
  });
});
