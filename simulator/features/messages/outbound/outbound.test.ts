import { describe, expect, it } from 'vitest';
import {
  graphErrors,
  requestValidator,
  responseValidator,
  webhookValidator,
} from '../../../../contracts/catalogue.ts';
import type { Behaviour } from '../../../core/behaviour.ts';
import { accept, type Command, type Refusal } from '../../../core/decision.ts';
import { createEngine, type Outcome } from '../../../core/engine.ts';
import { isLazy, type NumberMoved, type WebhookEmitted } from '../../../core/events.ts';
import { commands, type Feature, type GraphRequest } from '../../../core/feature.ts';
import {
  type CreateApp,
  furniture,
  type CreateCustomer,
  type CreatedCustomer,
  type CreatedNumber,
  type CreateNumber,
} from '../../../core/furniture.ts';
import type { AppId, WaId, Wamid } from '../../../core/identifiers.ts';
import type { JsonObject } from '../../../core/json.ts';
import { dayMs, epochMs, hourMs, plusMs, secondMs } from '../../../core/time.ts';
import { createWorld, type NumberState } from '../../../core/world.ts';
import type { UploadMedia } from '../../media/events.ts';
import { mediaFeature } from '../../media/feature.ts';
import type { ReactAsCustomer, RevokeAsCustomer, SendCustomerMessage } from '../events.ts';
import { messageTemplatesFeature } from '../../message-templates/feature.ts';
import { messagesFeature } from '../feature.ts';
import type { SendReply } from './decide.ts';
import { parseMessages, renderReply } from './wire.ts';

const startMs = epochMs(1_790_000_000_000);

/** Lets a test move a number as account-update would. */
const mover: Feature = {
  name: 'mover',
  commands: commands<Command & { type: 'move'; event: NumberMoved }>({
    move: (_world, command) => accept([command.event], null),
  }),
};

interface Scene {
  readonly state?: NumberState;
  readonly behaviour?: Partial<Behaviour>;
  readonly hidesNumber?: boolean;
  readonly username?: string;
  /** Whether the customer has just written; true by default. */
  readonly isOpen?: boolean;
  /** Whether webhooks go anywhere; true by default. */
  readonly hasReceiver?: boolean;
}

const isAccepted = (outcome: Outcome): boolean => outcome.kind === 'accepted';

function arrange(scene: Scene = {}) {
  const world = createWorld('outbound', scene.behaviour);
  const engine = createEngine(
    world,
    [furniture, mediaFeature, messageTemplatesFeature, messagesFeature, mover],
    startMs,
  );
  const must = (command: Command): unknown => {
    const outcome = engine.execute(command);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.reply;
  };
  const createApp: CreateApp = {
    type: 'create-app',
    name: 'App',
    secret: 'secret',
    fields: ['messages'],
    ...(scene.hasReceiver !== false && { callback: { url: 'http://127.0.0.1/hook', verifyToken: 'x' } }),
  };
  const createNumber: CreateNumber = {
    type: 'create-number',
    state: scene.state ?? 'coexistence',
    country: 'BR',
    subscribedAppId: must(createApp) as AppId,
    onboardedAtMs: plusMs(startMs, -dayMs),
  };
  const { phoneNumberId } = must(createNumber) as CreatedNumber;
  const create = (hidesNumber: boolean, waId?: string): CreatedCustomer => {
    const command: CreateCustomer = {
      type: 'create-customer',
      name: 'Ana Lopez',
      country: 'BR',
      hidesNumber,
      device: 'iphone',
      ...(scene.username !== undefined && { username: scene.username }),
      ...(waId !== undefined && { waId: waId as WaId }),
    };
    return must(command) as CreatedCustomer;
  };
  const ana = create(scene.hidesNumber ?? false);
  const write = (from: WaId = ana.waId): Wamid => {
    const command: SendCustomerMessage = {
      type: 'send-customer-message',
      phoneNumberId,
      from,
      content: { kind: 'text', text: 'Oi' },
      viaAd: false,
      firstContact: false,
    };
    return (must(command) as { wamid: Wamid }).wamid;
  };
  if (scene.isOpen !== false) write();

  const validate = webhookValidator('messages');
  const statuses: JsonObject[] = [];
  engine.log.subscribe(({ event }) => {
    if (event.type !== 'webhook-emitted') return;
    const { value } = event as WebhookEmitted;
    if (isLazy(value)) throw new Error('Messages are never lazy.');
    const onWire = JSON.parse(JSON.stringify(value)) as JsonObject;
    expect(validate(onWire)).toEqual([]);
    if ('statuses' in onWire) statuses.push(onWire);
  });

  /** Posts a body that keeps the contract, as the Graph would. */
  const post = (body: JsonObject): Outcome<SendReply> => {
    const params = { messaging_product: 'whatsapp', ...body };
    expect(requestValidator('messages')(params)).toEqual([]);
    const request: GraphRequest = { method: 'POST', nodeId: phoneNumberId, params, token: 'EAA' };
    const outcome = engine.execute<SendReply>(parseMessages(request));
    if (outcome.kind === 'accepted') {
      const answer = JSON.parse(JSON.stringify(renderReply(outcome.reply))) as JsonObject;
      expect(responseValidator('messages')(answer)).toEqual([]);
    }
    return outcome;
  };
  const postText = (to: string = ana.waId): Outcome<SendReply> =>
    post({ to, type: 'text', text: { body: 'hello' } });
  const pass = (durationMs: number): void => {
    const untilMs = plusMs(engine.nowMs, durationMs);
    while (engine.runNextDue(untilMs));
    engine.moveTo(untilMs);
  };
  const move = (from: NumberState, to: NumberState, onboardedAtMs?: number): void => {
    const event: NumberMoved = {
      type: 'number-moved',
      phoneNumberId,
      from,
      to,
      ...(onboardedAtMs !== undefined && { onboardedAtMs: epochMs(onboardedAtMs) }),
    };
    must({ type: 'move', event } as Command);
  };
  return { world, engine, must, phoneNumberId, ana, create, write, statuses, post, postText, pass, move };
}

const answerOf = (outcome: Outcome<SendReply>): JsonObject => {
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return JSON.parse(JSON.stringify(renderReply(outcome.reply))) as JsonObject;
};
const refusalOf = (outcome: Outcome): Refusal => {
  if (outcome.kind !== 'refused') throw new Error(`Not refused: ${JSON.stringify(outcome)}`);
  return outcome.refusal;
};
const statusOf = (value: JsonObject): JsonObject => (value['statuses'] as readonly JsonObject[])[0]!;
const namesOf = (values: readonly JsonObject[]): readonly unknown[] =>
  values.map((value) => statusOf(value)['status']);
const template = (name: string, parameters: readonly string[], language = 'en_US'): JsonObject => ({
  type: 'template',
  template: {
    name,
    language: { code: language },
    ...(parameters.length > 0 && {
      components: [{ type: 'body', parameters: parameters.map((text) => ({ type: 'text', text })) }],
    }),
  },
});

describe('the answer', () => {
  it('repeats the recipient as it was written, and names the number it was read as', () => {
    const { post, create } = arrange();
    create(false, '5521999998888');
    for (const to of ['5521999998888', '+5521999998888', '+55 (21) 99999-8888', '552199998888']) {
      const answer = answerOf(post({ to, ...template('hello_world', []) }));
      expect(answer['contacts']).toEqual([{ input: to, wa_id: '5521999998888' }]);
    }
  });

  it('has message_status for templates alone', () => {
    const { post, postText, ana } = arrange();
    expect(answerOf(postText())['messages']).toEqual([{ id: expect.stringMatching(/^wamid\./) as string }]);
    expect(answerOf(post({ to: ana.waId, ...template('hello_world', []) }))['messages']).toEqual([
      { id: expect.stringMatching(/^wamid\./) as string, message_status: 'accepted' },
    ]);
  });

  it('names the user id where that was the recipient; a number goes before it', () => {
    const { post, ana } = arrange();
    const text = { type: 'text', text: { body: 'hello' } };
    expect(answerOf(post({ recipient: ana.userId, ...text }))['contacts']).toEqual([
      { input: ana.userId, user_id: ana.userId },
    ]);
    expect(answerOf(post({ recipient: ana.userId, to: ana.waId, ...text }))['contacts']).toEqual([
      { input: ana.waId, wa_id: ana.waId },
    ]);
  });

  it.each<[string, JsonObject]>([
    ['image by link', { type: 'image', image: { link: 'https://example.com/a.png', caption: 'Look' } }],
    ['location', { type: 'location', location: { latitude: 1, longitude: 2 } }],
    ['contacts', { type: 'contacts', contacts: [{ name: { formatted_name: 'Rui', first_name: 'Rui' } }] }],
    [
      'interactive',
      {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Sure?' },
          action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] },
        },
      },
    ],
    ['text without type', { text: { body: 'hello' } }],
    ['reply', { type: 'text', text: { body: 'hello' }, context: { message_id: 'wamid.AAAA' } }],
  ])('accepts %s, which arrives', (_name, body) => {
    const { post, ana, statuses, pass } = arrange();
    expect(isAccepted(post({ to: ana.waId, ...body }))).toBe(true);
    pass(secondMs);
    expect(namesOf(statuses)).toEqual(['sent']);
  });
});

describe('refusals', () => {
  it.each<[NumberState, Partial<Behaviour>, string]>([
    ['coexistence', {}, 'accepted'],
    ['cloud-api', {}, 'accepted'],
    ['fresh', {}, '133010'],
    ['app-only', {}, '133010'],
    ['offboarded', {}, '133010'],
    ['disconnected', {}, '100/33'],
    ['disconnected', { sendsAfterRemoval: 'account-not-registered' }, '133010'],
  ])('%s %j: %s, for messages and receipts alike', (state, behaviour, expected) => {
    const { postText, post, write } = arrange({ state, behaviour });
    for (const outcome of [postText(), post({ status: 'read', message_id: write() })]) {
      const found = outcome.kind === 'refused' ? outcome.refusal : undefined;
      const code =
        found && String(found.code) + (found.subcode === undefined ? '' : `/${String(found.subcode)}`);
      expect(code ?? 'accepted').toBe(expected);
    }
  });

  it.each<[string, (scene: ReturnType<typeof arrange>) => JsonObject, number, string | undefined]>([
    [
      'to oneself',
      ({ world, phoneNumberId }) => ({ to: `+${world.phoneNumbers.get(phoneNumberId)!.waId}` }),
      131021,
      'Cannot send message to the same consumer phone number as the sender phone number',
    ],
    ['to no number', () => ({ to: 'invalid' }), 131009, undefined],
    ['to a short number', () => ({ to: '1234567' }), 131009, undefined],
    ['to an unknown user id', () => ({ recipient: 'US.1' }), 131009, undefined],
    ['to a group', () => ({ to: 'Y2FwaV9ncm91cA', recipient_type: 'group' }), 131215, undefined],
    [
      'an unknown template',
      ({ ana }) => ({ to: ana.waId, ...template('parcel_ready', []) }),
      132001,
      'template name (parcel_ready) does not exist in en_US',
    ],
    [
      'a template in another language',
      ({ ana }) => ({ to: ana.waId, ...template('hello_world', [], 'pt_BR') }),
      132001,
      'template name (hello_world) does not exist in pt_BR',
    ],
    [
      'a parameter too few',
      ({ ana }) => ({ to: ana.waId, ...template('order_update', []) }),
      132000,
      'body: number of localizable_params (0) does not match the expected number of params (1)',
    ],
    [
      'an unknown file',
      ({ ana }) => ({ to: ana.waId, type: 'image', image: { id: '123456789012345' } }),
      131009,
      undefined,
    ],
  ])('%s', (_name, body, code, details) => {
    const scene = arrange();
    const refusal = refusalOf(scene.post({ type: 'text', text: { body: 'hello' }, ...body(scene) }));
    expect(refusal.code).toBe(code);
    if (details !== undefined) expect(refusal.details).toBe(details);
  });

  it('knew no user ids before there were any', () => {
    const { post, ana } = arrange({ behaviour: { userIds: false } });
    const outcome = post({ recipient: ana.userId, type: 'text', text: { body: 'hello' } });
    expect(refusalOf(outcome).message).toBe('The parameter to is required.');
  });

  it('are worded as the contract lists them', () => {
    const scene = arrange({ behaviour: { throughputMps: 1, rateLimitStatus: 429 } });
    const listed = graphErrors('messages');
    const found = [
      scene.post({ to: scene.ana.waId, ...template('order_update', []) }),
      scene.post({ status: 'read', message_id: 'wamid.AAAA' }),
      scene.postText(),
      arrange({ state: 'app-only' }).postText(),
      arrange({ isOpen: false, behaviour: { windowRefusal: 'synchronous' } }).postText(),
    ].map(refusalOf);
    expect(found.map(({ code }) => code)).toEqual([132000, 100, 130429, 133010, 131047]);
    for (const { code, httpStatus, message, details } of found) {
      const fitting = listed.filter((error) => error.code === code && error.httpStatus === httpStatus);
      expect(fitting.map((error) => [error.message, error.details])).toContainEqual([message, details]);
    }
  });
});

describe('throughput', () => {
  it('takes what was sent and received in a second together: 20, not 21', () => {
    const { postText, create, write, pass } = arrange();
    const others = Array.from({ length: 10 }, () => create(false).waId);
    for (const other of others.slice(0, 9)) write(other);
    // One message arrived while arranging, nine here; ten more may leave.
    for (const other of others) expect(isAccepted(postText(other))).toBe(true);
    expect(refusalOf(postText())).toMatchObject({
      code: 130429,
      httpStatus: 400,
      details: 'Cloud API message throughput has been reached.',
    });
    pass(999);
    expect(refusalOf(postText()).code).toBe(130429);
    pass(1);
    expect(isAccepted(postText())).toBe(true);
  });

  it('is 80 on a number that is on Cloud API alone', () => {
    const { postText, create } = arrange({ state: 'cloud-api' });
    for (let count = 1; count < 80; count += 1) expect(isAccepted(postText(create(false).waId))).toBe(true);
    expect(refusalOf(postText()).code).toBe(130429);
  });
});

describe('the pair rate', () => {
  it('lends a burst, and takes one message each six seconds until it is paid off', () => {
    const { postText, pass, create } = arrange({ behaviour: { throughputMps: 1_000, pairBurst: 45 } });
    for (let count = 1; count <= 45; count += 1) expect(isAccepted(postText())).toBe(true);
    expect(refusalOf(postText())).toMatchObject({ code: 131056, httpStatus: 400 });
    expect(isAccepted(postText(create(false).waId))).toBe(true);
    pass(6 * secondMs - 1);
    expect(refusalOf(postText()).code).toBe(131056);
    pass(1);
    expect(isAccepted(postText())).toBe(true);
    expect(refusalOf(postText()).code).toBe(131056);
    // Silence pays: after as long as the burst is worth, all of it can be spent again.
    pass(45 * 6 * secondMs);
    for (let count = 1; count <= 45; count += 1) expect(isAccepted(postText())).toBe(true);
    expect(refusalOf(postText()).code).toBe(131056);
  });

  it('never stands in the way of one message each six seconds', () => {
    const { postText, pass } = arrange({ behaviour: { pairBurst: 1 } });
    for (let count = 1; count <= 100; count += 1) {
      expect(isAccepted(postText())).toBe(true);
      pass(6 * secondMs);
    }
  });
});

describe('the service window', () => {
  const failure = {
    code: 131047,
    title: 'Re-engagement message',
    message: 'Re-engagement message',
    error_data: {
      details:
        'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    },
    href: '/documentation/business-messaging/whatsapp/support/error-codes',
  };

  it.each<[number, string]>([
    [24 * hourMs, 'sent'],
    [24 * hourMs + 1, 'failed'],
  ])('%i ms after the customer wrote: %s', (afterMs, expected) => {
    const { postText, pass, statuses } = arrange();
    pass(afterMs);
    expect(isAccepted(postText())).toBe(true);
    pass(10 * secondMs);
    expect(namesOf(statuses)[0]).toBe(expected);
    if (expected === 'failed') expect(statusOf(statuses[0]!)['errors']).toEqual([failure]);
  });

  it('is refused at once where the world says so; templates are not', () => {
    const { postText, post, pass, ana } = arrange({ behaviour: { windowRefusal: 'synchronous' } });
    expect(isAccepted(postText())).toBe(true);
    pass(24 * hourMs + 1);
    expect(refusalOf(postText())).toMatchObject({ code: 131047, httpStatus: 400 });
    expect(isAccepted(post({ to: ana.waId, ...template('hello_world', []) }))).toBe(true);
  });

  it('a template goes out whether it is open or not', () => {
    const { post, ana, pass, statuses } = arrange({ isOpen: false });
    post({ to: ana.waId, ...template('order_update', ['4711']) });
    pass(10 * secondMs);
    expect(namesOf(statuses)).toEqual(['sent', 'delivered', 'read']);
  });

  it.each(['react', 'button'])('a %s opens it', (by) => {
    const { must, postText, pass, statuses, ana, phoneNumberId } = arrange({ isOpen: false });
    const party = { phoneNumberId, from: ana.waId };
    const react: ReactAsCustomer = {
      type: 'react-as-customer',
      ...party,
      wamid: 'wamid.AAAA' as Wamid,
      emoji: '👍',
    };
    const press: SendCustomerMessage = {
      type: 'send-customer-message',
      ...party,
      content: { kind: 'button', text: 'Yes', payload: 'yes' },
      viaAd: false,
      firstContact: false,
    };
    must(by === 'react' ? react : press);
    postText();
    pass(secondMs);
    expect(namesOf(statuses)).toEqual(['sent']);
  });

  it('a revoke does not open it again', () => {
    const { must, write, postText, pass, statuses, ana, phoneNumberId } = arrange();
    const wamid = write();
    pass(24 * hourMs + 1);
    const revoke: RevokeAsCustomer = { type: 'revoke-as-customer', phoneNumberId, from: ana.waId, wamid };
    must(revoke);
    postText();
    pass(secondMs);
    expect(namesOf(statuses)).toEqual(['failed']);
  });

  it('a new onboarding begins with all windows closed, a reconnection does not', () => {
    const { postText, pass, statuses, move, engine } = arrange();
    move('coexistence', 'offboarded');
    pass(secondMs);
    move('offboarded', 'coexistence');
    postText();
    pass(10 * secondMs);
    move('coexistence', 'disconnected');
    move('disconnected', 'coexistence', engine.nowMs);
    postText();
    pass(10 * secondMs);
    expect(namesOf(statuses)).toEqual(['sent', 'delivered', 'read', 'failed']);
  });

  it('what stayed in the app opens nothing', () => {
    const { postText, pass, statuses, move } = arrange({ state: 'app-only' });
    move('app-only', 'coexistence');
    postText();
    pass(secondMs);
    expect(namesOf(statuses)).toEqual(['failed']);
  });
});

describe('statuses', () => {
  it.each<[Behaviour['recipients'], readonly string[]]>([
    ['read', ['sent', 'delivered', 'read']],
    ['deliver', ['sent', 'delivered']],
    ['unreachable', ['sent']],
  ])('where customers %s: %j', (recipients, expected) => {
    const { postText, pass, statuses } = arrange({ behaviour: { recipients } });
    postText();
    pass(hourMs);
    expect(namesOf(statuses)).toEqual(expected);
  });

  it('happen, and are not told, where no webhook would get anywhere', () => {
    const { engine, postText, pass, statuses } = arrange({ hasReceiver: false });
    postText();
    pass(10_000);
    expect(statuses).toEqual([]);
    const advanced = engine.log.recent().filter(({ event }) => event.type === 'status-advanced');
    expect(advanced).toHaveLength(3);
  });

  it('come at 0.3, 2.3 and 4.3 seconds, one scheduled at a time', () => {
    const { postText, pass, statuses, engine } = arrange();
    postText();
    const seen = [299, 1, 1_999, 1, 1_999, 1].map((durationMs) => {
      pass(durationMs);
      return statuses.length;
    });
    expect(seen).toEqual([0, 1, 1, 2, 2, 3]);
    expect(engine.nextDueMs()).toBeUndefined();
  });

  it('have the keys of captures from 2026', () => {
    const { postText, pass, statuses, ana, world, phoneNumberId } = arrange();
    const outcome = postText();
    if (outcome.kind !== 'accepted' || outcome.reply.kind !== 'accepted') throw new Error('Not accepted.');
    pass(3 * secondMs);
    expect(JSON.stringify(statuses[1])).toBe(
      JSON.stringify({
        messaging_product: 'whatsapp',
        metadata: {
          display_phone_number: world.phoneNumbers.get(phoneNumberId)!.waId,
          phone_number_id: phoneNumberId,
        },
        contacts: [{ wa_id: ana.waId, user_id: ana.userId }],
        statuses: [
          {
            id: outcome.reply.wamid,
            status: 'delivered',
            timestamp: '1790000002',
            recipient_id: ana.waId,
            recipient_user_id: ana.userId,
            pricing: {
              billable: false,
              pricing_model: 'PMP',
              category: 'service',
              type: 'free_customer_service',
            },
          },
        ],
      }),
    );
  });

  it('have neither contacts nor user ids in the older shape', () => {
    const { postText, pass, statuses, ana } = arrange({ behaviour: { userIds: false } });
    postText();
    pass(secondMs);
    expect(statuses[0]!['contacts']).toBeUndefined();
    expect(statusOf(statuses[0]!)).toMatchObject({ recipient_id: ana.waId });
    expect(statusOf(statuses[0]!)['recipient_user_id']).toBeUndefined();
  });

  it('never show a hidden number; the username comes with delivered and read', () => {
    const { post, pass, statuses, ana } = arrange({ hidesNumber: true, username: 'ana.lopez' });
    post({ recipient: ana.userId, type: 'text', text: { body: 'hello' } });
    pass(10 * secondMs);
    expect(JSON.stringify(statuses)).not.toContain(ana.waId);
    expect(statuses.map((value) => value['contacts'])).toEqual([
      [{ user_id: ana.userId }],
      [{ profile: { username: 'ana.lopez' }, user_id: ana.userId }],
      [{ profile: { username: 'ana.lopez' }, user_id: ana.userId }],
    ]);
    expect(statusOf(statuses[0]!)['recipient_user_id']).toBe(ana.userId);
  });

  it('do not show a hidden number even where it was written to', () => {
    const { postText, pass, statuses, ana } = arrange({ hidesNumber: true });
    postText();
    pass(10 * secondMs);
    expect(statuses).toHaveLength(3);
    expect(JSON.stringify(statuses)).not.toContain(ana.waId);
  });

  it('that failed name only what was addressed, without price and contacts', () => {
    const { post, postText, pass, statuses, ana } = arrange({ isOpen: false });
    postText();
    post({ recipient: ana.userId, type: 'text', text: { body: 'hello' } });
    pass(10 * secondMs);
    expect(statuses.map((value) => [value['contacts'], Object.keys(statusOf(value))])).toEqual([
      [undefined, ['id', 'status', 'timestamp', 'recipient_id', 'errors']],
      [undefined, ['id', 'status', 'timestamp', 'recipient_user_id', 'errors']],
    ]);
  });

  it('leave the price out of read where the world follows Meta’s page', () => {
    const { postText, pass, statuses } = arrange({ behaviour: { pricingOn: 'sent-and-delivered' } });
    postText();
    pass(10 * secondMs);
    expect(statuses.map((value) => 'pricing' in statusOf(value))).toEqual([true, true, false]);
  });

  it.each<[string, readonly string[], boolean, JsonObject]>([
    ['order_update', ['1'], true, { billable: false, category: 'utility', type: 'free_customer_service' }],
    ['order_update', ['1'], false, { billable: true, category: 'utility', type: 'regular' }],
    ['seasonal_offer', ['10'], true, { billable: true, category: 'marketing', type: 'regular' }],
  ])('price %s %j, window open %s', (name, parameters, isOpen, expected) => {
    const { post, pass, statuses, ana } = arrange({ isOpen });
    post({ to: ana.waId, ...template(name, parameters) });
    pass(secondMs);
    expect(statusOf(statuses[0]!)['pricing']).toEqual({ pricing_model: 'PMP', ...expected });
  });

  it('repeat the integrator’s own data', () => {
    const { post, pass, statuses, ana } = arrange();
    post({ to: ana.waId, type: 'text', text: { body: 'hello' }, biz_opaque_callback_data: 'order 4711' });
    pass(10 * secondMs);
    expect(statuses.map((value) => statusOf(value)['biz_opaque_callback_data'])).toEqual([
      'order 4711',
      'order 4711',
      'order 4711',
    ]);
  });

  it('end where the number leaves the API', () => {
    const { postText, pass, statuses, move } = arrange();
    postText();
    pass(secondMs);
    move('coexistence', 'disconnected');
    pass(10 * secondMs);
    expect(namesOf(statuses)).toEqual(['sent']);
  });

  it('fail with 131026 for a number that nobody has', () => {
    const { postText, pass, statuses } = arrange();
    expect(answerOf(postText('15550009999'))['contacts']).toEqual([
      { input: '15550009999', wa_id: '15550009999' },
    ]);
    pass(secondMs);
    expect(statusOf(statuses[0]!)).toMatchObject({
      status: 'failed',
      recipient_id: '15550009999',
      errors: [{ code: 131026 }],
    });
  });

  it.each<[string, string, string, string | undefined]>([
    ['audio', 'audio/ogg; codecs=opus', 'sent', undefined],
    [
      'audio',
      'audio/opus',
      'failed',
      'Unsupported Audio mime type audio/opus. Please use one of audio/ogg; codecs=opus, audio/mpeg, audio/amr, audio/mp4, audio/aac.',
    ],
    ['document', 'text/plain', 'sent', undefined],
    ['image', 'image/webp', 'failed', undefined],
  ])('of a file sent as %s of type %s: %s', (type, mimeType, status, details) => {
    const { post, pass, statuses, ana, must, phoneNumberId } = arrange();
    const upload: UploadMedia = {
      type: 'upload-media',
      phoneNumberId,
      file: { name: 'a', mimeType, bytes: Uint8Array.of(1, 2, 3) },
    };
    post({ to: ana.waId, type, [type]: { id: must(upload) as string } });
    pass(secondMs);
    expect(namesOf(statuses)).toEqual([status]);
    if (details !== undefined)
      expect(statusOf(statuses[0]!)['errors']).toMatchObject([{ code: 131053, error_data: { details } }]);
  });
});

describe('a reaction', () => {
  const react = (scene: ReturnType<typeof arrange>, target: string): readonly unknown[] => {
    scene.post({ to: scene.ana.waId, type: 'reaction', reaction: { message_id: target, emoji: '👍' } });
    scene.pass(10 * secondMs);
    return namesOf(scene.statuses);
  };

  it('is sent and no more', () => {
    const scene = arrange();
    expect(react(scene, scene.write())).toEqual(['sent']);
  });

  it('reaches messages that were written elsewhere in this conversation', () => {
    const scene = arrange();
    const elsewhere = `wamid.${btoa(`\x1c\x18\x0d${scene.ana.waId}\x15\x02\x00\x11\x18\x12ABCDEF\x00`)}`;
    expect(react(scene, elsewhere)).toEqual(['sent']);
  });

  it.each<[string, (scene: ReturnType<typeof arrange>) => string]>([
    ['nothing', () => 'wamid.AAAA'],
    [
      'what was revoked',
      (scene) => {
        const wamid = scene.write();
        const party = { phoneNumberId: scene.phoneNumberId, from: scene.ana.waId };
        const revoke: RevokeAsCustomer = { type: 'revoke-as-customer', ...party, wamid };
        scene.must(revoke);
        return wamid;
      },
    ],
    [
      'a reaction',
      (scene) => {
        const party = { phoneNumberId: scene.phoneNumberId, from: scene.ana.waId };
        const command: ReactAsCustomer = {
          type: 'react-as-customer',
          ...party,
          wamid: scene.write(),
          emoji: '👍',
        };
        return (scene.must(command) as { wamid: Wamid }).wamid;
      },
    ],
    [
      'what is older than 30 days',
      (scene) => {
        const wamid = scene.write();
        scene.pass(30 * dayMs + 1);
        scene.write();
        return wamid;
      },
    ],
  ])('to %s fails', (_name, target) => {
    const scene = arrange();
    expect(react(scene, target(scene))).toEqual(['failed']);
    expect(statusOf(scene.statuses[0]!)['errors']).toMatchObject([{ code: 131009 }]);
  });
});

describe('a read receipt', () => {
  it('is taken for a message of a customer, with or without typing', () => {
    const { post, write, engine } = arrange();
    const wamid = write();
    const outcome = post({ status: 'read', message_id: wamid, typing_indicator: { type: 'text' } });
    expect(answerOf(outcome)).toEqual({ success: true });
    expect(engine.log.recent().at(-1)?.event).toMatchObject({
      type: 'message-marked-read',
      wamid,
      typing: true,
    });
  });

  it('is refused for one’s own message and for an unknown one', () => {
    const { post, postText } = arrange();
    const own = (answerOf(postText())['messages'] as readonly { id: string }[])[0]!.id;
    for (const wamid of [own, 'wamid.AAAA', 'nonsense'])
      expect(refusalOf(post({ status: 'read', message_id: wamid })).code).toBe(100);
  });

  it.each<[string, string, string]>([
    ['a customer', '\x12', 'accepted'],
    ['the business', '\x11', 'refused'],
    ['a stranger', '\x12', 'refused'],
  ])(
    'for a message that is no longer remembered goes by its id: written by %s',
    (who, direction, expected) => {
      const { post, ana } = arrange();
      const user = who === 'a stranger' ? '5521000000000' : ana.waId;
      const wamid = `wamid.${btoa(`\x1c\x18\x0d${user}\x15\x02\x00${direction}\x18\x06ABCDEF\x00`)}`;
      expect(post({ status: 'read', message_id: wamid }).kind).toBe(expected);
    },
  );
});
