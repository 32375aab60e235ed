import { afterEach, beforeEach, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import { openCalls, type RealCalls } from '../../real-calls.test.setup.ts';

let calls: RealCalls;
beforeEach(async () => {
  calls = await openCalls();
});
afterEach(() => calls.close());

const edge = () => `v23.0/${calls.cast.phoneNumberId}/message_qrdls`;

it('a code is written, found, changed and deleted', async () => {
  const made = await calls.post(edge(), { prefilled_message: 'Hi', generate_qr_image: 'SVG' });
  expect(responseValidator('message-qrdls')(made.json)).toEqual([]);
  const code = made.json['code'] as string;
  expect(made.json).toMatchObject({
    deep_link_url: `https://wa.me/message/${code}`,
    qr_image_url: expect.stringMatching(/\.svg$/) as string,
  });
  await calls.post(edge(), { prefilled_message: 'Hello', code });
  const list = await calls.get(`${edge()}?fields=code,prefilled_message,creation_time`);
  expect(responseValidator('message-qrdls', 'GET')(list.json)).toEqual([]);
  expect(list.json['data']).toMatchObject([{ code, prefilled_message: 'Hello' }]);
  expect((await calls.get(`${edge()}/${code}`)).json['data']).toMatchObject([{ prefilled_message: 'Hello' }]);
  expect((await calls.del(`${edge()}/${code}`)).json).toEqual({ success: true });
  expect((await calls.get(edge())).json).toEqual({ data: [] });
});

it.each(['get', 'del'] as const)('a code that is none cannot be found: %s', async (method) => {
  expect(await calls[method](`${edge()}/NOTACODE`)).toMatchObject({
    status: 400,
    json: { error: { code: 100 } },
  });
  expect(await calls.post(edge(), { prefilled_message: 'Hi', code: 'NOTACODE' })).toMatchObject({
    status: 400,
  });
});
