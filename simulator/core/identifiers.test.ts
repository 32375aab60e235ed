import { describe, expect, it } from 'vitest';
import {
  mintAccessToken,
  mintGraphId,
  mintRequestId,
  mintTraceId,
  mintUserId,
  mintWamid,
} from './identifiers.ts';
import { createRandom } from './random.ts';

const random = () => createRandom(7);

describe('ids have the form Meta’s have', () => {
  it.each([
    ['Graph id', mintGraphId(random()), /^[1-9]\d{14}$/],
    ['access token', mintAccessToken(random()), /^EAA[A-Za-z0-9]{180}$/],
    ['user id', mintUserId(random(), 'BR'), /^BR\.\d{16}$/],
    [
      'request id',
      mintRequestId(random()),
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    ],
    ['trace id', mintTraceId(random()), /^A[A-Za-z0-9_-]{22}$/],
  ])('%s', (_name, id, form) => {
    expect(id).toMatch(form);
  });
});

describe('a wamid', () => {
  it.each([
    ['business', '447700900123', 'wamid.HBgMNDQ3NzAwOTAwMTIzFQIAERgS', 18],
    ['iphone', '447700900123', 'wamid.HBgMNDQ3NzAwOTAwMTIzFQIAEhgU', 20],
    ['android', '447700900123', 'wamid.HBgMNDQ3NzAwOTAwMTIzFQIAEhgg', 32],
    ['android', '16505551234', 'wamid.HBgLMTY1MDU1NTEyMzQVAgASGC', 32],
  ] as const)('from %s to or from %s begins as recorded ones do', (origin, user, beginning, keyLength) => {
    const wamid = mintWamid(random(), user, origin);
    expect(wamid.startsWith(beginning)).toBe(true);
    const bytes = Buffer.from(wamid.slice('wamid.'.length), 'base64');
    expect(bytes.at(-1)).toBe(0);
    expect(bytes.length).toBe(3 + user.length + 4 + 2 + keyLength + 1);
  });
});
