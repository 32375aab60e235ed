import { expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import { openCalls } from '../../real-calls.test.setup.ts';

it('greetings are shown by the number’s node; what is not named stays', async () => {
  const calls = await openCalls();
  const node = `v23.0/${calls.cast.phoneNumberId}`;
  const show = async () => (await calls.get(`${node}?fields=conversational_automation`)).json;
  expect(await show()).toEqual({ id: calls.cast.phoneNumberId });
  await calls.post(`${node}/conversational_automation`, { prompts: ['Where is it?'] });
  await calls.post(`${node}/conversational_automation`, { enable_welcome_message: 'true' });
  const shown = await show();
  expect(responseValidator('phone-number', 'GET')(shown)).toEqual([]);
  expect(shown).toMatchObject({
    conversational_automation: { enable_welcome_message: true, prompts: ['Where is it?'], commands: [] },
  });
  await calls.close();
});
