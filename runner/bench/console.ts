/** The console in a real browser: first paint, scrolling, how soon an event is on screen, and what the page weighs. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { packageRoot } from '../../contracts/catalogue.ts';
import { control } from '../../simulator/control/index.ts';
import {
  createSimulator,
  type GraphExchange,
  type Simulator,
  type WorldHandle,
} from '../../simulator/index.ts';
import { launchBrowser } from '../browser/launch.ts';
import { printLine } from './compare.ts';
import { plainScenario } from './plain-scenario.ts';

const rows = 10_000;
const eventsASecond = 500;
/** A frame at 60 a second, with what a shared machine may add. */
const frameMs = 1000 / 60;

export async function benchConsole(): Promise<void> {
  const simulator = await createSimulator({
    pace: 'live',
    chats: true,
    attach: control({ obligations: () => [] }),
  });
  const browser = await launchBrowser();
  try {
    const { defaultWorld } = simulator;
    defaultWorld.stage(plainScenario({ customers: 1 }));
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
    await page.goto(simulator.url);
    await page.getByText('live', { exact: true }).waitFor();
    await page.reload();
    const paintMs = await page.evaluate<number>(
      "performance.getEntriesByName('first-contentful-paint')[0].startTime",
    );
    printLine('console, first paint on loopback', `${paintMs.toFixed(0)} ms`, '< 1000 ms', paintMs < 1_000);
    await benchLatency(page, simulator);
    await benchScrolling(page, simulator);
  } finally {
    await browser.close();
    await simulator.close();
  }
  const bytes = builtBytes();
  printLine('console, all files compressed', `${(bytes / 1000).toFixed(0)} kB`, '< 250 kB', bytes < 250_000);
}

type Happening = Pick<WorldHandle, 'journal'> & { readonly nowMs: () => number };

/** An exchange that costs nothing but its showing. */
function happen({ journal, nowMs }: Happening, mark: string): void {
  journal.record({
    kind: 'graph',
    atMs: nowMs() as GraphExchange['atMs'],
    wallMs: Date.now(),
    method: 'GET',
    path: `/v23.0/${mark}`,
    edge: 'phone-number',
    params: {},
    status: 200,
    answer: { id: mark },
    byScenario: false,
    latencyMs: 1,
  });
}

/** From its happening to the frame that shows it, while events stream in; both ends are this machine's clock. */
async function benchLatency(page: Page, { defaultWorld }: Simulator): Promise<void> {
  await page.evaluate(`
    globalThis.seen = {};
    new MutationObserver(() => requestAnimationFrame(() => {
      for (const row of document.querySelectorAll('.wire-what')) {
        const mark = row.textContent.split('/').at(-1);
        seen[mark] ??= performance.timeOrigin + performance.now();
      }
    })).observe(document.querySelector('.rows'), { subtree: true, childList: true, characterData: true });
  `);
  const happened = new Map<string, number>();
  const seconds = 4;
  for (let count = 0; count < seconds * 100; count += 1) {
    for (let one = 0; one < eventsASecond / 100; one += 1) happen(defaultWorld, `filler`);
    const mark = `mark${count}`;
    happened.set(mark, performance.timeOrigin + performance.now());
    happen(defaultWorld, mark);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await page.waitForTimeout(500);
  const seen = await page.evaluate<Record<string, number>>('seen');
  const waits = [...happened].flatMap(([mark, ms]) => (seen[mark] === undefined ? [] : [seen[mark] - ms]));
  const sorted = waits.sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? Infinity;
  const late = sorted[Math.floor(sorted.length * 0.95)] ?? Infinity;
  printLine(
    `an event on screen, at ${eventsASecond} a second`,
    `${middle.toFixed(0)} ms, 95 % within ${late.toFixed(0)} ms`,
    '< 100 ms',
    middle < 100,
  );
}

async function benchScrolling(page: Page, { defaultWorld }: Simulator): Promise<void> {
  for (let count = 0; count < rows; count += 1) {
    happen(defaultWorld, `row${count}`);
    if (count % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await page.waitForTimeout(1_000);
  const frames = await page.evaluate<number[]>(`new Promise((resolve) => {
    const list = document.querySelector('.rows');
    const times = [];
    let last = performance.now();
    let step = 0;
    const frame = (now) => {
      times.push(now - last);
      last = now;
      list.scrollTop = (list.scrollHeight * (step += 1)) / 180;
      if (step < 180) requestAnimationFrame(frame);
      else resolve(times.slice(1));
    };
    list.scrollTop = 0;
    requestAnimationFrame(frame);
  })`);
  const average = frames.reduce((sum, ms) => sum + ms, 0) / frames.length;
  printLine(
    `${rows.toLocaleString('en')} rows of the wire, scrolled`,
    `${(1000 / average).toFixed(0)} frames a second`,
    '60',
    average < frameMs * 1.1,
  );
}

function builtBytes(): number {
  const folder = path.join(packageRoot(), 'dist/console');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => gzipSync(readFileSync(path.join(entry.parentPath, entry.name))).length)
    .reduce((sum, size) => sum + size, 0);
}
