/** What WhatsApp was seen sending → the steps that do it. */
import { describe, expect, test } from 'vitest';
import { createRedactor } from './redact.ts';
import type { Recorded } from './recording.ts';
import { writeWamid } from './wamids.ts';
import { writeRecording } from './write-recording.ts';

const startMs = Date.parse('2026-09-01T10:00:00Z');
const metadata = { display_phone_number: '15550142367', phone_number_id: '112358132134558' };
const wamid = (ordinal: number, direction = 0x12): string =>
  writeWamid({ user: '447700900456', direction, key: String(ordinal).padStart(32, 'A') });

interface Sent {
  /** Seconds after the beginning. */
  readonly at?: number;
  readonly field: string;
  readonly value: object;
  readonly status?: number;
  /** What else is in the same POST. */
  readonly and?: readonly object[];
}

const message = (ordinal: number, content: object, more: Partial<Sent> = {}): Sent => ({
  field: 'messages',
  value: {
    messaging_product: 'whatsapp',
    metadata,
    contacts: [{ profile: { name: 'Ana Reid' }, wa_id: '447700900456', user_id: 'GB.44019283' }],
    messages: [
      {
        from: '447700900456',
        from_user_id: 'GB.44019283',
        id: wamid(ordinal),
        timestamp: String(startMs / 1_000 + Math.floor(more.at ?? 0)),
        ...content,
      },
    ],
  },
  ...more,
});

const text = (body: string) => ({ type: 'text', text: { body } });

const account = (value: object, more: Partial<Sent> = {}): Sent => ({
  field: 'account_update',
  value,
  ...more,
});

function write(...sent: readonly Sent[]): { readonly top: string; readonly steps: readonly string[] } {
  const redactor = createRedactor();
  const recorded = sent.map(({ at = 0, field, value, status = 200, and = [] }): Recorded => {
    const changes = [{ field, value }, ...and];
    const body = { object: 'whatsapp_business_account', entry: [{ id: '271828182845904', changes }] };
    return {
      kind: 'webhook',
      atMs: startMs + at * 1_000,
      ...(status > 0 && { status }),
      body: redactor.redact(body) as Readonly<Record<string, unknown>>,
    };
  });
  const written = writeRecording(recorded, startMs + 600_000, redactor.personOf)?.text ?? '';
  const [top = '', steps = ''] = written.split('\nsteps:\n');
  return {
    top,
    steps: steps
      .trimEnd()
      .split(/\n?^ {2}- /m)
      .slice(1),
  };
}

const acknowledged = 'expect.acknowledged: { field: messages, within: 10s }';

describe('time', () => {
  test('passes as it did, rounded; what is shorter than two seconds is the network', () => {
    const { steps } = write(
      message(1, text('a')),
      message(2, text('b'), { at: 1.5 }),
      message(3, text('c'), { at: 31.4 }),
      message(4, text('d'), { at: 7_231 }),
    );
    expect(steps).toEqual([
      'customer.sends: { from: person-1, text: Text 1 }',
      'customer.sends: { from: person-1, text: Text 2 }',
      acknowledged,
      'time.passes: 31s',
      'customer.sends: { from: person-1, text: Text 3 }',
      acknowledged,
      'time.passes: 2h',
      'customer.sends: { from: person-1, text: Text 4 }',
      acknowledged,
    ]);
  });

  test('does not disconnect a phone that was not seen to be', () => {
    const { steps } = write(message(1, text('a')), message(2, text('b'), { at: 20 * 86_400 }));
    expect(steps.slice(2, 5)).toEqual(['time.passes: 12d', 'app.opens: {}', 'time.passes: 8d']);
  });
});

test('what came twice is a fault before the first, as late as it was', () => {
  const again = message(1, text('a'), { at: 90 });
  const { steps } = write(message(1, text('a')), again);
  expect(steps).toEqual([
    'webhooks.fault: { rule: duplicate, field: messages, by: 90s }',
    'customer.sends: { from: person-1, text: Text 1 }',
    acknowledged,
    'time.passes: 90s',
    acknowledged,
  ]);
});

test('what did not reach the system is no step, and what it refused is not expected to be accepted', () => {
  const { top, steps } = write(
    message(1, text('a'), { status: 0 }),
    message(1, text('a'), { at: 1, status: 500 }),
  );
  expect(top).toContain('#   1 × a webhook that did not reach the system');
  expect(steps).toEqual(['customer.sends: { from: person-1, text: Text 1 }']);
});

test('every message of one POST is a step', () => {
  const [second] = [message(2, text('b'))];
  const { steps } = write(message(1, text('a'), { and: [{ field: second.field, value: second.value }] }));
  expect(steps.filter((step) => step.startsWith('customer.sends'))).toHaveLength(2);
});

test('people react, answer, edit and take back what they can point at', () => {
  const { top, steps } = write(
    message(1, text('a')),
    message(2, { type: 'reaction', reaction: { message_id: wamid(1), emoji: '👍' } }),
    message(3, { ...text('b'), context: { from: '447700900456', id: wamid(1) } }),
    message(4, {
      type: 'edit',
      edit: { original_message_id: wamid(1), message: { context: { id: 'M0' }, ...text('c') } },
    }),
    message(5, { type: 'revoke', revoke: { original_message_id: wamid(3) } }),
    message(6, { ...text('d'), context: { from: '15550142367', id: wamid(99, 0x11) } }),
  );
  expect(steps.slice(0, 6)).toEqual([
    'customer.sends: { from: person-1, text: Text 1, as: message-1 }',
    'customer.reacts: { from: person-1, message: message-1, emoji: 👍 }',
    'customer.sends: { from: person-1, text: Text 2, replyTo: message-1, as: message-2 }',
    'customer.edits: { from: person-1, message: message-1, text: Text 3 }',
    'customer.revokes: { from: person-1, message: message-2 }',
    'customer.sends: { from: person-1, text: Text 4 }',
  ]);
  expect(top).toContain('#   1 × a quote of what was said before the recording');
});

test('a reaction that is taken back is told word for word, with the ids of the replay', () => {
  const { steps } = write(
    message(1, text('a')),
    message(2, { type: 'reaction', reaction: { message_id: wamid(1) } }),
  );
  expect(steps[0]).toContain('as: message-1');
  expect(steps[1]).toContain('meta.notifies:');
  expect(steps[1]).toContain('reaction: { message_id: "{message-1}" }');
  expect(steps[1]).toContain('from: "{person-1}"');
});

test('statuses come by themselves; what differs from its contract is named, not written', () => {
  const status = {
    id: wamid(9, 0x11),
    status: 'sent',
    timestamp: String(startMs / 1_000),
    recipient_id: '447700900456',
  };
  const { top, steps } = write(
    message(1, text('a')),
    { field: 'messages', value: { messaging_product: 'whatsapp', metadata, statuses: [status] } },
    { field: 'account_alerts', value: { unheard: 'of' } },
  );
  expect(top).toContain('#   1 × a status of what the system sent; the simulator sends them by itself');
  expect(top).toContain('#   1 × account_alerts: differs from the contract; coex lint says where');
  expect(steps).toEqual(['customer.sends: { from: person-1, text: Text 1 }', acknowledged]);
});

test('a field that nobody knows is invented anew, and a known one notified', () => {
  const { steps } = write(
    { field: 'ambient_notes', value: { notes: ['Ana was here'] } },
    { field: 'account_review_update', value: { decision: 'APPROVED' } },
  );
  expect(steps).toEqual([
    'meta.invents: { field: ambient_notes, value: { key_1: [ Text 1 ] } }',
    'meta.notifies: { field: account_review_update, value: { decision: APPROVED } }',
    'expect.acknowledged: { field: ambient_notes, within: 10s }',
    'expect.acknowledged: { field: account_review_update, within: 10s }',
  ]);
});

test('two weeks of silence end the connection by themselves', () => {
  const removed = {
    event: 'PARTNER_REMOVED',
    waba_info: { waba_id: '271828182845904', owner_business_id: '314159265358979' },
    disconnection_info: { reason: 'PRIMARY_INACTIVITY', initiated_by: 'SYSTEM' },
  };
  const { steps } = write(message(1, text('a')), account(removed, { at: 3 }));
  expect(steps).toEqual([
    'customer.sends: { from: person-1, text: Text 1 }',
    acknowledged,
    'time.passes: 14d',
    'expect.acknowledged: { field: account_update, within: 10s }',
  ]);
});

test('a second number is the neighbour; of a third nothing is told', () => {
  const of = (ordinal: number, id: string): Sent => {
    const { value, ...rest } = message(ordinal, text('a'));
    return { ...rest, value: { ...value, metadata: { ...metadata, phone_number_id: id } } };
  };
  const { top, steps } = write(of(1, '112358132134558'), of(2, '222222222222222'), of(3, '333333333333333'));
  expect(top).toContain('neighbour: { country: US }');
  expect(top).toContain('#   1 × messages of a third number');
  expect(steps.slice(0, 2)).toEqual([
    'customer.sends: { from: person-1, text: Text 1 }',
    'customer.sends: { from: person-1, text: Text 1, on: neighbour }',
  ]);
});

test('the past becomes counts, and a request for it', () => {
  const old = (ordinal: number, days: number, content: object) => ({
    id: wamid(ordinal),
    timestamp: String(startMs / 1_000 - days * 86_400),
    from: '447700900456',
    ...content,
    history_context: { status: 'READ' },
  });
  const messages = [old(1, 40, text('a')), old(2, 3, { type: 'media_placeholder' })];
  const chunk = {
    metadata: { phase: 1, chunk_order: 1, progress: 100 },
    threads: [{ id: '447700900456', messages }],
  };
  const { top, steps } = write({
    field: 'history',
    value: { messaging_product: 'whatsapp', metadata, history: [chunk] },
  });
  expect(top).toContain('history: { messages: 2, threads: 1, days: 40, mediaPerMille: 500 }');
  expect(top).toContain('person-1: { name: Person 1, country: GB }');
  expect(steps[0]).toContain('sync_type: history');
  expect(steps.slice(1, 3)).toEqual([
    'time.passes: 5s',
    'expect.acknowledged: { field: history, within: 10s }',
  ]);
});
