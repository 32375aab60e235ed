import { describe, expect, test } from 'vitest';
import type { Report } from '../judge/verdict.ts';
import { renderJunit } from './junit.ts';
import { renderBadge } from './badge.ts';
import { renderAnnotations } from './github.ts';
import { renderMarkdown } from './markdown.ts';
import { createProgress } from './progress.ts';
import { redact } from './redact.ts';
import { plain, renderText } from './text.ts';

const obligation = (id: string, verdict: Report['obligations'][number]['verdict']) => ({
  id,
  statement: `It MUST keep ${id}.`,
  level: 'MUST' as const,
  profile: 'automation',
  source: { page: 'Meta: a page', url: 'https://example.com/page', evidence: 'documented' as const },
  fix: 'Mend it.',
  verdict,
  scenarios: ['echoes/x'],
});

const report: Report = {
  coex: '1.0.0',
  seed: 'coex',
  config: 'c.yaml',
  exitCode: 1,
  tookMs: 2_100,
  at: '2026-11-27T09:00:00.000Z',
  outdatedWaivers: [],
  unplayed: [],
  scenarios: [
    {
      id: 'echoes/x',
      title: 'X happens',
      file: 'scenarios/echoes/x.yaml',
      verdict: 'fail',
      tookMs: 2_000,
      obligations: [
        { id: 'kept-one', verdict: 'pass' },
        { id: 'broken-one', verdict: 'fail' },
        { id: 'unseen-one', verdict: 'not-observed' },
      ],
    },
  ],
  obligations: [
    obligation('kept-one', 'pass'),
    obligation('broken-one', 'fail'),
    obligation('unseen-one', 'not-observed'),
  ],
  findings: [
    {
      obligation: 'broken-one',
      verdict: 'fail',
      scenario: 'echoes/x',
      file: 'scenarios/echoes/x.yaml',
      at: { line: 12, column: 5 },
      step: 'expect.noCall',
      expected: 'no messages call to ana for 2 s',
      happened: 'there was one:\nPOST messages',
      exchanges: [{ title: 'POST /v23.0/1/messages', sent: '{"to":"<55>"}', answered: '200 {}' }],
      replay: 'npx coex run scenarios/echoes/x.yaml --config c.yaml --seed coex',
    },
    {
      obligation: 'unseen-one',
      verdict: 'not-observed',
      scenario: 'echoes/x',
      file: 'scenarios/echoes/x.yaml',
      expected: 'an answer of the probe',
      happened: 'no probe “sync” is configured',
      exchanges: [],
      replay: 'npx coex run scenarios/echoes/x.yaml',
    },
  ],
  ownFaults: [],
  mistakes: [],
  notices: [],
};

test('the text for people', () => {
  expect(renderText(report)).toBe(`  ✓ kept-one
  ✗ broken-one  broken
  – unseen-one  not observed

  not observed: unseen-one, since no probe “sync” is configured

1) broken-one: broken
   rule     It MUST keep broken-one. (MUST)
   scenario echoes/x
   at       scenarios/echoes/x.yaml:12:5  expect.noCall
   expected no messages call to ana for 2 s
   happened there was one:
            POST messages
   source   documented · Meta: a page · https://example.com/page
   mend     Mend it.
   replay   npx coex run scenarios/echoes/x.yaml --config c.yaml --seed coex
   │ POST /v23.0/1/messages
   │   → {"to":"<55>"}
   │   ← 200 {}

1 scenario · 3 obligations: 1 kept, 1 broken, 1 not observed
`);
});

test('what is ours and what is a mistake is told apart', () => {
  const exchange = { title: 'webhook messages', sent: '{}', answered: '200' };
  const text = renderText({
    ...report,
    findings: [],
    mistakes: [
      { scenario: 'x', place: 'x.yaml:1:1', message: 'No such customer.', hint: 'Did you mean “ana”?' },
    ],
    ownFaults: [
      { scenario: 'x', what: 'webhook messages', message: '/a is missing', place: 'x.yaml', exchange },
    ],
    notices: ['It died.'],
  });
  expect(text).toContain('Mistake in x.yaml:1:1: No such customer.\n  Did you mean “ana”?');
  expect(text).toContain('A fault of coex, not of your system: webhook messages in x.yaml: /a is missing');
  expect(text).toContain('\n\nIt died.\n');
});

test('JUnit: broken is a failure, the unseen is skipped, markup is escaped', () => {
  const [finding, ...others] = report.findings;
  const xml = renderJunit({ ...report, findings: [{ ...finding!, expected: 'no <call>' }, ...others] });
  expect(xml).toContain('<testsuites name="coex" tests="3" failures="1" errors="0" skipped="1">');
  expect(xml).toMatch(/<testcase [^>]*name="kept-one"[^>]*\/>/);
  expect(xml).toContain('type="broken"');
  expect(xml).toContain('<skipped/>');
  expect(xml).toContain('message="expected no &lt;call&gt;;');
});

test('JUnit takes what a process wrote, control characters too', () => {
  const [finding] = report.findings;
  const xml = renderJunit({ ...report, findings: [{ ...finding!, happened: 'a\u0000\u001bb' }] });
  expect(xml).toContain('a··b');
});

describe('secrets', () => {
  const token = `EAA${'x'.repeat(60)}`;
  test.each([
    ['by value', 'it is s3cret-value', ['s3cret-value'], 'it is [hidden]'],
    ['by its looks', `Bearer ${token}`, [], 'Bearer [hidden]'],
    ['in a query', '/oauth?client_secret=abc&code=1', [], '/oauth?client_secret=[hidden]&code=1'],
    ['in JSON', '{"access_token":"abc","x":1}', [], '{"access_token":"[hidden]","x":1}'],
    ['in JSON within JSON', String.raw`"{\"pin\":\"123456\"}"`, [], String.raw`"{\"pin\":\"[hidden]\"}"`],
    ['words too short to be secrets stay', 'ok then', ['ok'], 'ok then'],
  ])('%s', (_what, text, secrets, clean) => {
    expect(redact({ deep: [text] }, secrets)).toEqual({ deep: [clean] });
  });
});

describe('progress', () => {
  const play = (live?: { columns: number }) => {
    let written = '';
    const progress = createProgress({
      write: (text) => (written += text),
      style: plain,
      total: 2,
      ...(live && { live }),
    });
    progress.started('a');
    progress.finished({ id: 'a', tookMs: 12, verdict: 'pass' });
    progress.end();
    return written;
  };

  test('plain lines where nothing can be rewritten', () => {
    expect(play()).toBe('  ✓ a 12 ms\n');
  });

  test('a live line on a terminal, gone at the end', () => {
    const written = play({ columns: 80 });
    expect(written).toContain('  ░░░░░░░░░░░░░░░░░░░░ 0/2 a');
    expect(written).toContain('  ██████████░░░░░░░░░░ 1/2 ');
    expect(written).toContain('  ✓ a 12 ms\n');
    expect(written.endsWith('\r\u001b[2K')).toBe(true);
  });
});

describe('for a forge', () => {
  const strange: Report = {
    ...report,
    findings: report.findings.map((finding) => ({
      ...finding,
      happened: 'it said <img src=x onerror=alert(1)>, 100%\n::error::no ``` fence | holds',
    })),
    outdatedWaivers: [{ place: 'b.yaml:3:3', obligation: 'kept-one', why: 'kept' }],
  };

  test('Markdown: verdict, findings, the table; what a system says stays text', () => {
    const page = renderMarkdown(strange);
    expect(page).toMatch(
      /^## coex: broken\n\n1 scenario · 3 obligations: 1 kept, 1 broken, 1 not observed\n/,
    );
    expect(page).toContain('### ❌ broken-one: broken');
    expect(page).toContain('| ✅ kept | `kept-one` | MUST | automation |');
    expect(page).toContain('**Baseline** b.yaml:3:3: kept-one is kept now');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('undefined');
  });

  test('annotations: one line each, whatever is in them', () => {
    const lines = renderAnnotations(strange).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe(
      '::error file=b.yaml,line=3,col=3,title=Baseline%3A kept-one::It is kept now; take the entry out.',
    );
    expect(lines[1]).toMatch(
      /^::error file=scenarios\/echoes\/x\.yaml,line=12,col=5,title=broken-one%3A broken::expected .*100%25%0A::error::no/,
    );
    expect(renderAnnotations({ ...report, findings: [] })).toBe('');
  });

  test.each<[Partial<Report>, string, string]>([
    [{}, '1 of 2 kept', '#dd4343'],
    [{ exitCode: 0, obligations: [obligation('a', 'pass')] }, '1 of 1 kept', '#4b0'],
    [{ exitCode: 0, obligations: [obligation('a', 'waived')] }, '0 of 1 kept', '#d8b800'],
    [{ exitCode: 3 }, 'inconclusive', '#939393'],
    [{ exitCode: 0, obligations: [] }, 'kept', '#4b0'],
  ])('badge of %j: %s', (more, message, colour) => {
    const svg = renderBadge({ ...report, ...more });
    expect(svg).toMatch(/^<svg .*<\/svg>$/s);
    expect(svg).toContain(`coexistence: ${message}`);
    expect(svg).toContain(colour);
  });
});
