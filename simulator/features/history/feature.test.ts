import { beforeEach, describe, expect, it } from 'vitest';
import { webhookValidator } from '../../../contracts/catalogue.ts';
import type { Behaviour } from '../../core/behaviour.ts';
import { accept, type Command, type WorldEvent } from '../../core/decision.ts';
import { createEngine } from '../../core/engine.ts';
import { isLazy, type NumberMoved, type WebhookEmitted } from '../../core/events.ts';
import { commands, type Feature } from '../../core/feature.ts';
import {
  furniture,
  type CreateCustomer,
  type CreatedCustomer,
  type CreatedNumber,
  type CreateNumber,
} from '../../core/furniture.ts';
import type { AppId, PhoneNumberId, WaId } from '../../core/identifiers.ts';
import { dayMs, epochMs, plusMs, toSeconds, type EpochMs } from '../../core/time.ts';
import { sha256Of } from '../../core/wire-content.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { SignupCompleted } from '../account-update/events.ts';
import type { MediaAttached } from '../media/events.ts';
import type { RequestSync } from '../smb-app-data/events.ts';
import { smbAppDataFeature } from '../smb-app-data/feature.ts';
import { firstChunkAfterMs } from './decide.ts';
import type { FillHistory } from './events.ts';
import { historyFeature } from './feature.ts';

const onboardedAtMs = epochMs(1_760_000_000_000);

/** Lets a test say what account-update would. */
const telling: Feature = {
  name: 'telling',
  commands: commands<Command & { type: 'tell'; event: WorldEvent }>({
    tell: (_world, command) => accept([command.event], null),
  }),
};

interface Message {
  from?: string;
  from_user_id?: string;
  to?: string;
  to_user_id?: string;
  id: string;
  timestamp: string;
  type: string;
  text?: { body: string };
  reaction?: { message_id: string; emoji: string };
  errors?: unknown[];
  image?: { id: string; sha256: string; url: string };
  history_context?: { status: string; from_me?: boolean };
}
interface Thread {
  id?: string;
  context?: { wa_id?: string; user_id: string; username?: string };
  messages: Message[];
}
interface Value {
  metadata: { display_phone_number: string; phone_number_id: string };
  history?: {
    metadata: { phase: number; chunk_order: number; progress: number };
    threads: Thread[];
    errors?: { code: number }[];
  }[];
  contacts?: { wa_id?: string; user_id?: string; profile?: object }[];
  messages?: Message[];
  message_echoes?: Message[];
}

/** A phone with the number of a business, and what became of its history so far. */
function arrange(
  behaviour: Partial<Behaviour> = {},
  options: { name?: string; country?: string; customer?: Partial<CreateCustomer> } = {},
) {
  const world = createWorld(options.name ?? 'history', behaviour);
  const engine = createEngine(world, [furniture, smbAppDataFeature, historyFeature, telling], onboardedAtMs);
  const run = (command: Command): unknown => {
    const outcome = engine.execute(command);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.reply;
  };
  const number: CreateNumber = {
    type: 'create-number',
    country: options.country ?? 'BR',
    state: 'coexistence',
    onboardedAtMs,
  };
  const { phoneNumberId } = run(number) as CreatedNumber;
  const customer: CreateCustomer = {
    type: 'create-customer',
    name: 'Ana Lopez',
    country: 'BR',
    hidesNumber: false,
    device: 'iphone',
    ...options.customer,
  };
  const ana = run(customer) as CreatedCustomer;
  const emitted: WebhookEmitted[] = [];
  const attached: MediaAttached[] = [];
  engine.log.subscribe(({ event }) => {
    if (event.type === 'webhook-emitted') emitted.push(event as WebhookEmitted);
    if (event.type === 'media-attached') attached.push(event as MediaAttached);
  });
  const tell = (event: WorldEvent): void => void run({ type: 'tell', event } as Command);
  /** Each is held to its contract once; however often it is rendered, it is the same. */
  const valid = new WeakSet<WebhookEmitted>();
  const valueOf = (webhook: WebhookEmitted): Value => {
    const { field, value } = webhook;
    const shown = isLazy(value) ? historyFeature.renderLazy!(world, value.args) : value;
    if (!valid.has(webhook)) expect(webhookValidator(field)(shown)).toEqual([]);
    valid.add(webhook);
    return shown as object as Value;
  };

  const phone = {
    engine,
    ana,
    emitted,
    attached,
    businessWaId: world.phoneNumbers.get(phoneNumberId)!.waId,
    fill: (amount: Partial<FillHistory> = {}): void => {
      const command: FillHistory = {
        type: 'fill-history',
        phoneNumberId,
        messages: 400,
        threads: 5,
        days: 180,
        mediaPerMille: 0,
        sharing: 'shared',
        customers: [ana.waId],
        ...amount,
      };
      run(command);
    },
    move: (from: NumberState, to: NumberState, beginsAtMs?: EpochMs): void => {
      const begins = beginsAtMs === undefined ? {} : { onboardedAtMs: beginsAtMs };
      const moved: NumberMoved = { type: 'number-moved', phoneNumberId, from, to, ...begins };
      tell(moved);
    },
    choose: (history: SignupCompleted['history']): void => {
      const completed: SignupCompleted = {
        type: 'signup-completed',
        phoneNumberId,
        appId: '1' as AppId,
        history,
      };
      tell(completed);
    },
    ask: (): void => {
      const command: RequestSync = { type: 'request-sync', phoneNumberId, syncType: 'history' };
      run(command);
    },
    /** Runs everything that is due, or the first `steps` of it. */
    wait: (steps = Number.MAX_SAFE_INTEGER): void => {
      for (let step = 0; step < steps; step += 1) {
        if (!engine.runNextDue(plusMs(onboardedAtMs, 400 * dayMs))) return;
      }
    },
    sync: () => {
      phone.ask();
      phone.wait();
      return phone;
    },
    values: (field = 'history'): Value[] => emitted.filter((webhook) => webhook.field === field).map(valueOf),
    threads: (): Thread[] =>
      phone.values().flatMap(({ history }) => history?.flatMap(({ threads }) => threads) ?? []),
    messages: (): Message[] => phone.threads().flatMap(({ messages }) => messages),
  };
  return phone;
}

type Phone = ReturnType<typeof arrange>;

const orderOf = ({ history }: Value): string =>
  history?.map(({ metadata: m }) => `${m.phase}/${m.chunk_order}/${m.progress}`).join() ?? '';

describe('a history that is shared', () => {
  let phone: Phone;
  beforeEach(() => {
    phone = arrange({ historyChunkSize: 100 });
    phone.fill();
    phone.sync();
  });

  it('comes in three phases, its chunks numbered in each, up to 100 per cent', () => {
    const orders = phone.values().map(orderOf);
    expect(orders.map((order) => order[0])).toEqual(['0', '1', '1', '1', '2']);
    expect(orders).toEqual(['0/1/20', '1/1/40', '1/2/60', '1/3/80', '2/1/100']);
  });

  it('tells each message once, none newer than the onboarding, none older than 180 days', () => {
    const messages = phone.messages();
    expect(new Set(messages.map(({ id }) => id)).size).toBe(400);
    for (const { timestamp } of messages) {
      const seconds = toSeconds(onboardedAtMs) - Number(timestamp);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual((180 * dayMs) / 1000);
    }
  });

  it('is ordered by time within a thread, which is with one customer', () => {
    for (const thread of phone.threads()) {
      const times = thread.messages.map(({ timestamp }) => Number(timestamp));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(thread.context).toMatchObject({ wa_id: thread.id });
      for (const message of thread.messages) expect(message.to ?? message.from).toBe(thread.id);
    }
  });

  it('is with the customers of the scenario first, then with invented people', () => {
    const ids = new Set(phone.threads().map(({ id }) => id));
    expect(ids.size).toBe(5);
    expect(ids).toContain(phone.ana.waId);
  });

  it('shows `to` and `from_me` on what the business wrote, and neither on the rest', () => {
    const ours = phone.messages().filter(({ from }) => from === phone.businessWaId);
    const theirs = phone.messages().filter(({ from }) => from !== phone.businessWaId);
    expect(ours.length).toBeGreaterThan(100);
    expect(theirs.length).toBeGreaterThan(100);
    for (const message of ours) {
      expect(message.history_context?.from_me).toBe(true);
      expect(message.to).toMatch(/^\d{8,15}$/);
      expect(message.to).not.toBe(phone.businessWaId);
    }
    for (const message of theirs) {
      expect(message.history_context).not.toHaveProperty('from_me');
      expect(message).not.toHaveProperty('to');
      expect(message.from_user_id).toMatch(/^BR\./);
    }
  });

  it('holds text for the most part, and some of what is no text', () => {
    const types = new Set(phone.messages().map(({ type }) => type));
    expect([...types].sort()).toEqual(['errors', 'location', 'reaction', 'text', 'unsupported']);
    const texts = phone.messages().filter(({ type }) => type === 'text');
    expect(texts.length).toBeGreaterThan(350);
    for (const { text } of texts) expect(text?.body).not.toBe('');
  });

  it('reacts to messages of the same thread', () => {
    for (const thread of phone.threads()) {
      for (const { reaction } of thread.messages) {
        if (reaction) expect(thread.messages.map(({ id }) => id)).toContain(reaction.message_id);
      }
    }
  });

  it('keeps the log small: a chunk is named there, not written out', () => {
    for (const webhook of phone.emitted) expect(JSON.stringify(webhook).length).toBeLessThan(400);
  });

  it('renders the same bytes for the same arguments, later and in another world of the same name', () => {
    const again = arrange({ historyChunkSize: 100 });
    again.fill();
    again.sync();
    const bytes = JSON.stringify(phone.values());
    phone.move('coexistence', 'disconnected');
    phone.fill({ messages: 3 });
    expect(JSON.stringify(phone.values())).toBe(bytes);
    expect(JSON.stringify(again.values())).toBe(bytes);
    const other = arrange({ historyChunkSize: 100 }, { name: 'another' });
    other.fill();
    expect(JSON.stringify(other.sync().values())).not.toBe(bytes);
  });
});

describe('the pace of a history', () => {
  it('begins some seconds after the request, and has one chunk under way at a time', () => {
    const phone = arrange({ historyChunkSize: 100 });
    phone.fill();
    phone.ask();
    expect(phone.engine.nextDueMs()).toBe(onboardedAtMs + firstChunkAfterMs);
    for (let sent = 1; sent <= 5; sent += 1) {
      phone.wait(1);
      expect(phone.emitted).toHaveLength(sent);
    }
    expect(phone.engine.nextDueMs()).toBeUndefined();
  });

  it.each<[NumberState]>([['disconnected'], ['offboarded']])('ends where the number is %s', (state) => {
    const phone = arrange({ historyChunkSize: 100 });
    phone.fill();
    phone.ask();
    phone.wait(2);
    phone.move('coexistence', state);
    phone.wait();
    expect(phone.emitted).toHaveLength(2);
  });

  it('does not go on into a new onboarding, which asks anew and gets the same messages', () => {
    const phone = arrange({ historyChunkSize: 100 });
    phone.fill({ days: 30 });
    phone.ask();
    phone.wait(1);
    const before = new Map(phone.messages().map((message) => [message.id, message.timestamp]));
    phone.move('coexistence', 'disconnected');
    phone.move('disconnected', 'coexistence', plusMs(phone.engine.nowMs, 2 * dayMs));
    phone.wait();
    expect(phone.emitted).toHaveLength(1);
    phone.emitted.length = 0;
    phone.sync();
    expect(phone.values().map(orderOf)).toEqual(['1/1/25', '1/2/50', '1/3/75', '1/4/100']);
    const after = new Map(phone.messages().map((message) => [message.id, message.timestamp]));
    for (const [id, timestamp] of before) expect(after.get(id)).toBe(timestamp);
  });
});

describe('the choice of the owner', () => {
  const declined = (phone: Phone) =>
    phone.values().map(({ history }) => history?.[0]?.errors?.map(({ code }) => code));

  it.each<[SignupCompleted['history'] | undefined, FillHistory['sharing'], boolean]>([
    [undefined, 'shared', true],
    [undefined, 'declined', false],
    ['shared', 'declined', true],
    ['declined', 'shared', false],
  ])('signup says %s, set-up says %s: shared %s', (chosen, sharing, shared) => {
    const phone = arrange();
    phone.fill({ sharing });
    if (chosen) phone.choose(chosen);
    phone.sync();
    if (shared) expect(phone.messages()).toHaveLength(400);
    else expect(declined(phone)).toEqual([[2593109]]);
  });

  it('to decline is told even where there is nothing to share', () => {
    const phone = arrange();
    phone.choose('declined');
    expect(declined(phone.sync())).toEqual([[2593109]]);
  });

  it('is not told once the number is gone', () => {
    const phone = arrange();
    phone.fill({ sharing: 'declined' });
    phone.ask();
    phone.move('coexistence', 'disconnected');
    phone.wait();
    expect(phone.emitted).toEqual([]);
  });

  it('to share nothing at all leads to no webhook', () => {
    const phone = arrange();
    expect(phone.sync().emitted).toEqual([]);
    const empty = arrange();
    empty.fill({ messages: 0 });
    expect(empty.sync().emitted).toEqual([]);
  });
});

describe('media', () => {
  const full = (behaviour: Partial<Behaviour> = {}): Phone => {
    const phone = arrange(behaviour);
    phone.fill({ mediaPerMille: 300 });
    return phone.sync();
  };
  const toldIn = (phone: Phone, field = 'history') =>
    phone
      .values(field)
      .filter(({ history }) => !history)
      .map((value) => ({ value, message: (value.messages ?? value.message_echoes ?? [])[0]! }));

  it('are placeholders first, then told in full where they are at most 14 days old', () => {
    const phone = full();
    const placeholders = phone.messages().filter(({ type }) => type === 'media_placeholder');
    const young = placeholders.filter(
      ({ timestamp }) => toSeconds(onboardedAtMs) - Number(timestamp) < (14 * dayMs) / 1000,
    );
    expect(young.length).toBeGreaterThan(20);
    expect(young.length).toBeLessThan(placeholders.length);
    const told = toldIn(phone);
    expect(told.map(({ message }) => message.id).sort()).toEqual(young.map(({ id }) => id).sort());
    for (const { message } of told) {
      const before = young.find(({ id }) => id === message.id);
      expect(message.timestamp).toBe(before?.timestamp);
      expect(message).not.toHaveProperty('history_context');
    }
  });

  it('of a customer come in `messages`, those of the business in `message_echoes` with `to`', () => {
    const phone = full();
    const echoes = toldIn(phone).filter(({ value }) => value.message_echoes);
    const inbound = toldIn(phone).filter(({ value }) => value.messages);
    expect(echoes.length).toBeGreaterThan(5);
    expect(inbound.length).toBeGreaterThan(5);
    for (const { value, message } of echoes) {
      expect(message.from).toBe(phone.businessWaId);
      expect(message.to).toMatch(/^55/);
      expect(message.to_user_id).toMatch(/^BR\./);
      expect(value.contacts).toMatchObject([{ wa_id: message.to, user_id: message.to_user_id }]);
    }
    for (const { value, message } of inbound) {
      expect(message.from).not.toBe(phone.businessWaId);
      expect(value.contacts).toMatchObject([{ wa_id: message.from }]);
      expect(value.contacts?.[0]?.profile ?? {}).not.toHaveProperty('name');
    }
  });

  it('are files that can be downloaded', () => {
    const phone = full();
    expect(phone.attached).toHaveLength(toldIn(phone).length);
    for (const { mimeType, seed, sha256 } of phone.attached) expect(sha256Of(mimeType, seed)).toBe(sha256);
    const images = toldIn(phone).flatMap(({ message }) => message.image ?? []);
    expect(images.length).toBeGreaterThan(5);
    for (const image of images) {
      expect(phone.attached.find(({ mediaId }) => mediaId === image.id)?.sha256).toBe(image.sha256);
    }
  });

  it('of the business come on smb_message_echoes where the behaviour says so', () => {
    const phone = full({ historicMediaAsEchoes: true });
    const echoes = toldIn(phone, 'smb_message_echoes');
    expect(echoes.length).toBeGreaterThan(5);
    for (const { value, message } of echoes) {
      expect(value).toHaveProperty('message_echoes');
      expect(message.from).toBe(phone.businessWaId);
    }
    expect(toldIn(phone).every(({ value }) => value.messages)).toBe(true);
  });
});

describe('the faults of a history', () => {
  const ordersWith = (behaviour: Partial<Behaviour>): string[] => {
    const phone = arrange({ historyChunkSize: 100, ...behaviour });
    phone.fill();
    return phone.sync().values().map(orderOf);
  };
  const usual = ['0/1/20', '1/1/40', '1/2/60', '1/3/80', '2/1/100'];

  it('shuffled: the same chunks in another order', () => {
    const orders = ordersWith({ historyShuffled: true });
    expect(orders).not.toEqual(usual);
    expect([...orders].sort()).toEqual(usual);
  });

  it('duplicated: some come twice', () => {
    expect(ordersWith({ historyDuplicated: true })).toEqual([
      '0/1/20',
      '0/1/20',
      '1/1/40',
      '1/2/60',
      '1/3/80',
      '1/3/80',
      '2/1/100',
    ]);
  });

  it('overlapping: some messages come in two chunks, and none is missing', () => {
    const phone = arrange({ historyChunkSize: 100, historyOverlapping: true });
    phone.fill();
    const ids = phone
      .sync()
      .messages()
      .map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(400);
    expect(new Set(ids).size).toBe(400);
  });

  it('never completing: the last progress stays below 100', () => {
    expect(ordersWith({ historyNeverCompletes: true }).at(-1)).toBe('2/1/99');
  });

  it('without `from_me`, or without `to`', () => {
    const bare = arrange({ historyFromMe: false, historyTo: false });
    bare.fill();
    for (const message of bare.sync().messages()) {
      expect(message).not.toHaveProperty('to');
      expect(message.history_context).not.toHaveProperty('from_me');
    }
  });
});

describe('who is shown', () => {
  it('a customer who hides the number appears by user id alone', () => {
    const phone = arrange({}, { customer: { hidesNumber: true, username: 'ana.lopez' } });
    phone.fill({ threads: 1, mediaPerMille: 100 });
    for (const thread of phone.sync().threads()) {
      expect(thread).not.toHaveProperty('id');
      expect(thread.context).toEqual({ user_id: phone.ana.userId, username: 'ana.lopez' });
    }
    for (const message of phone.messages()) {
      expect(message).not.toHaveProperty('to');
      if (message.from !== phone.businessWaId) {
        expect(message).not.toHaveProperty('from');
        expect(message.from_user_id).toBe(phone.ana.userId);
      }
    }
    const contacts = phone.values().flatMap((value) => value.contacts ?? []);
    expect(contacts.length).toBeGreaterThan(0);
    for (const contact of contacts) expect(contact).not.toHaveProperty('wa_id');
  });

  it('before user ids there was neither a context nor `contacts`', () => {
    const phone = arrange({ userIds: false }, { customer: { hidesNumber: true } });
    phone.fill({ mediaPerMille: 100 });
    const text = JSON.stringify(phone.sync().values());
    expect(text).not.toContain('user_id');
    expect(text).not.toContain('"contacts"');
    for (const thread of phone.threads()) {
      expect(thread).not.toHaveProperty('context');
      expect(thread.id).toMatch(/^\d+$/);
    }
    expect(phone.threads().map(({ id }) => id)).toContain(phone.ana.waId);
  });

  it('invented people have numbers of their own, which are nobody’s here', () => {
    const phone = arrange({}, { country: 'US' });
    phone.fill({ messages: 3_000, threads: 3_000, customers: [] });
    const ids = phone
      .sync()
      .threads()
      .map(({ id }) => id);
    expect(new Set(ids).size).toBe(3_000);
    // 1 555 01… is where numbers of the United States are minted.
    expect(phone.businessWaId).toMatch(/^155501/);
    for (const id of ids) expect(id).toMatch(/^1555[1-9]\d{6}$/);
    const users = phone.threads().map(({ context }) => context?.user_id);
    expect(new Set(users).size).toBe(3_000);
  });
});

describe('a mistake', () => {
  it.each<[string, Partial<FillHistory>]>([
    ['messages', { messages: -1 }],
    ['messages', { messages: 1.5 }],
    ['threads', { threads: 0 }],
    ['days', { days: 0 }],
    ['mediaPerMille', { mediaPerMille: 1001 }],
    ['who is no customer here', { customers: ['15550000000' as WaId] }],
    ['There is no number', { phoneNumberId: '1' as PhoneNumberId }],
  ])('in filling is told: %s', (text, amount) => {
    const phone = arrange();
    expect(() => phone.fill(amount)).toThrow(text);
  });
});
