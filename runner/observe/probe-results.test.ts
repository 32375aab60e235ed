import { expect, test } from 'vitest';
import { showsAs } from './expect-probes.ts';
import { checkConnection, checkContact, checkConversation, checkSync } from './probe-results.ts';

const message = { id: 'wamid.1', author: 'bot', text: 'Hi' };

test.each([
  [checkConversation, [message], [message]],
  [checkConversation, message, [message]],
  [checkConversation, undefined, []],
  [checkConversation, [{ author: 'bot' }], /message 0 of the conversation has no “id”/],
  [checkConversation, [{ ...message, author: 'robot' }], /has the author "robot", which is none of/],
  [checkConversation, [7], /is no object/],
  [checkConnection, 'connected', 'connected'],
  [checkConnection, null, null],
  [checkConnection, 'CONNECTED', /and is "CONNECTED"/],
  [checkContact, { name: 'Ana', more: 1 }, { name: 'Ana' }],
  [checkContact, undefined, null],
  [checkContact, 'Ana', /must be \{"name": …\} or null/],
  [checkSync, { history: 'none' }, { history: 'none' }],
  [checkSync, { history: 'done' }, /“history” must be one of none, requested/],
  [checkSync, { history: 'none', contacts: 'x' }, /“contacts” must be/],
])('%o of %j', (check, value, expected) => {
  const checked = check(value);
  if (expected instanceof RegExp)
    expect(checked).toEqual({ kind: 'wrong', reason: expect.stringMatching(expected) as string });
  else expect(checked).toEqual({ kind: 'right', result: expected });
});

test.each([
  [{}, true],
  [{ text: 'Hi' }, true],
  [{ text: 'Ho' }, false],
  [{ author: 'phone' as const }, false],
  [{ message: 'greeting' }, true],
  [{ message: 'never-sent' }, false],
  // An inbox that does not say “edited” says that it is not.
  [{ edited: false }, true],
  [{ edited: true }, false],
  [{ deleted: true }, false],
  [{ error: 131047 }, true],
  [{ error: 131026 }, false],
  [{ replyTo: 'question' }, true],
  [{ replyTo: 'greeting' }, false],
  [{ placeholder: false }, true],
  [{ placeholder: true }, false],
  [{ olderThan: 60_000 }, true],
  [{ olderThan: 60_001 }, false],
])('a message shown as %j: %s', (wanted, expected) => {
  const parts = { error: 131047, replyTo: 'wamid.0', timestamp: '1790000000' };
  const shown = { id: 'wamid.1', author: 'bot' as const, text: 'Hi', ...parts };
  const messages = new Map([
    ['greeting', 'wamid.1'],
    ['question', 'wamid.0'],
  ]);
  const scene = { cast: { messages }, world: { nowMs: () => 1_790_000_060_000 } };
  expect(showsAs(shown, wanted, scene)).toBe(expected);
});
