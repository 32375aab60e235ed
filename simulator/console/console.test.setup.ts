/** A simulator with its console, a system that takes its webhooks, and a real browser to use both with. */
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { packageRoot } from '../../contracts/catalogue.ts';
import { launchBrowser } from '../../runner/browser/launch.ts';
import { parseScenario } from '../../scenarios/language/parse.ts';
import { control } from '../control/index.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../index.ts';
import { seriousFindings } from './axe.test.setup.ts';

/** Where screenshots of the journeys land. */
export const outputFolder = path.join(packageRoot(), 'test-output');

/** A laptop and a phone. */
export const widths = [1280, 390] as const;
const heights = { 1280: 800, 390: 844 } as const;

export const launch = launchBrowser;

/** The system under test, as far as the console's journeys need one. */
export interface Sink {
  readonly url: string;
  /** Bodies of webhooks, oldest first. */
  readonly bodies: string[];
  /** What it answers from now on. */
  status: number;
  close(): Promise<void>;
}

export async function openSink(): Promise<Sink> {
  const bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(body);
      response.statusCode = sink.status;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sink: Sink = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    bodies,
    status: 200,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return sink;
}

const opening = `
scenario: A number in coexistence
number: { state: coexistence, name: Padaria Aurora }
customers:
  ana: { name: Ana Lopez }
  rui: { name: Rui Campos }
steps: [app.opens]
`;

export const scenarioOf = (text: string) => {
  const parsed = parseScenario(text, 'x', 'x', { obligations: new Set() });
  if (!('scenario' in parsed)) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.scenario;
};

export async function openSimulator(
  sink: Sink | undefined,
  options: SimulatorOptions = {},
  operatorToken?: string,
): Promise<Simulator> {
  const simulator = await createSimulator({
    pace: 'live',
    chats: true,
    app: sink ? { callbackUrl: sink.url } : {},
    attach: control({ obligations: () => [], ...(operatorToken !== undefined && { operatorToken }) }),
    ...options,
  });
  const { defaultWorld } = simulator;
  defaultWorld.stage(scenarioOf(opening));
  defaultWorld.remember({
    setup: { number: 'coexistence', customers: { ana: { name: 'Ana Lopez' }, rui: { name: 'Rui Campos' } } },
  });
  return simulator;
}

export interface Console {
  readonly page: Page;
  readonly phone: Locator;
  readonly customers: Locator;
  readonly wire: Locator;
  readonly view: (name: string) => Promise<void>;
}

export async function openConsole(
  context: BrowserContext,
  simulator: Pick<Simulator, 'url'>,
  world?: string,
): Promise<Console> {
  const page = await context.newPage();
  await page.goto(`${simulator.url}/${world === undefined ? '' : `#${encodeURIComponent(world)}`}`);
  await page.getByText('live', { exact: true }).waitFor();
  return {
    page,
    phone: page.getByRole('region', { name: 'The phone' }),
    customers: page.getByRole('region', { name: 'Customers' }),
    wire: page.getByRole('region', { name: 'Wire' }),
    view: (name) => page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click(),
  };
}

/** A context whose pages may use the clipboard and whose errors end the test. */
export async function newContext(browser: Browser, errors: string[]): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(6_000);
  context.on('weberror', (error) => errors.push(error.error().message));
  return context;
}

/** What a test of the console begins with: opened before each, closed after it. */
export interface Bench {
  readonly browser: Browser;
  readonly sink: Sink;
  simulator: Simulator;
  readonly context: BrowserContext;
}

/** Registers the hooks; what it gives is filled before each test. Errors of a page fail the test. */
export function useBench(): Bench {
  const bench = {} as { -readonly [Key in keyof Bench]: Bench[Key] };
  let errors: string[] = [];
  beforeAll(async () => {
    bench.browser = await launch();
    // There may be none yet, and then one is installed.
  }, 600_000);
  afterAll(() => bench.browser.close());
  beforeEach(async () => {
    bench.sink = await openSink();
    bench.simulator = await openSimulator(bench.sink);
    errors = [];
    bench.context = await newContext(bench.browser, errors);
  });
  afterEach(async () => {
    await bench.context.close();
    await bench.simulator.close();
    await bench.sink.close();
    expect(errors).toEqual([]);
  });
  return bench;
}

/** Pictures at both widths, and what axe finds there: nothing serious. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(outputFolder, { recursive: true });
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  for (const width of widths) {
    await page.setViewportSize({ width, height: heights[width] });
    await page.screenshot({ path: path.join(outputFolder, `${name}-${width}.png`) });
    expect(await seriousFindings(page), `${name} at ${width}`).toEqual([]);
  }
  await page.setViewportSize(before);
}

/** A message in a chat, by its text. */
export const bubble = (chat: Locator, text: string): Locator => chat.locator('.bubble', { hasText: text });

export async function send(chat: Locator, text: string): Promise<void> {
  await chat.getByPlaceholder('Message').fill(text);
  await chat.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Opens what can be done with a message, and does it. */
export async function doWith(message: Locator, deed: string): Promise<void> {
  await message.getByLabel('What can be done with the message').click();
  await message.getByRole('button', { name: deed }).click();
}
