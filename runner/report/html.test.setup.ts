/** Reports and transcripts of any size, with texts that would do harm where somebody forgot to escape them. */
import type { Transcript, TranscriptEntry } from '../judge/transcript.ts';
import type { Report, Verdict } from '../judge/verdict.ts';

export const hostile = '</script><script>window.harmed=1</script><img src=x onerror="window.harmed=1">\u2028';

const verdicts: readonly Verdict[] = [
  'pass',
  'pass',
  'pass',
  'fail',
  'not-observed',
  'inconclusive',
  'waived',
];
const profiles = ['receiver', 'sender', 'automation', 'inbox', 'onboarder'];
const folders = ['echoes', 'history', 'messages', 'adversity'];

/** @param count - of obligations; there are twice as many scenarios */
export function reportOf(count: number): Report {
  const verdictAt = (index: number): Verdict => verdicts[index % verdicts.length] ?? 'pass';
  const scenarios = Array.from({ length: count * 2 }, (_one, index) => ({
    id: `${folders[index % folders.length] ?? ''}/scenario-number-${index}`,
    title: index === 0 ? hostile : `What happens in ${index}`,
    file: `scenarios/scenario-number-${index}.yaml`,
    verdict: verdictAt(index),
    tookMs: 12,
    obligations: [{ id: `obligation-${index % count}-is-kept`, verdict: verdictAt(index) }],
  }));
  return {
    coex: '1.0.0',
    at: '2026-11-27T09:00:00.000Z',
    seed: 'coex',
    config: 'coex.config.yaml',
    exitCode: 1,
    tookMs: 12_345,
    scenarios: [
      ...scenarios,
      { id: 'own', title: 'One of our own', file: 'own.yaml', verdict: 'pass', tookMs: 3, obligations: [] },
    ],
    obligations: Array.from({ length: count }, (_one, index) => ({
      id: `obligation-${index}-is-kept`,
      statement: `A system MUST keep number ${index}${index === 3 ? hostile : ''}.`,
      level: index % 5 === 0 ? ('SHOULD' as const) : ('MUST' as const),
      profile: profiles[index % profiles.length] ?? '',
      source: { page: 'Meta: a page', url: 'https://example.com/page', evidence: 'documented' as const },
      fix: 'Mend it.',
      verdict: verdictAt(index),
      scenarios: scenarios.filter((_scenario, at) => at % count === index).map(({ id }) => id),
    })),
    findings: scenarios
      .filter(({ verdict }) => verdict !== 'pass')
      .map(({ id, file, verdict, obligations }) => ({
        obligation: obligations[0]?.id ?? '',
        verdict: verdict as 'fail',
        scenario: id,
        file,
        at: { line: 9, column: 5 },
        step: 'expect.noCall',
        expected: 'no messages call to ana for 2 s',
        happened: `there was one: ${hostile}`,
        exchanges: [],
        replay: `npx coex run ${file}`,
      })),
    ownFaults: [],
    mistakes: [],
    outdatedWaivers: [],
    unplayed: [],
    notices: [`Something about the run: ${hostile}`],
  };
}

/** @param exchanges - of each scenario */
export function transcriptsOf(report: Report, exchanges: number): readonly Transcript[] {
  return report.scenarios.map(({ id }) => ({
    scenario: id,
    people: { ana: '5511987654321' },
    entries: Array.from({ length: exchanges / 2 }, (_one, index) => roundOf(index)).flat(),
  }));
}

const startMs = Date.parse('2026-11-13T09:00:00Z');

function roundOf(index: number): readonly TranscriptEntry[] {
  const atMs = startMs + index * 86_400_000;
  const line = 5 + index * 4;
  const body = JSON.stringify({ text: { body: `Oi ${index} ${hostile}` } });
  return [
    {
      kind: 'step',
      atMs,
      line,
      does: 'customer.sends',
      text: 'customer.sends: { from: ana, text: Oi }',
      by: 'customer',
    },
    {
      kind: 'webhook',
      atMs,
      number: index * 2 + 1,
      from: 'meta',
      to: 'sut',
      about: 'messages',
      exchange: { title: 'webhook messages → POST http://127.0.0.1/', sent: body, answered: '200' },
      fine: true,
    },
    {
      kind: 'call',
      atMs,
      number: index * 2 + 2,
      from: 'sut',
      to: 'meta',
      about: 'POST messages',
      exchange: { title: 'POST /v23.0/1/messages', sent: body, answered: '400 {"error":{"code":131047}}' },
      fine: false,
    },
    {
      kind: 'expectation',
      atMs,
      line: 9,
      does: 'expect.noCall',
      text: 'expect.noCall: { edge: messages, to: ana, for: 2s }',
      role: 'proof',
      sight: 'broken',
      expected: 'no messages call to ana for 2 s',
      happened: hostile,
    },
    { kind: 'step', atMs, line: line + 2, does: 'time.passes', text: 'time.passes: 1d', by: 'time' },
    {
      kind: 'step',
      atMs: atMs + 86_400_000,
      line: line + 3,
      does: 'app.sends',
      text: 'app.sends: { to: ana, text: Olá }',
      by: 'phone',
    },
  ];
}
