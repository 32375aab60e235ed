/** The HTML report, opened from disk by a real browser, and read as QA reads it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../contracts/catalogue.ts';
import { seriousFindings } from '../../simulator/console/axe.test.setup.ts';
import { launchBrowser } from '../browser/launch.ts';
import { readPageParts } from '../cli/page-parts.ts';
import { hostile, reportOf, transcriptsOf } from './html.test.setup.ts';
import { renderHtml } from './html.ts';

const screenshots = path.join(packageRoot(), 'test-output');
const report = reportOf(12);
const folder = mkdtempSync(path.join(tmpdir(), 'coex-report-'));

function write(name: string, html: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, html);
  return pathToFileURL(file).href;
}

let browser: Browser;
let address: string;

beforeAll(async () => {
  browser = await launchBrowser();
  address = write('report.html', renderHtml(report, transcriptsOf(report, 12), readPageParts()));
}, 600_000);
afterAll(() => browser.close());

interface Opened {
  readonly page: Page;
  /** What the page asked of any network, and what it complained about. */
  readonly asked: string[];
  readonly complaints: string[];
}

async function open(url = address, width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const page = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) asked.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, asked, complaints };
}

const firstFail = 'obligation-3-is-kept in adversity/scenario-number-3: broken';

describe('the report', () => {
  test('says what the run came to, and shows a cell for every verdict', async () => {
    const { page, asked, complaints } = await open();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('coex: broken');
    expect(await page.locator('.top').textContent()).toContain(
      '25 scenarios · 12 obligations: 6 kept, 2 broken',
    );
    expect(await page.locator('table .cell').count()).toBe(25);
    expect(await page.locator('table .cell.fail').count()).toBe(3);
    await page.screenshot({ path: path.join(screenshots, 'report-grid-1280.png') });
    expect(asked).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('runs nothing of what a system said, anywhere', async () => {
    const { page, complaints } = await open();
    await page.getByRole('button', { name: firstFail }).click();
    await page.locator('details').first().click();
    expect(await page.locator('.notes').textContent()).toContain(hostile);
    expect(await page.locator('.bodies').first().textContent()).toContain('onerror=');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate('window.harmed')).toBeUndefined();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('opens a cell by keyboard alone, and shows what happened in its order', async () => {
    const { page } = await open();
    const cell = page.getByRole('button', { name: firstFail });
    await cell.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'obligation-3-is-kept' });
    await dialog.waitFor();
    expect(await dialog.locator('.finding').textContent()).toContain('scenarios/scenario-number-3.yaml:9:5');
    await expect.poll(() => dialog.getByRole('listitem').count()).toBe(36);
    const rows = await dialog.getByRole('listitem').allTextContents();
    expect(rows.slice(0, 6).map((row) => row.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^2026-11-13 09:00:00 0customer\.sends/) as string,
      expect.stringMatching(/webhook messages → 200$/) as string,
      expect.stringMatching(/POST messages → 400$/) as string,
      expect.stringMatching(/✗ broken expect\.noCall/) as string,
      expect.stringMatching(/time\.passes: 1d$/) as string,
      expect.stringMatching(/^2026-11-14 09:00:00 \+1 dapp\.sends/) as string,
    ]);
    // Arrows run between the lanes of those who took part.
    const lanes = await dialog.locator('.lanes b').allTextContents();
    expect(lanes).toEqual(['Customer', 'Phone', 'Meta', 'System under test']);
    const box = async (selector: string) =>
      (await dialog.locator(selector).first().boundingBox()) ?? { x: 0, width: 0 };
    expect((await box('.from-customer')).x).toBeLessThan((await box('.from-phone')).x);
    expect((await box('.from-phone')).x).toBeLessThan((await box('.from-meta.to-sut')).x);
    await page.screenshot({ path: path.join(screenshots, 'report-transcript-1280.png') });
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await expect.poll(() => new URL(page.url()).hash).toBe('');
    await page.context().close();
  });

  test('a cell has an address, and “back” closes it', async () => {
    const { page } = await open(`${address}#adversity%2Fscenario-number-3&obligation-3-is-kept`);
    await page.getByRole('dialog').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: firstFail }).click();
    await page.getByRole('dialog').waitFor();
    await page.goBack();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    const unknown = await open(`${address}#nothing&at-all`);
    expect(await unknown.page.getByRole('dialog').textContent()).toContain('no such cell');
    await unknown.page.context().close();
    await page.context().close();
  });

  test('finds by words, bodies included, and by verdict and profile', async () => {
    const { page } = await open();
    const status = page.getByRole('status');
    await page.getByLabel('Search').fill('scenario-number-7');
    await expect.poll(() => status.textContent()).toBe('1 obligations, 1 scenarios');
    await page.getByLabel('Search').fill('Oi 5');
    await expect.poll(() => status.textContent()).toBe('13 obligations, 25 scenarios');
    await page.getByLabel('Search').fill('"code":131047');
    await expect.poll(() => status.textContent()).toBe('13 obligations, 25 scenarios');
    await page.getByLabel('Search').fill('nowhere to be found');
    await page.getByText('Nothing fits.').waitFor();
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Verdict').selectOption('fail');
    await expect.poll(() => page.locator('table .cell').count()).toBe(3);
    await page.getByLabel('Verdict').selectOption('');
    await page.getByLabel('Profile').selectOption('own');
    await expect.poll(() => page.locator('table .cell').count()).toBe(1);
    await page.locator('table .cell').click();
    expect(await page.getByRole('dialog').textContent()).toContain('One of our own');
    await page.context().close();
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    'in %s, %i wide: readable, and nothing is cut off',
    async (scheme, width) => {
      const { page } = await open(address, width, scheme);
      expect(await seriousFindings(page)).toEqual([]);
      const cut = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
      expect(await page.evaluate(cut)).toBe(false);
      await page.screenshot({ path: path.join(screenshots, `report-${scheme}-${width}.png`) });
      await page.getByRole('button', { name: firstFail }).click();
      await page.locator('details').first().click();
      expect(await seriousFindings(page)).toEqual([]);
      expect(
        await page.evaluate(
          "document.querySelector('dialog').scrollWidth > document.querySelector('dialog').clientWidth",
        ),
      ).toBe(false);
      await page.screenshot({ path: path.join(screenshots, `report-cell-${scheme}-${width}.png`) });
      await page.context().close();
    },
    60_000,
  );

  test('ten thousand exchanges: only what is looked at is on the page', async () => {
    const large = reportOf(50);
    const url = write('large.html', renderHtml(large, transcriptsOf(large, 100), readPageParts()));
    const { page } = await open(url);
    await page.locator('table .cell').first().waitFor();
    expect(await page.locator('.row').count()).toBe(0);
    const flood = write('flood.html', renderHtml(report, transcriptsOf(report, 1_000), readPageParts()));
    const { page: flooded } = await open(`${flood}#adversity%2Fscenario-number-3&obligation-3-is-kept`);
    const rows = flooded.getByRole('dialog').getByRole('listitem');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(200);
    await flooded.getByRole('button', { name: '2800 more' }).click();
    expect(await rows.count()).toBe(400);
    await page.context().close();
    await flooded.context().close();
  }, 60_000);
});

test('a report without anything is a page, too', async () => {
  const empty = { ...reportOf(0), scenarios: [], notices: [], exitCode: 0 as const };
  const { page, complaints } = await open(write('empty.html', renderHtml(empty, [], readPageParts())));
  expect(await page.locator('main').textContent()).toContain('Nothing fits.');
  expect(await page.locator('main').textContent()).not.toContain('undefined');
  expect(complaints).toEqual([]);
  await page.context().close();
});
