/** A tape is enough: judged again from it, every scenario has the verdict it had when it was played. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { obligations, packageRoot } from '../../contracts/catalogue.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';
import { libraryFiles, loadConfig, loadScenarios } from '../cli/files.ts';
import type { ScenarioFacts } from '../judge/facts.ts';
import { judgeObligation } from '../judge/judge-scenario.ts';
import type { Tape } from '../judge/tape.ts';
import { rewatch, TapeError } from '../observe/rewatch.ts';
import { runScenarios } from './run-scenarios.ts';

const ids = obligations().map(({ id }) => id);
const library = loadScenarios(libraryFiles(packageRoot()), ids);
const specimen = path.join(packageRoot(), 'runner/specimens/conforming/coex.config.yaml');

async function playTaped(scenarios: readonly Scenario[], defect?: string): Promise<readonly ScenarioFacts[]> {
  const env = { ...process.env, ...(defect !== undefined && { SPECIMEN_DEFECT: defect }) };
  const config = loadConfig(specimen, { cwd: packageRoot(), env });
  const { scenarios: played } = await runScenarios({
    config,
    scenarios,
    seed: 'coex',
    jobs: 16,
    selfCheck: false,
    environment: env,
    nowMs: Date.now,
    tape: true,
  });
  return played;
}

/** As a file would give it back. */
const stored = ({ id, tape }: ScenarioFacts): Tape => {
  if (!tape) throw new Error(`No tape of ${id}.`);
  return JSON.parse(JSON.stringify(tape)) as Tape;
};

const verdictsOf = (facts: ScenarioFacts) =>
  Object.fromEntries(
    facts.obligations.map((id) => {
      const { verdict, reason } = judgeObligation(facts, id);
      return [id, { verdict, decidedBy: reason?.kind === 'fact' ? reason.fact.at.line : reason?.kind }];
    }),
  );

async function expectSameVerdicts(played: readonly ScenarioFacts[]): Promise<number> {
  let failed = 0;
  for (const facts of played) {
    const scenario = library.find(({ id }) => id === facts.id);
    if (!scenario) throw new Error(`No scenario ${facts.id}.`);
    const again = await rewatch(scenario, stored(facts));
    const seen = verdictsOf(facts);
    expect({ [facts.id]: verdictsOf(again) }).toEqual({ [facts.id]: seen });
    failed += Object.values(seen).filter(({ verdict }) => verdict === 'fail').length;
  }
  return failed;
}

test('the whole library, by a conforming system', async () => {
  const played = await playTaped(library);
  expect(played).toHaveLength(library.length);
  expect(await expectSameVerdicts(played)).toBe(0);
}, 120_000);

test.each([
  'echo-is-not-answered',
  'bad-signature-is-refused',
  'handshake-checks-the-token',
  'rate-limit-is-backed-off',
  'webhook-is-acknowledged',
  'sending-stops-after-disconnection',
  'cancelled-signup-changes-nothing',
  'token-is-never-logged',
  'redelivery-is-stored-once',
])(
  'a system that breaks %s',
  async (defect) => {
    const scenarios = library.filter((one) => one.obligations.includes(defect));
    expect(scenarios.length).toBeGreaterThan(0);
    const played = await playTaped(scenarios, defect);
    expect(await expectSameVerdicts(played)).toBeGreaterThan(0);
  },
  60_000,
);

test('a tape with a hole is none', async () => {
  const [facts] = await playTaped(
    library.filter(({ id }) => id === 'echoes/a-photo-from-the-phone-silences-the-bot').slice(0, 1),
  );
  const [scenario] = library.filter(({ id }) => id === facts?.id);
  if (!facts || !scenario) throw new Error('Nothing was played.');
  const tape = stored(facts);
  const withoutExchange = { ...tape, exchanges: tape.exchanges.slice(1) };
  const withoutStep = { ...tape, moments: tape.moments.slice(1) };
  const cutShort = { ...tape, moments: tape.moments.slice(0, -1) };
  const withoutLast = { ...tape, exchanges: tape.exchanges.slice(0, -1) };
  for (const broken of [withoutExchange, withoutStep, cutShort, withoutLast])
    await expect(rewatch(scenario, broken)).rejects.toThrow(TapeError);
});
