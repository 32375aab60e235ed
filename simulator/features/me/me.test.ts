import { afterEach, beforeEach, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import { openCalls, type RealCalls } from '../../real-calls.test.setup.ts';

let calls: RealCalls;
beforeEach(async () => {
  calls = await openCalls();
});
afterEach(() => calls.close());

it('a token says whose it is: a system user’s, or an app’s', async () => {
  const user = await calls.get('v23.0/me');
  expect(responseValidator('me', 'GET')(user.json)).toEqual([]);
  expect((await calls.get('me?fields=id')).json).toEqual({ id: user.json['id'] });
  const { id, secret } = calls.simulator.app;
  const asked = await fetch(`${calls.simulator.url}/v23.0/me?access_token=${id}|${secret}`);
  expect(await asked.json()).toMatchObject({ id });
});

it('the app’s node, the accounts of a portfolio, and a profile’s node', async () => {
  const app = await calls.get(`v23.0/${calls.cast.appId}`);
  expect(responseValidator('app', 'GET')(app.json)).toEqual([]);
  const owner = calls.world.world.wabas.get(calls.cast.wabaId)!.ownerBusinessId;
  const owned = await calls.get(`v23.0/${owner}/owned_whatsapp_business_accounts?fields=id,name`);
  expect(responseValidator('owned-whatsapp-business-accounts', 'GET')(owned.json)).toEqual([]);
  expect(owned.json['data']).toMatchObject([{ id: calls.cast.wabaId }]);
  const partner = calls.world.world.apps.get(calls.cast.appId)!.businessId;
  const shared = await calls.get(`v23.0/${partner}/client_whatsapp_business_accounts?fields=id`);
  expect(shared.json['data']).toEqual([{ id: calls.cast.wabaId }]);
  expect((await calls.get(`v23.0/${partner}/owned_whatsapp_business_accounts`)).json).toEqual({ data: [] });
});

it('a profile is the same by its number and by its own id', async () => {
  const [profileId] = [...calls.world.world.nodes].find(([, kind]) => kind === 'business-profile')!;
  await calls.post(`v23.0/${profileId}`, { messaging_product: 'whatsapp', about: 'Shoes' });
  const node = await calls.get(`v23.0/${profileId}?fields=about`);
  expect(node.json).toEqual({ about: 'Shoes', id: profileId });
  const edge = await calls.get(`v23.0/${calls.cast.phoneNumberId}/whatsapp_business_profile?fields=about`);
  expect(edge.json['data']).toMatchObject([{ about: 'Shoes' }]);
});

it('a number is added to an account once, fresh, and can be verified from there', async () => {
  const edge = `v23.0/${calls.cast.wabaId}/phone_numbers`;
  const body = { cc: '1', phone_number: '6315551000', verified_name: 'Blue Fern' };
  const { json } = await calls.post(edge, body);
  expect(responseValidator('phone-numbers')(json)).toEqual([]);
  const node = await calls.get(
    `v23.0/${json['id'] as string}?fields=display_phone_number,status,country_code`,
  );
  expect(node.json).toMatchObject({
    display_phone_number: '+1 631-555-1000',
    status: 'PENDING',
    country_code: 'US',
  });
  expect(await calls.post(edge, body)).toMatchObject({ json: { error: { error_subcode: 2388012 } } });
  expect((await calls.get(edge)).json['data']).toHaveLength(2);
});
