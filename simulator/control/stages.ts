/** Plays what an operator sends: a whole scenario, or further steps of the one that was set up last. */
import { renderDiagnostic } from '../../scenarios/language/diagnostics.ts';
import { parseScenario } from '../../scenarios/language/parse.ts';
import { isExpectation, type Scenario } from '../../scenarios/language/scenario.ts';
import type { Cast, StepResult, WorldHandle } from '../index.ts';
import { BadRequest } from './bad-request.ts';

/** What is on stage in a world. */
interface Stage {
  /** The scenario's keys beside its steps, as JSON; further steps are read with them. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly cast: Cast;
}

export interface Stages {
  /**
   * @param body - YAML text, or the same as JSON; to go `on`, `{steps: […]}` is enough
   * @throws {@link BadRequest} with every finding, by line and column
   */
  perform(world: WorldHandle, body: unknown, how: 'anew' | 'on'): Promise<object>;
}

export function createStages(obligations: ReadonlySet<string>): Stages {
  const stages = new WeakMap<WorldHandle, Stage>();

  const read = (text: string, messages: Iterable<string>): Scenario => {
    const parsed = parseScenario(text, 'request', 'request', { obligations, messages });
    if ('scenario' in parsed) return parsed.scenario;
    throw new BadRequest(parsed.diagnostics.map((finding) => renderDiagnostic(finding, text)).join('\n\n'));
  };

  return {
    async perform(world, body, how) {
      const known = stages.get(world);
      if (how === 'on' && !known)
        throw new BadRequest('Nothing is set up here: POST …/scenario comes first.');
      const text =
        how === 'on' ? JSON.stringify({ ...known?.header, ...asObject(body) }, null, 1) : asText(body);
      const scenario = read(text, how === 'on' && known ? known.cast.messages.keys() : []);
      const stage =
        how === 'on' && known ? known : { header: await headerOf(text), cast: world.stage(scenario) };
      stages.set(world, stage);
      return { ...describeCast(stage.cast), steps: await playAll(world, scenario, stage.cast) };
    },
  };
}

async function playAll(world: WorldHandle, scenario: Scenario, cast: Cast): Promise<object[]> {
  const results: object[] = [];
  for (const step of scenario.steps) {
    // Judging is the runner's; an operator looks for himself.
    if (isExpectation(step)) continue;
    const result: StepResult = await world.play(step, cast);
    if (result.kind === 'mistaken') throw new BadRequest(`${step.does}: ${result.mistake.message}`);
    results.push({ step: step.does, ...result });
  }
  return results;
}

const describeCast = ({ phoneNumberId, wabaId, displayPhoneNumber, customers, messages }: Cast): object => ({
  phoneNumberId,
  wabaId,
  displayPhoneNumber,
  customers,
  messages: Object.fromEntries(messages),
});

const asText = (body: unknown): string =>
  typeof body === 'string' ? body : JSON.stringify(body ?? {}, null, 1);

function asObject(body: unknown): object {
  if (typeof body === 'object' && body !== null) return body;
  throw new BadRequest('Send JSON: {"steps": [ … ]}.');
}

/** Everything but the steps and what they would prove; YAML is a superset of JSON, so one reader serves both. */
async function headerOf(text: string): Promise<Record<string, unknown>> {
  const { parse } = await import('yaml');
  const { steps: _steps, obligations: _obligations, ...header } = parse(text) as Record<string, unknown>;
  return header;
}
