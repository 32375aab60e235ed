/** Plays what an operator sends: a whole scenario, or further steps of the one that was set up last. */
import { renderDiagnostic } from '../../scenarios/language/diagnostics.ts';
import { parseScenario, type Known } from '../../scenarios/language/parse.ts';
import { isExpectation, type Scenario } from '../../scenarios/language/scenario.ts';
import type { Cast, WorldHandle } from '../index.ts';
import { BadRequest } from './bad-request.ts';

/**
 * Sets a number, its customers and history up as a scenario says, and plays its acting steps.
 *
 * @param body - YAML text, or the same as JSON
 * @throws {@link BadRequest} with every finding, by line and column
 */
export async function performScenario(world: WorldHandle, body: unknown, known: Known): Promise<object> {
  const scenario = read(asText(body), known);
  return playAll(world, scenario, world.stage(scenario));
}

/**
 * Plays further steps with the number and customers that were set up last.
 *
 * @param body - `steps: […]`, as YAML text or JSON; customers and messages go by the names they have
 * @throws {@link BadRequest} as above, and where nothing was set up
 */
export async function performSteps(world: WorldHandle, body: unknown, known: Known): Promise<object> {
  const { cast } = world;
  if (!cast) throw new BadRequest('Nothing is set up here: POST …/scenario comes first.');
  const scenario = read(`scenario: further steps\n${asText(body)}`, {
    ...known,
    customers: Object.keys(cast.customers),
    messages: cast.messages.keys(),
  });
  return playAll(world, scenario, cast);
}

function read(text: string, known: Known): Scenario {
  const parsed = parseScenario(text, 'request', 'request', known);
  if ('scenario' in parsed) return parsed.scenario;
  throw new BadRequest(parsed.diagnostics.map((finding) => renderDiagnostic(finding, text)).join('\n\n'));
}

async function playAll(world: WorldHandle, scenario: Scenario, cast: Cast): Promise<object> {
  const steps: object[] = [];
  for (const step of scenario.steps) {
    // Judging is the runner's; an operator looks for himself.
    if (isExpectation(step)) continue;
    const result = await world.play(step, cast);
    if (result.kind === 'mistaken') throw new BadRequest(`${step.does}: ${result.mistake.message}`);
    steps.push({ step: step.does, ...result });
  }
  const { phoneNumberId, wabaId, displayPhoneNumber, customers, messages } = cast;
  return {
    phoneNumberId,
    wabaId,
    displayPhoneNumber,
    customers,
    messages: Object.fromEntries(messages),
    steps,
  };
}

/** YAML as it came, or JSON as the YAML it also is, a key a line so that places can be named. */
const asText = (body: unknown): string =>
  typeof body === 'string'
    ? body
    : Object.entries(body ?? {})
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
        .join('\n');
