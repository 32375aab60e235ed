/** Plays what an operator sends: a whole scenario, further steps of the one that was set up last, more customers. */
import { parse as parseYaml } from 'yaml';
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
  const text = asText(body);
  const scenario = read(text, known);
  const cast = world.stage(scenario);
  const { steps: _steps, ...setup } = parseYaml(text) as Record<string, unknown>;
  world.remember({ setup });
  return playAll(world, scenario, cast, text);
}

/**
 * Plays further steps with the number and customers that were set up last.
 *
 * @param body - `steps: […]`, as YAML text or JSON; customers go by the names they have, messages by theirs or by wamid
 * @throws {@link BadRequest} as above, and where nothing was set up
 */
export async function performSteps(world: WorldHandle, body: unknown, known: Known): Promise<object> {
  const cast = castOf(world);
  const text = `scenario: further steps\n${asText(body)}`;
  const scenario = read(text, {
    ...known,
    customers: Object.keys(cast.customers),
    messages: [...cast.messages.keys(), ...(text.match(/wamid\.[\w+/=-]+/g) ?? [])],
  });
  return playAll(world, scenario, cast, text);
}

/**
 * Adds customers, written as under `customers:` in a scenario.
 *
 * @throws {@link BadRequest} as above, and for a name that is taken
 */
export function addCustomers(world: WorldHandle, body: unknown, known: Known): object {
  const cast = castOf(world);
  const text = `scenario: more customers\ncustomers: ${JSON.stringify(body ?? {})}\nsteps: [app.opens]`;
  const { customers } = read(text, known);
  for (const name of Object.keys(customers))
    if (Object.hasOwn(cast.customers, name)) throw new BadRequest(`There is a customer “${name}” already.`);
  for (const [name, setup] of Object.entries(customers)) {
    world.join(name, setup, cast);
    world.remember({ customer: name, is: (body as Record<string, unknown>)[name] });
  }
  return { customers: cast.customers };
}

function castOf({ cast }: WorldHandle): Cast {
  if (!cast) throw new BadRequest('Nothing is set up here: POST …/scenario comes first.');
  return cast;
}

function read(text: string, known: Known): Scenario {
  const parsed = parseScenario(text, 'request', 'request', known);
  if ('scenario' in parsed) return parsed.scenario;
  throw new BadRequest(parsed.diagnostics.map((finding) => renderDiagnostic(finding, text)).join('\n\n'));
}

async function playAll(world: WorldHandle, scenario: Scenario, cast: Cast, text: string): Promise<object> {
  const written = (parseYaml(text) as { readonly steps: readonly unknown[] }).steps;
  const steps: object[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    // Judging is the runner's; an operator looks for himself.
    if (isExpectation(step)) continue;
    const exchanges = world.journal.newest;
    const result = await world.play(step, cast);
    if (result.kind === 'mistaken') throw new BadRequest(`${step.does}: ${result.mistake.message}`);
    if (result.kind !== 'refused')
      world.remember({
        step: asMap(written[index]),
        exchanges,
        ...(sentBy(result) && { sent: sentBy(result) }),
      });
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

const sentBy = (result: object): string | undefined => (result as { readonly wamid?: string }).wamid;

/** A bare name is short for a step without arguments. */
const asMap = (step: unknown): unknown => (typeof step === 'string' ? { [step]: {} } : step);

/** YAML as it came, or JSON as the YAML it also is, a key a line so that places can be named. */
const asText = (body: unknown): string =>
  typeof body === 'string'
    ? body
    : Object.entries(body ?? {})
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
        .join('\n');
