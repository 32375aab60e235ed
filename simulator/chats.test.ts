/** Chats are a fold: bounded, and the same wherever it goes on from. */
import { describe, expect, it } from 'vitest';
import { createChats, mostMessages } from './chats.ts';
import type { LogRecord } from './core/event-log.ts';
import { epochMs } from './core/time.ts';

let sequence = 0;
const record = (event: LogRecord['event'] & Readonly<Record<string, unknown>>): LogRecord => ({
  sequence: (sequence += 1),
  atMs: epochMs(sequence * 1_000),
  event,
});
const received = (wamid: string, from = '1', shownAs = 'content'): LogRecord =>
  record({
    type: 'message-received',
    phoneNumberId: '9',
    from,
    wamid,
    content: { kind: 'text', text: wamid },
    shownAs,
  });
const sent = (wamid: string): LogRecord =>
  record({
    type: 'message-sent',
    phoneNumberId: '9',
    to: '1',
    wamid,
    message: { kind: 'text', text: wamid },
  });

describe('chats', () => {
  it('go on where a snapshot ended, as if nothing had been between', () => {
    sequence = 0;
    const records = [
      received('a'),
      sent('b'),
      record({ type: 'status-advanced', wamid: 'b', status: 'failed', code: 131047 }),
      record({ type: 'customer-reacted', target: 'b', emoji: '👍' }),
      received('c', '2'),
      record({ type: 'customer-edited', original: 'a', text: 'A' }),
      record({ type: 'customer-revoked', original: 'c' }),
      record({ type: 'customer-moved', from: '2', customer: { waId: '3' } }),
      record({ type: 'message-marked-read', wamid: 'a', typing: false }),
    ];
    for (let cut = 0; cut <= records.length; cut += 1) {
      const first = createChats();
      records.slice(0, cut).forEach(first.follow);
      const second = createChats(
        JSON.parse(JSON.stringify(first.snapshot())) as ReturnType<typeof first.snapshot>,
      );
      // What is told twice is taken once.
      records.slice(Math.max(0, cut - 2)).forEach(second.follow);
      expect([cut, second.list().map(({ waId }) => waId)]).toEqual([cut, ['3', '1']]);
      expect(second.list()[1]?.messages).toMatchObject([
        { id: 'a', text: 'A', edited: true, status: 'read' },
        { id: 'b', status: 'failed', code: 131047, reactions: { customer: '👍' } },
      ]);
      expect(second.list()[0]?.messages).toMatchObject([{ id: 'c', text: '', revoked: true }]);
    }
  });

  it('say what the API got of a message', () => {
    sequence = 0;
    const chats = createChats();
    for (const shownAs of ['content', 'unavailable', 'nothing'])
      chats.follow(received(shownAs, '1', shownAs));
    expect(chats.list()[0]?.messages.map(({ seen }) => seen)).toEqual(['whole', 'placeholder', 'nothing']);
  });

  it('are bounded: the oldest messages of a chat go, and the chats in which nobody writes', () => {
    sequence = 0;
    const chats = createChats();
    for (let count = 0; count < mostMessages + 10; count += 1) chats.follow(received(`m${count}`));
    expect(chats.list()[0]?.messages).toHaveLength(mostMessages);
    expect(chats.list()[0]?.messages[0]?.id).toBe('m10');
    for (let count = 0; count < 1_005; count += 1) chats.follow(received(`x${count}`, `c${count}`));
    expect(chats.list()).toHaveLength(1_000);
    expect(chats.list()[0]?.waId).toBe('c1004');
    // What was forgotten can no longer be changed, and that is no mistake.
    chats.follow(record({ type: 'customer-edited', original: 'm0', text: 'x' }));
  });
});
