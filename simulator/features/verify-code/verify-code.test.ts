import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCalls, type Answer, type RealCalls } from '../../real-calls.test.setup.ts';
import type { CodeSent } from '../request-code/events.ts';

let calls: RealCalls;
beforeEach(async () => {
  calls = await openCalls('number: fresh');
});
afterEach(() => calls.close());

const post = (edge: string, body: Record<string, string>) =>
  calls.post(`v23.0/${calls.cast.phoneNumberId}/${edge}`, body);
const request = () => post('request_code', { code_method: 'SMS', language: 'en_US' });
const codesSent = () =>
  calls.world.log
    .recent()
    .map(({ event }) => event)
    .filter((event): event is CodeSent => event.type === 'code-sent')
    .map(({ code }) => code);
const codeOf = ({ json }: Answer) =>
  (json['error'] as { code: number; error_subcode?: number } | undefined)?.code;

it('a number is verified by the code that was sent, and then registered', async () => {
  expect((await request()).json).toEqual({ success: true });
  const [code = ''] = codesSent();
  expect((await post('verify_code', { code: `${code.slice(0, 3)}-${code.slice(3)}` })).json).toEqual({
    success: true,
  });
  expect(codeOf(await request())).toBe(136024);
  expect(await post('register', { messaging_product: 'whatsapp', pin: '123456' })).toMatchObject({
    status: 200,
  });
});

it('not by another, an old one, or none at all', async () => {
  expect(codeOf(await post('verify_code', { code: '123456' }))).toBe(136025);
  await request();
  const [code = ''] = codesSent();
  const other = code === '000000' ? '000001' : '000000';
  expect(codeOf(await post('verify_code', { code: other }))).toBe(136025);
  await calls.world.advance(11 * 60_000);
  expect(codeOf(await post('verify_code', { code }))).toBe(136025);
});

it('ten codes a day are enough', async () => {
  for (let count = 0; count < 10; count += 1) expect(await request()).toMatchObject({ status: 200 });
  expect((await request()).json['error']).toMatchObject({ code: 100, error_subcode: 2388004 });
  await calls.world.advance(25 * 3_600_000);
  expect(await request()).toMatchObject({ status: 200 });
});

it('a number of the app needs none', async () => {
  const other = await openCalls();
  const answer = await other.post(`v23.0/${other.cast.phoneNumberId}/request_code`, {
    code_method: 'SMS',
    language: 'en_US',
  });
  await other.close();
  expect(codeOf(answer)).toBe(136024);
});
