/** The phone and the customers, as a tester uses them in a real browser. */
import { beforeEach, describe, expect, it } from 'vitest';
import { bubble, doWith, openConsole, picture, send, useBench, type Console } from './console.test.setup.ts';

const bench = useBench();
let seen: Console;
beforeEach(async () => {
  seen = await openConsole(bench.context, bench.simulator);
});

const received = (part: string): Promise<void> =>
  expect
    .poll(() => bench.sink.bodies.filter((body) => body.includes(part)).length, { timeout: 5_000 })
    .toBeGreaterThan(0);
const settings = () => seen.phone.getByRole('button', { name: 'Settings' }).click();
const number = () => [...bench.simulator.defaultWorld.world.phoneNumbers.values()][0]!;

describe('the owner', () => {
  it('edits a message on the phone, and the system hears of both', async () => {
    await send(seen.customers, 'Do you have bread?');
    await bubble(seen.phone, 'Do you have bread?').waitFor();
    await send(seen.phone, 'Tomorow');
    await doWith(bubble(seen.phone, 'Tomorow'), 'Edit');
    await seen.phone.getByPlaceholder('Message').fill('Tomorrow at four');
    await seen.phone.getByRole('button', { name: 'Save' }).click();
    await bubble(seen.customers, 'Tomorrow at four').getByText('edited').waitFor();
    await received('"type":"edit"');
    expect(await seen.customers.locator('.bubble').count()).toBe(2);
    await picture(seen.page, 'phone-chats');
  });

  it.each([
    ['Photo', '"type":"image"'],
    ['Sticker', '"type":"sticker"'],
    ['Voice message', '"voice":true'],
    ['Document', '"type":"document"'],
    ['Location', '"type":"location"'],
  ])('sends a %s', async (kind, part) => {
    await seen.phone.getByText('Send something else').click();
    await seen.phone.getByRole('button', { name: kind }).click();
    await seen.customers.locator('.bubble').waitFor();
    await received(part);
  });

  it('replies, reacts, deletes for everyone and reads', async () => {
    await send(seen.customers, 'First');
    await doWith(bubble(seen.phone, 'First'), 'Reply');
    await send(seen.phone, 'An answer');
    await bubble(seen.customers, 'An answer').waitFor();
    await received('"context"');
    await doWith(bubble(seen.phone, 'First'), 'React with 👍');
    await bubble(seen.customers, 'First').getByText('👍').first().waitFor();
    await received('"type":"reaction"');
    await seen.phone.getByRole('button', { name: 'Read', exact: true }).click();
    await bubble(seen.customers, 'First').getByText('read').waitFor();
    await doWith(bubble(seen.phone, 'An answer'), 'Delete for everyone');
    await bubble(seen.customers, 'This message was deleted.').waitFor();
    await received('"type":"revoke"');
  });

  it('keeps an address book', async () => {
    await seen.phone.getByRole('button', { name: 'Contacts' }).click();
    await seen.phone.getByLabel('Name').fill('Ana from the corner');
    await seen.phone.getByRole('button', { name: 'Save contact' }).click();
    await seen.phone.getByText('Ana from the corner').waitFor();
    await seen.phone.getByLabel('Name').fill('Ana, baker');
    await seen.phone.getByRole('button', { name: 'Save contact' }).click();
    await seen.phone.getByText('Ana, baker').waitFor();
    await picture(seen.page, 'phone-contacts');
    await seen.phone.getByRole('button', { name: 'Remove Ana, baker' }).click();
    await expect.poll(() => seen.phone.getByText('Ana, baker').count()).toBe(0);
  });

  it('turns a greeting on, and the app writes it by itself', async () => {
    await settings();
    await seen.phone.getByLabel('Text of the greeting message').fill('Welcome!');
    await seen.phone.getByLabel('Greeting message', { exact: true }).check();
    await expect
      .poll(() => seen.phone.getByLabel('Greeting message', { exact: true }).isChecked())
      .toBe(true);
    await send(seen.customers, 'Hello');
    await bubble(seen.customers, 'Welcome!').waitFor({ timeout: 8_000 });
    await received('Welcome!');
    await seen.phone.getByLabel('Greeting message', { exact: true }).uncheck();
    await expect
      .poll(() => seen.phone.getByLabel('Greeting message', { exact: true }).isChecked())
      .toBe(false);
  });

  it('leaves the phone in the drawer until the link breaks, and cannot undo that', async () => {
    await settings();
    await picture(seen.page, 'phone-settings');
    await seen.phone.getByRole('button', { name: 'Leave it in the drawer for 14 days' }).click();
    await seen.phone.getByText('disconnected').waitFor();
    await received('PRIMARY_INACTIVITY');
    await seen.phone.getByText('Not connected', { exact: true }).waitFor();
    expect(await seen.phone.getByRole('button', { name: 'Disconnect account' }).isDisabled()).toBe(true);
    await seen.phone.getByRole('button', { name: 'Sign up, do not share' }).click();
    await seen.phone.getByText('Chat history is not shared.').waitFor();
    expect(await seen.phone.getByRole('button', { name: 'Sign up, share history' }).isDisabled()).toBe(true);
  });

  it.each([
    ['Disconnect account', 'PARTNER_REMOVED', 'disconnected'],
    ['Change device', 'ACCOUNT_OFFBOARDED', 'offboarded'],
    ['Change device, do not reconnect', 'ACCOUNT_OFFBOARDED', 'offboarded'],
    ['Register anew', 'USER_RE_REGISTERED', 'disconnected'],
    ['Downgrade to WhatsApp', 'BUSINESS_DOWNGRADE', 'disconnected'],
    ['Change number', 'CHANGE_NUMBER', 'disconnected'],
  ])('leaves: %s', async (button, event, state) => {
    await settings();
    await seen.phone.getByRole('button', { name: button, exact: true }).click();
    await received(event);
    expect(number().state).toBe(state);
  });

  it('is shown what coexistence switches off, and why', async () => {
    await settings();
    for (const feature of ['Disappearing messages', 'View once', 'Live location', 'New broadcast lists']) {
      const box = seen.phone.getByLabel(feature);
      expect(await box.isDisabled()).toBe(true);
      expect(await box.getAttribute('aria-describedby')).toBe('off-reason');
    }
    expect(await seen.phone.locator('#off-reason').textContent()).toContain(
      'connected to the Business Platform',
    );
    await seen.phone.getByRole('button', { name: 'Disconnect account' }).click();
    await expect.poll(() => seen.phone.getByLabel('View once').isDisabled()).toBe(false);
  });

  it('links devices, and what stays in the app stays there', async () => {
    await settings();
    await seen.phone.getByLabel('WhatsApp Web').check();
    await expect.poll(() => seen.phone.getByLabel('WhatsApp Web').isChecked()).toBe(true);
    await seen.phone.getByRole('button', { name: 'Write to a group' }).click();
    await seen.phone.getByRole('button', { name: 'Post a status' }).click();
    await expect
      .poll(
        () =>
          bench.simulator.defaultWorld.log.recent().filter(({ event }) => event.type === 'stayed-in-the-app')
            .length,
      )
      .toBe(2);
    expect(bench.sink.bodies).toEqual([]);
  });
});

describe('a customer', () => {
  it.each([
    ['View once', '"code":131051'],
    ['Live location', '"type":"unsupported"'],
    ['Disappearing message', '"type":"unsupported"'],
    ['Poll', '"type":"unsupported"'],
    ['Message from an ad', '"referral"'],
    ['First contact', '"code":131060'],
  ])('sends: %s', async (kind, part) => {
    await seen.customers.getByText('Send something else').click();
    await seen.customers.getByRole('button', { name: kind }).click();
    await seen.phone.locator('.bubble').first().waitFor();
    await received(part);
  });

  it('edits and deletes', async () => {
    await send(seen.customers, 'Two loafs');
    await doWith(bubble(seen.customers, 'Two loafs'), 'Edit');
    await seen.customers.getByPlaceholder('Message').fill('Two loaves');
    await seen.customers.getByRole('button', { name: 'Save' }).click();
    await bubble(seen.phone, 'Two loaves').waitFor();
    await received('Two loaves');
    await doWith(bubble(seen.customers, 'Two loaves'), 'Delete for everyone');
    await bubble(seen.phone, 'This message was deleted.').waitFor();
    await received('"type":"revoke"');
  });

  it('is added, with a hidden number or an unsupported companion', async () => {
    const add = async (name: string, device: string, hides: boolean): Promise<void> => {
      await seen.customers.getByRole('button', { name: 'New customer' }).click();
      await seen.customers.getByLabel('Name').fill(name);
      await seen.customers.getByLabel('Device').selectOption({ label: device });
      if (hides) await seen.customers.getByLabel('Hides the number').check();
      await seen.customers.getByRole('button', { name: 'Add' }).click();
      await seen.customers.getByRole('button', { name, exact: true }).click();
    };
    await add('Zoë Hidden', 'Android', true);
    await send(seen.customers, 'Who am I?');
    await received('Who am I?');
    expect(bench.sink.bodies[0]).toContain('from_user_id');
    expect(bench.sink.bodies[0]).not.toContain('"wa_id"');
    await add('Wim', 'Windows', false);
    await send(seen.customers, 'From a desk');
    await received('131060');
    expect(bench.sink.bodies.join()).not.toContain('From a desk');
    await picture(seen.page, 'customers');
  });

  it('has markup in a name and in a message, which stays text', async () => {
    const markup = '<img src=x onerror="document.title=1">';
    await seen.customers.getByRole('button', { name: 'New customer' }).click();
    await seen.customers.getByLabel('Name').fill(markup);
    await seen.customers.getByRole('button', { name: 'Add' }).click();
    await seen.customers.getByRole('button', { name: markup }).click();
    await send(seen.customers, markup);
    await bubble(seen.customers, markup).waitFor();
    await seen.phone.getByRole('button', { name: markup }).click();
    await bubble(seen.phone, markup).waitFor();
    expect(await seen.page.locator('img').count()).toBe(0);
    expect(await seen.page.title()).toBe('coex');
  });
});
