/** The HTML report of 10,000 exchanges, opened from disk in Chromium: until the grid is painted. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../browser/launch.ts';
import { readPageParts } from '../cli/page-parts.ts';
import type { TranscriptEntry } from '../judge/transcript.ts';
import type { Report } from '../judge/verdict.ts';
import { renderHtml } from '../report/html.ts';
import { median, printLine } from './compare.ts';

const wantedMs = 2_000;
const scenarios = 200;
/** 200 scenarios of 50 exchanges each. */
const exchanges = 50;
const obligations = 90;
const rounds = 5;

export async function benchHtmlReport(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'coex-bench-'));
  const file = path.join(folder, 'report.html');
  const report = largeReport();
  const transcripts = report.scenarios.map(({ id }) => ({
    scenario: id,
    people: {},
    entries: manyExchanges(),
  }));
  writeFileSync(file, renderHtml(report, transcripts, readPageParts()));
  const browser = await launchBrowser();
  try {
    const measured: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const page = await browser.newPage();
      const startMs = performance.now();
      await page.goto(pathToFileURL(file).href);
      await page.locator('table .cell').first().waitFor();
      measured.push(performance.now() - startMs);
      await page.close();
    }
    const ms = median(measured);
    const figures = `${ms.toFixed(0)} ms, ${(statSync(file).size / 1e6).toFixed(0)} MB`;
    printLine(
      `the HTML report of ${scenarios * exchanges} exchanges`,
      figures,
      `< ${wantedMs} ms`,
      ms < wantedMs,
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

function largeReport(): Report {
  const idOf = (index: number): string => `obligation-number-${index % obligations}-is-kept`;
  const all = Array.from({ length: scenarios }, (_one, index) => ({
    id: `folder-${index % 9}/a-scenario-of-some-length-${index}`,
    title: `What happens in ${index}`,
    file: `scenarios/${index}.yaml`,
    verdict: 'pass' as const,
    tookMs: 10,
    obligations: [0, 1, 2].map((more) => ({ id: idOf(index + more * 7), verdict: 'pass' as const })),
  }));
  return {
    coex: 'bench',
    at: '2026-11-27T09:00:00.000Z',
    seed: 'coex',
    config: 'coex.config.yaml',
    exitCode: 0,
    tookMs: 10_000,
    scenarios: all,
    obligations: Array.from({ length: obligations }, (_one, index) => ({
      id: idOf(index),
      statement: `A system MUST keep obligation number ${index}.`,
      level: 'MUST' as const,
      profile: ['receiver', 'sender', 'automation', 'inbox', 'onboarder'][index % 5] ?? '',
      source: { page: 'a page', evidence: 'documented' as const },
      fix: 'Mend it.',
      verdict: 'pass' as const,
      scenarios: all
        .filter((one) => one.obligations.some(({ id }) => id === idOf(index)))
        .map(({ id }) => id),
    })),
    findings: [],
    ownFaults: [],
    mistakes: [],
    outdatedWaivers: [],
    unplayed: [],
    notices: [],
  };
}

/** As long as real ones are. */
function manyExchanges(): readonly TranscriptEntry[] {
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', text: 'x'.repeat(700) }],
  });
  return Array.from({ length: exchanges }, (_one, index) => ({
    kind: 'webhook',
    atMs: index * 1_000,
    number: index + 1,
    from: 'meta',
    to: 'sut',
    about: 'messages',
    exchange: { title: 'webhook messages → POST http://127.0.0.1/', sent: body, answered: '200' },
    fine: true,
  }));
}
