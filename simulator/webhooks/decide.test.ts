import { beforeEach, describe, expect, it } from 'vitest';
import { dayMs, plusMs } from '../core/time.ts';
import type { AttemptResult } from '../core/journal.ts';
import { deliveries } from './deliveries.ts';
import { createEmissions, type Emissions } from './emissions.test.setup.ts';
import type { ConcludeAttempt, DeliveryAttempted, FaultRule, Redeliver, SetWebhookFault } from './events.ts';

const ok: AttemptResult = { kind: 'answered', status: 200, body: '' };
const broken: AttemptResult = { kind: 'answered', status: 500, body: '' };

let emissions: Emissions;
/** POSTs that nobody has answered, oldest first. */
let underWay: DeliveryAttempted[];
let startMs: number;

beforeEach(() => {
  emissions = createEmissions('http://127.0.0.1/');
  underWay = [];
  startMs = emissions.engine.nowMs;
  emissions.engine.log.subscribe(({ event }) => {
    if (event.type === 'delivery-attempted') underWay.push(event as DeliveryAttempted);
  });
});

/** What left: `second:delivery.attempt`, from the first emission on. */
const left = (): readonly string[] =>
  emissions.events
    .filter((event): event is typeof event & DeliveryAttempted => event.type === 'delivery-attempted')
    .map((event) => `${(event.atMs - startMs) / 1_000}:${event.deliveryId}.${event.attempt}`);

const happened = (type: string): readonly unknown[] =>
  emissions.events.filter((event) => event.type === type);

const pending = (): number => deliveries.of(emissions.world).pending.size;

function conclude({ deliveryId, attempt }: DeliveryAttempted, result: AttemptResult): void {
  const command: ConcludeAttempt = { type: 'conclude-attempt', deliveryId, attempt, result };
  emissions.engine.execute(command);
  emissions.drain();
}

type Answer = (attempt: DeliveryAttempted) => AttemptResult;

/** Runs what is due and answers every POST, until this instant is quiet. */
function settle(answer: Answer = () => ok): void {
  emissions.drain();
  for (let post = underWay.shift(); post; post = underWay.shift()) conclude(post, answer(post));
}

function pass(durationMs: number, answer?: Answer): void {
  const target = plusMs(emissions.engine.nowMs, durationMs);
  settle(answer);
  while (emissions.engine.runNextDue(target)) settle(answer);
  emissions.engine.moveTo(target);
}

function fault(
  rule: FaultRule,
  options: Partial<SetWebhookFault> = {},
): ReturnType<Emissions['engine']['execute']> {
  const command: SetWebhookFault = { type: 'set-webhook-fault', rule, times: 1, byMs: 0, ...options };
  return emissions.engine.execute(command);
}

const send = (field = 'messages', text = ''): void => emissions.emit(field, { text });

describe('an accepted delivery', () => {
  it.each([200, 201, 204, 299])('is done after %i', (status) => {
    send();
    settle(() => ({ kind: 'answered', status, body: '' }));
    pass(7 * dayMs);
    expect(left()).toEqual(['0:1.1']);
    expect(happened('delivery-accepted')).toHaveLength(1);
    expect(pending()).toBe(0);
  });
});

describe('a refused delivery', () => {
  it.each<[string, AttemptResult]>([
    ['a redirect', { kind: 'answered', status: 302, body: '' }],
    ['a client error', { kind: 'answered', status: 404, body: '' }],
    ['a server error', broken],
    ['a time-out', { kind: 'timed-out', afterMs: 10_000 }],
    ['silence', { kind: 'unreachable', reason: 'connect ECONNREFUSED' }],
  ])('is tried again after %s', (_name, result) => {
    send();
    pass(10_000, ({ attempt }) => (attempt === 1 ? result : ok));
    expect(left()).toEqual(['0:1.1', '1:1.2']);
    expect(pending()).toBe(0);
  });

  it('is tried ever more seldom for seven days, then given up', () => {
    send();
    pass(8 * dayMs, () => broken);
    expect(left().slice(0, 5)).toEqual(['0:1.1', '1:1.2', '3:1.3', '7:1.4', '15:1.5']);
    expect(left()).toHaveLength(20);
    expect(happened('delivery-abandoned')).toMatchObject([{ deliveryId: 1, reason: 'retries-ended' }]);
    expect(pending()).toBe(0);
  });

  it('does not hold up another', () => {
    send();
    send();
    pass(2_000, ({ deliveryId }) => (deliveryId === 1 ? broken : ok));
    expect(left()).toEqual(['0:1.1', '0:2.1', '1:1.2']);
  });
});

it('numbers deliveries from 1, those of one decision apart', () => {
  const [number] = emissions.numbers;
  const webhook = {
    type: 'webhook-emitted',
    field: 'messages',
    wabaId: number.wabaId,
    phoneNumberId: number.id,
    entryId: number.wabaId,
    value: {},
  };
  emissions.happen(webhook, webhook);
  settle();
  expect(left()).toEqual(['0:1.1', '0:2.1']);
});

it('drops message fields of a paused number, and lets them pass again', () => {
  const [{ id: phoneNumberId }] = emissions.numbers;
  emissions.happen({ type: 'webhooks-paused', phoneNumberId } as { type: string });
  send();
  emissions.emitForAccount('account_update', {});
  emissions.happen({ type: 'webhooks-resumed', phoneNumberId } as { type: string });
  send();
  settle();
  expect(happened('delivery-queued')).toMatchObject([{ field: 'account_update' }, { field: 'messages' }]);
});

describe('a fault', () => {
  it('duplicates: twice at once', () => {
    fault('duplicate');
    send();
    send();
    settle();
    expect(left()).toEqual(['0:1.1', '0:2.1', '0:1.2']);
    expect(pending()).toBe(0);
  });

  it('duplicates later, even what was accepted, and tries no copy again', () => {
    fault('duplicate', { byMs: 4_000 });
    send();
    pass(dayMs, ({ attempt }) => (attempt === 1 ? ok : broken));
    expect(left()).toEqual(['0:1.1', '4:1.2']);
    expect(pending()).toBe(0);
  });

  it('delays', () => {
    fault('delay', { byMs: 3_000 });
    send();
    send();
    pass(10_000);
    expect(left()).toEqual(['0:2.1', '3:1.1']);
  });

  it('reorders: the next goes first, and is answered first', () => {
    fault('reorder');
    send();
    send();
    emissions.drain();
    expect(left()).toEqual(['0:2.1']);
    settle();
    expect(left()).toEqual(['0:2.1', '0:1.1']);
  });

  it('reorders in pairs', () => {
    fault('reorder', { times: 2 });
    for (let sent = 0; sent < 5; sent += 1) {
      send();
      settle();
    }
    expect(left()).toEqual(['0:2.1', '0:1.1', '0:4.1', '0:3.1', '0:5.1']);
  });

  it('lets a held one go even if no next comes', () => {
    fault('reorder', { byMs: 2_000 });
    send();
    pass(10_000);
    expect(left()).toEqual(['2:1.1']);
  });

  it('lets a held one go only once', () => {
    fault('reorder', { byMs: 2_000 });
    send();
    send();
    pass(5_000, ({ deliveryId }) => (deliveryId === 1 ? broken : ok));
    expect(left()).toEqual(['0:2.1', '0:1.1', '1:1.2', '3:1.3']);
  });

  it('holds until something else goes to the same receiver', () => {
    fault('reorder');
    send();
    const [number] = emissions.numbers;
    number.override = { url: 'http://127.0.0.2/', verifyToken: 't' };
    send();
    settle();
    expect(left()).toEqual(['0:2.1']);
  });

  it('of a field waits for that field', () => {
    fault('reorder', { field: 'messages' });
    send('messages');
    send('history');
    settle();
    expect(left()).toEqual(['0:2.1']);
    send('messages');
    settle();
    expect(left()).toEqual(['0:2.1', '0:3.1', '0:1.1']);
  });

  it('drops, for good', () => {
    fault('drop');
    send();
    send();
    pass(8 * dayMs);
    expect(left()).toEqual(['0:2.1']);
    expect(pending()).toBe(0);
  });

  it('batches with the next, in their order', () => {
    fault('batch', { times: 2 });
    send('messages', 'a');
    send('messages', 'b');
    emissions.drain();
    expect(left()).toEqual([]);
    send('messages', 'c');
    emissions.drain();
    expect(left()).toEqual(['0:3.1']);
    expect(
      deliveries
        .of(emissions.world)
        .pending.get(3)
        ?.emissions.map(({ value }) => value),
    ).toEqual([{ text: 'a' }, { text: 'b' }, { text: 'c' }]);
    settle();
    expect(pending()).toBe(0);
    pass(dayMs);
    expect(left()).toEqual(['0:3.1']);
  });

  it('never puts more than a thousand changes into a POST', () => {
    fault('batch', { times: 999 });
    for (let sent = 0; sent < 999; sent += 1) send();
    emissions.drain();
    fault('batch', { times: 1 });
    send();
    emissions.drain();
    expect(left()).toEqual([]);
    send();
    emissions.drain();
    expect(deliveries.of(emissions.world).pending.get(1_001)?.emissions).toHaveLength(1_000);
  });

  it.each([ok, broken])('signs wrongly, and does not try again', (result) => {
    fault('wrong-signature');
    send();
    pass(dayMs, () => result);
    expect(happened('delivery-attempted')).toMatchObject([{ forgery: 'wrong-signature' }]);
    expect(pending()).toBe(0);
  });

  it('hangs the first attempt alone', () => {
    fault('hang', { byMs: 300 });
    send();
    pass(2_000, ({ attempt }) => (attempt === 1 ? broken : ok));
    const [first, second] = happened('delivery-attempted');
    expect(first).toMatchObject({ stallMs: 300 });
    expect(second).not.toHaveProperty('stallMs');
  });

  it('is met only `times` times, and only by its field', () => {
    fault('drop', { field: 'messages', times: 2 });
    for (const field of ['messages', 'history', 'messages', 'messages']) send(field);
    settle();
    expect(left()).toEqual(['0:2.1', '0:4.1']);
  });

  it('composes with others', () => {
    fault('delay', { byMs: 2_000 });
    fault('duplicate', { byMs: 500 });
    fault('wrong-signature');
    send();
    pass(dayMs);
    expect(left()).toEqual(['2:1.1', '2.5:1.2']);
    expect(happened('delivery-attempted')).toMatchObject([
      { forgery: 'wrong-signature' },
      { forgery: 'wrong-signature' },
    ]);
  });

  it.each([
    ['an unknown rule', { rule: 'explode' as FaultRule }],
    ['no times', { times: 0 }],
    ['half a time', { times: 1.5 }],
    ['more changes than fit', { times: 1_000 }],
    ['time going back', { byMs: -1 }],
  ])('is a mistake with %s', (_name, options) => {
    expect(fault('delay', options).kind).toBe('mistaken');
  });
});

describe('a redelivery', () => {
  const redeliver = (field: string, options: Partial<Redeliver> = {}): string => {
    const command: Redeliver = { type: 'redeliver', field, ...options };
    return emissions.engine.execute(command).kind;
  };

  it('sends the newest accepted one of the field once more', () => {
    for (const field of ['messages', 'messages', 'history']) send(field);
    settle();
    expect(redeliver('messages')).toBe('accepted');
    settle();
    expect(redeliver('messages')).toBe('accepted');
    settle();
    expect(left().slice(3)).toEqual(['0:2.2', '0:2.3']);
    expect(pending()).toBe(0);
  });

  it('is not tried again', () => {
    send();
    settle();
    redeliver('messages');
    pass(dayMs, () => broken);
    expect(left()).toEqual(['0:1.1', '0:1.2']);
    expect(pending()).toBe(0);
  });

  it('passes over what was refused or signed wrongly', () => {
    send();
    settle();
    fault('wrong-signature');
    send();
    settle();
    send();
    settle(() => broken);
    redeliver('messages');
    emissions.drain();
    expect(left().at(-1)).toBe('0:1.2');
  });

  it('of what the receiver has not accepted is none: that comes again by itself', () => {
    send();
    settle(() => broken);
    expect(redeliver('messages')).toBe('accepted');
    emissions.drain();
    expect(left()).toEqual(['0:1.1']);
  });

  it.each([
    ['of a field that was never accepted', 'history', {}],
    ['of another number', 'messages', { phoneNumberId: '1' as Redeliver['phoneNumberId'] & string }],
  ])('is a mistake %s', (_name, field, options) => {
    send();
    settle();
    expect(redeliver(field, options)).toBe('mistaken');
  });
});
