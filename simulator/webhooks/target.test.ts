import { expect, it } from 'vitest';
import { targetOf } from './target.ts';

it.each([
  ['http://127.0.0.1:3000/webhook?a=1', 'http://127.0.0.1:3000', '/webhook?a=1'],
  ['http://127.9.9.9', 'http://127.9.9.9', '/'],
  ['http://localhost:80/x#y', 'http://localhost', '/x'],
  ['https://app.localhost/x', 'https://app.localhost', '/x'],
  ['http://[::1]:3000/x', 'http://[::1]:3000', '/x'],
  // Another spelling of 127.0.0.1.
  ['http://2130706433/x', 'http://127.0.0.1', '/x'],
  ['https://Bot.Example/x', 'https://bot.example', '/x'],
])('takes %s apart', (url, origin, path) => {
  expect(targetOf(url, new Set(['bot.example']))).toEqual({ origin, path });
});

it.each([
  ['http://192.168.0.10/x', 'add “192.168.0.10” to the allowed hosts'],
  ['http://127.0.0.1.example/x', 'add “127.0.0.1.example” to the allowed hosts'],
  ['http://localhost.example/x', 'add “localhost.example” to the allowed hosts'],
  ['http://0.0.0.0/x', 'add “0.0.0.0” to the allowed hosts'],
  ['http://sub.bot.example/x', 'add “sub.bot.example” to the allowed hosts'],
  ['ftp://127.0.0.1/x', 'neither http:// nor https://'],
  ['/webhook', 'not a URL'],
])('says why nothing is sent to %s', (url, reason) => {
  expect(targetOf(url, new Set(['bot.example']))).toEqual({
    reason: expect.stringContaining(reason) as string,
  });
});
