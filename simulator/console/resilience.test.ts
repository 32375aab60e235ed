/** The console when things go wrong, in other languages and lights, and with more than one looking. */
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ActingStep } from '../../scenarios/language/scenario.ts';
import { createSimulator } from '../index.ts';
import { control } from '../control/index.ts';
import {
  bubble,
  openConsole,
  openSimulator,
  picture,
  scenarioOf,
  send,
  useBench,
} from './console.test.setup.ts';
import { seriousFindings } from './axe.test.setup.ts';

const bench = useBench();

describe('two who look', () => {
  it('see the same', async () => {
    const one = await openConsole(bench.context, bench.simulator);
    const other = await openConsole(bench.context, bench.simulator);
    await send(one.customers, 'For both');
    await bubble(other.phone, 'For both').waitFor();
    await send(other.phone, 'From the other');
    await bubble(one.customers, 'From the other').waitFor();
    await other.page.reload();
    await bubble(other.phone, 'From the other').waitFor();
  });
});

describe('a simulator that stops', () => {
  it('is shown as stopped, and followed again when it is back, whatever it is then', async () => {
    const port = Number(new URL(bench.simulator.url).port);
    const seen = await openConsole(bench.context, bench.simulator);
    await send(seen.customers, 'Before');
    await bubble(seen.phone, 'Before').waitFor();
    await bench.simulator.close();
    await seen.page.getByText('simulator stopped; trying again').waitFor();
    await picture(seen.page, 'stopped');
    bench.simulator = await openSimulator(bench.sink, { port });
    await seen.page.getByText('live', { exact: true }).waitFor();
    // It is another one, which never heard of that.
    await expect.poll(() => bubble(seen.phone, 'Before').count()).toBe(0);
    await send(seen.customers, 'After');
    await bubble(seen.phone, 'After').waitFor();
  });

  it('misses nothing of what happened while only the link was lost', async () => {
    const link = await openLink(Number(new URL(bench.simulator.url).port));
    const seen = await openConsole(bench.context, link);
    await send(seen.customers, 'First');
    await bubble(seen.phone, 'First').waitFor();
    link.cut();
    await seen.page.getByText('simulator stopped; trying again').waitFor();
    const { defaultWorld } = bench.simulator;
    const [step] = scenarioOf(
      'scenario: x\ncustomers: { ana: {} }\nsteps:\n  - customer.sends: { from: ana, text: Second }\n',
    ).steps as readonly ActingStep[];
    await defaultWorld.play(step!, defaultWorld.cast!);
    expect(await bubble(seen.phone, 'Second').count()).toBe(0);
    link.mend();
    await bubble(seen.phone, 'Second').waitFor();
    expect(await bubble(seen.phone, 'First').count()).toBe(1);
    expect(await seen.wire.getByRole('listitem').count()).toBe(2);
    await link.close();
  });
});

/** A line to the simulator that can be cut. */
async function openLink(port: number) {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createTcpServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend() {
      isCut = false;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a simulator that others can reach', () => {
  it('wants the operator’s token, once', async () => {
    await bench.simulator.close();
    bench.simulator = await openSimulator(bench.sink, {}, 'open sesame');
    const page = await bench.context.newPage();
    await page.goto(bench.simulator.url);
    await page.getByRole('heading', { name: 'Operator token' }).waitFor();
    await picture(page, 'locked');
    await page.getByLabel('Token').fill('wrong');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('That is not the token.').waitFor();
    await page.getByLabel('Token').fill('open sesame');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('live', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('live', { exact: true }).waitFor();
    expect((await fetch(`${bench.simulator.url}/_coex/worlds`)).status).toBe(403);
  });
});

describe('whoever uses it', () => {
  it('reads Portuguese, if that is the browser’s language, or chooses', async () => {
    const brazil = await bench.browser.newContext({
      locale: 'pt-BR',
      viewport: { width: 1280, height: 800 },
    });
    const page = await brazil.newPage();
    await page.goto(bench.simulator.url);
    await page.getByText('ao vivo').waitFor();
    await page.getByRole('button', { name: 'Configurações' }).click();
    await page.getByText('Plataforma Business').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
    await picture(page, 'portuguese');
    await page.getByLabel('Idioma').selectOption('en');
    await page.getByText('Business Platform').first().waitFor();
    await page.reload();
    await page.getByText('live', { exact: true }).waitFor();
    await brazil.close();
  });

  it('may have it dark', async () => {
    const dark = await bench.browser.newContext({ colorScheme: 'dark', locale: 'en-US' });
    const seen = await openConsole(dark, bench.simulator);
    await send(seen.customers, 'In the dark');
    await bubble(seen.phone, 'In the dark').waitFor();
    for (const view of ['Time', 'Faults', 'Scenarios', 'Phone and customers']) {
      await seen.view(view);
      expect(await seriousFindings(seen.page), view).toEqual([]);
    }
    await picture(seen.page, 'dark');
    await dark.close();
  });

  it('needs no mouse', async () => {
    const { page, customers, phone } = await openConsole(bench.context, bench.simulator);
    await customers.getByPlaceholder('Message').focus();
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await bubble(phone, 'By keyboard').waitFor();
    await page.keyboard.press('Home');
    const reached = new Set<string>();
    for (let count = 0; count < 60; count += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate<string>('document.activeElement?.textContent ?? ""'));
    }
    for (const name of ['Send', 'New customer', 'Keep as scenario']) expect([...reached]).toContain(name);
  });

  it('fits on a phone: nothing is wider than the screen', async () => {
    const small = await bench.browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-US' });
    const seen = await openConsole(small, bench.simulator);
    for (const view of ['Phone and customers', 'Time', 'Faults', 'Scenarios', 'Wire']) {
      await seen.view(view);
      expect(
        await seen.page.evaluate<number>('document.documentElement.scrollWidth'),
        view,
      ).toBeLessThanOrEqual(390);
    }
    await small.close();
  });
});

describe('scenarios', () => {
  it('say what is missing where no system is configured', async () => {
    const seen = await openConsole(bench.context, bench.simulator);
    await seen.view('Scenarios');
    await seen.page.getByText('npx coex serve --config').waitFor();
    await picture(seen.page, 'scenarios-none');
  });
});

describe('a page of another origin', () => {
  it('gets nothing and does nothing', async () => {
    const page = await bench.context.newPage();
    await page.goto(bench.sink.url);
    const read = await page.evaluate<string>(
      `fetch('${bench.simulator.url}/_coex/worlds').then((answer) => answer.text(), (error) => 'refused')`,
    );
    expect(read).toBe('refused');
    await page.evaluate(
      `fetch('${bench.simulator.url}/_coex/worlds/default/steps', { method: 'POST', mode: 'no-cors', body: '{"steps":["app.disconnects"]}' }).catch(() => 0)`,
    );
    for (const [path, status] of [
      ['/dialog/oauth/begin', 403],
      ['/dialog/oauth/context', 403],
      // Only the page that opened the pop-up knows what to ask for here.
      ['/dialog/oauth/result?channel=x', 404],
    ] as const) {
      const method = path.endsWith('begin') ? 'POST' : 'GET';
      const headers = { origin: 'http://evil.example' };
      expect([path, (await fetch(`${bench.simulator.url}${path}`, { method, headers })).status]).toEqual([
        path,
        status,
      ]);
    }
    expect([...bench.simulator.defaultWorld.world.phoneNumbers.values()][0]?.state).toBe('coexistence');
  });
});

describe('a console that was not built', () => {
  it('is nothing that the API would miss', async () => {
    const bare = await createSimulator({ attach: control({ obligations: () => [] }) });
    expect((await fetch(`${bare.url}/_coex/health`)).status).toBe(200);
    // Whoever is no browser gets the Graph's own answer at the root.
    expect(await (await fetch(bare.url)).json()).toHaveProperty('error');
    await bare.close();
  });
});
