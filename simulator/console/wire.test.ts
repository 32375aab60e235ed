/** The wire, time, faults and several numbers, as a tester uses them in a real browser. */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActingStep } from '../../scenarios/language/scenario.ts';
import {
  bubble,
  openConsole,
  picture,
  scenarioOf,
  send,
  useBench,
  type Console,
} from './console.test.setup.ts';

const bench = useBench();
let seen: Console;
beforeEach(async () => {
  seen = await openConsole(bench.context, bench.simulator);
});

const world = () => bench.simulator.defaultWorld;
const rows = () => seen.wire.getByRole('listitem');

/** What the system under test would do: it answers Ana. */
async function systemSends(text: string): Promise<Response> {
  const { phoneNumberId, customers } = world().cast!;
  return fetch(`${bench.simulator.url}/v23.0/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bench.simulator.app.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to: customers['ana']!.waId,
      type: 'text',
      text: { body: text },
    }),
  });
}

describe('the wire', () => {
  it('shows calls and webhooks as they happen, and all there is of one', async () => {
    await send(seen.customers, 'Hello');
    await rows().filter({ hasText: 'webhook messages' }).first().waitFor();
    await systemSends('Hi Ana');
    await rows().filter({ hasText: 'POST' }).first().waitFor();
    await bubble(seen.phone, 'Hi Ana').getByText('API').waitFor();
    await rows().filter({ hasText: 'webhook messages' }).first().getByRole('button').click();
    const detail = seen.wire.getByRole('region', { name: 'Exchange 1' });
    await detail.getByText('Signature: right').waitFor();
    await detail.getByText('Keeps its contract').waitFor();
    expect(await detail.getByLabel('Headers').textContent()).toContain('X-Hub-Signature-256: sha256=');
    expect(await detail.getByLabel('Body').textContent()).toContain('"body": "Hello"');
    await picture(seen.page, 'wire-webhook');
    await rows().filter({ hasText: 'POST' }).first().getByRole('button').click();
    const call = seen.wire.getByRole('region', { name: 'Exchange 2' });
    expect(await call.getByLabel('Request').textContent()).toContain('"body": "Hi Ana"');
    await call.getByText('Belongs together').waitFor();
    await call.getByRole('button', { name: 'Copy as curl' }).click();
    await seen.page.getByText('on the clipboard').waitFor();
    const copied = await seen.page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain(
      `curl -X POST '${bench.simulator.url}/v23.0/${world().cast!.phoneNumberId}/messages'`,
    );
    expect(copied).not.toContain(bench.simulator.app.token);
    await seen.page.keyboard.press('Escape');
    await expect.poll(() => seen.wire.getByRole('region', { name: 'Exchange 2' }).count()).toBe(0);
  });

  it('names what keeps no contract', async () => {
    await fetch(`${bench.simulator.url}/v23.0/${world().cast!.phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bench.simulator.app.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: '1', type: 'text', text: 'not an object' }),
    });
    await rows().filter({ hasText: '400' }).getByRole('button').click();
    const findings = seen.wire.getByRole('list', { name: 'Contract findings' });
    expect(await findings.textContent()).toContain('Request /text');
  });

  it('filters and searches', async () => {
    await send(seen.customers, 'A loaf of rye');
    await systemSends('One loaf is left');
    await rows().filter({ hasText: 'POST' }).first().waitFor();
    await seen.wire.getByLabel('What is shown').selectOption({ label: 'Graph calls' });
    await expect.poll(() => rows().count()).toBe(1);
    await seen.wire.getByLabel('What is shown').selectOption({ label: 'everything' });
    await seen.wire.getByLabel('Search paths, fields, bodies').fill('RYE');
    await expect.poll(() => rows().count()).toBe(1);
    await seen.wire.getByLabel('Search paths, fields, bodies').fill('nothing has this');
    await seen.wire.getByText('Nothing yet.').waitFor();
  });

  it('resends a webhook, the same bytes', async () => {
    await send(seen.customers, 'Once');
    await rows().first().getByRole('button').click();
    await seen.wire.getByRole('button', { name: 'Resend' }).click();
    await seen.page.getByText('It was sent once more.').waitFor();
    expect(bench.sink.bodies).toHaveLength(2);
    expect(bench.sink.bodies[1]).toBe(bench.sink.bodies[0]);
  });

  it('keeps what was done by hand as a scenario that does it again', async () => {
    await send(seen.customers, 'Quero comprar');
    await rows().first().waitFor();
    await systemSends('Oi Ana');
    await send(seen.phone, 'Sou a Lu');
    await bubble(seen.customers, 'Sou a Lu').waitFor();
    const download = seen.page.waitForEvent('download');
    await seen.wire.getByRole('button', { name: 'Keep as scenario' }).click();
    const file = await (await download).path();
    const kept = scenarioOf(readFileSync(file, 'utf8'));
    expect(kept.steps.map(({ does }) => does)).toEqual(['customer.sends', 'expect.call', 'app.sends']);
    expect(kept.steps[0]).toMatchObject({ from: 'ana', content: { text: 'Quero comprar' } });
    expect(kept.steps[1]).toMatchObject({ match: { edge: 'messages', to: 'ana' } });
    expect(Object.keys(kept.customers)).toEqual(['ana', 'rui']);
  });

  it('moves nothing when a thousand events stream in', async () => {
    await seen.page.evaluate(`
      globalThis.shifts = [];
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) shifts.push(value);
      }).observe({ type: 'layout-shift', buffered: false });
    `);
    const cast = world().cast!;
    const [step] = scenarioOf(
      'scenario: x\ncustomers: { ana: {} }\nsteps:\n  - customer.sends: { from: ana, text: Oi, meanwhile: true }\n',
    ).steps as readonly ActingStep[];
    for (let count = 0; count < 1_000; count += 1) await world().play(step!, cast);
    await expect
      .poll(() => seen.wire.getByLabel(/Exchanges on the wire: 1000/).count(), { timeout: 60_000 })
      .toBe(1);
    const shifts = await seen.page.evaluate<number[]>('shifts');
    // A digit that becomes two counts, too; what a person would call a jump begins at 0.1.
    expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.005);
    // Of all those rows only what can be seen is in the page.
    expect(await rows().count()).toBeLessThan(80);
    // A machine that does other things at the same time takes its while; how long is no question here.
  }, 90_000);
});

describe('time', () => {
  it('jumps, changes its pace, and says what is due', async () => {
    await seen.view('Time');
    await seen.page.getByText('check-heartbeat').waitFor();
    await picture(seen.page, 'time');
    const before = world().nowMs();
    await seen.page.getByRole('button', { name: 'A day' }).click();
    await expect.poll(() => world().nowMs() - before).toBeGreaterThanOrEqual(86_400_000);
    const tomorrow = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' }).format(before + 86_400_000);
    await seen.page.locator('.clock').getByText(tomorrow).waitFor();
    // Whoever else looks is told, although nothing happened.
    const other = await openConsole(bench.context, bench.simulator);
    await world().advance(86_400_000);
    const dayAfter = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' }).format(
      before + 2 * 86_400_000,
    );
    await other.page.locator('.clock').getByText(dayAfter).waitFor();
    await other.page.close();
    await seen.page.getByRole('button', { name: 'stands still' }).click();
    await expect.poll(() => world().speed).toBe(0);
    const still = world().nowMs();
    await seen.page.getByRole('button', { name: '13 days' }).click();
    await expect.poll(() => world().nowMs() - still).toBe(13 * 86_400_000);
    await expect.poll(() => bench.sink.bodies.some((body) => body.includes('PRIMARY_INACTIVITY'))).toBe(true);
    await seen.page.getByRole('button', { name: '3600 × as fast' }).click();
    await expect.poll(() => world().nowMs() - still - 13 * 86_400_000).toBeGreaterThan(100_000);
  });
});

describe('faults', () => {
  it('refuses the next send with an error of the catalogue, and no other', async () => {
    await send(seen.customers, 'Hello');
    await seen.view('Faults');
    const refuse = seen.page.getByRole('region', { name: 'Refuse the next call' });
    await refuse.getByLabel('Error').selectOption('130429');
    await refuse.getByRole('button', { name: 'Switch on' }).click();
    await seen.page.getByText('messages: error 130429, 1 left').waitFor();
    await picture(seen.page, 'faults');
    expect((await systemSends('a')).status).toBe(400);
    expect((await systemSends('b')).status).toBe(200);
  });

  it('switches faults of webhooks on, and all of them off', async () => {
    await seen.view('Faults');
    const webhooks = seen.page.getByRole('region', { name: 'Webhooks', exact: true });
    await webhooks.getByLabel('What happens').selectOption('wrong-signature');
    await webhooks.getByLabel('How many times').fill('5');
    await webhooks.getByRole('button', { name: 'Switch on' }).click();
    await seen.page.getByText('Webhooks (any): wrong signature, 5 left').waitFor();
    await seen.page.getByRole('button', { name: 'Webhooks: all off' }).click();
    await expect.poll(() => seen.page.getByText('5 left').count()).toBe(0);
    const graph = seen.page.getByRole('region', { name: 'Graph calls' });
    await graph.getByRole('button', { name: 'Switch on' }).click();
    await seen.page.getByText('Graph (any): server error, 1 left').waitFor();
    await seen.page.getByRole('button', { name: 'Graph: all off' }).click();
    expect((await systemSends('a')).status).not.toBe(500);
  });
});

describe('several numbers', () => {
  it('have accounts and clocks of their own', async () => {
    await seen.page.getByRole('button', { name: 'New number' }).click();
    await seen.page.getByPlaceholder('Name').fill('Loja 2');
    await seen.page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect.poll(() => bench.simulator.worlds().length).toBe(2);
    await expect.poll(() => seen.page.url()).toContain('Loja');
    await send(seen.customers, 'To the second');
    await bubble(seen.phone, 'To the second').waitFor();
    await seen.page.getByLabel('Number', { exact: true }).selectOption('default');
    await expect.poll(() => bubble(seen.phone, 'To the second').count()).toBe(0);
    const ids = bench.simulator.worlds().map((one) => one.cast?.wabaId);
    expect(new Set(ids).size).toBe(2);
  });
});
