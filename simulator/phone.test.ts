/** The phone beyond chats, played as scenarios do: what the app does unasked, and what stops an onboarding. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseScenario } from '../scenarios/language/parse.ts';
import type { ActingStep } from '../scenarios/language/scenario.ts';
import { createSimulator, type Cast, type Simulator, type StepResult } from './index.ts';
import { phoneView } from './phone.ts';

let simulator: Simulator;
let cast: Cast;
beforeEach(async () => {
  simulator = await createSimulator({ chats: true });
});
afterEach(() => simulator.close());

const world = () => simulator.defaultWorld;
const read = (text: string) => {
  const parsed = parseScenario(text, 'x', 'x', { obligations: new Set() });
  if (!('scenario' in parsed)) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.scenario;
};

/** Sets a number up, plays steps on it, and gives what came of the last one. */
async function play(state: string, ...steps: readonly string[]): Promise<StepResult> {
  const scenario = read(
    `scenario: x\nnumber: ${state}\ncustomers: { ana: {} }\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`,
  );
  cast = world().stage(scenario);
  let result: StepResult = { kind: 'done' };
  for (const step of scenario.steps) result = await world().play(step as ActingStep, cast);
  return result;
}
const bubbles = () => world().chats?.list()[0]?.messages ?? [];
const texts = () => bubbles().map(({ text }) => text);
const phone = () => phoneView(world().world, world().world.phoneNumbers.get(cast.phoneNumberId)!);

const hello = 'customer.sends: { from: ana, text: Hello }';
const greets = 'app.automates: { message: greeting, text: Welcome }';
const away = 'app.automates: { message: away, text: Away }';

describe('automatic messages', () => {
  it.each<[string, string[], string[]]>([
    [
      'nobody who writes again within 14 days is greeted',
      [greets, hello, 'time.passes: 13d', hello],
      ['Hello', 'Welcome', 'Hello'],
    ],
    [
      'but whoever was silent for 14 days',
      [greets, hello, 'time.passes: 14d', hello],
      ['Hello', 'Welcome', 'Hello', 'Welcome'],
    ],
    [
      'nor anybody to whom the owner wrote meanwhile',
      [greets, 'app.sends: { to: ana, text: Hi }', 'time.passes: 1d', hello],
      ['Hi', 'Hello'],
    ],
    [
      'nobody hears twice in a day that the owner is away',
      [away, hello, 'time.passes: 1h', hello],
      ['Hello', 'Away', 'Hello'],
    ],
    [
      'and everybody hears it again after one',
      [away, hello, 'time.passes: 2d', hello],
      ['Hello', 'Away', 'Hello', 'Away'],
    ],
    ['what is turned off is not written', [greets, 'app.automates: { message: greeting }', hello], ['Hello']],
  ])('%s', async (_what, steps, wanted) => {
    await play('coexistence', ...steps, 'time.passes: 5s');
    expect(texts()).toEqual(wanted);
  });

  it('are told to the API as the owner’s own, 2 s later', async () => {
    await play('coexistence', greets, hello, 'time.passes: 1999ms');
    expect(texts()).toEqual(['Hello']);
    await world().advance(1);
    expect(bubbles()[1]).toMatchObject({ by: 'app', text: 'Welcome', automatic: 'greeting', seen: 'whole' });
    expect(phone()).toMatchObject({ greeting: 'Welcome' });
    expect(phone()).not.toHaveProperty('away');
  });

  it.each(['fresh', 'cloud-api'])('are nothing that a number has which is %s', async (state) => {
    expect(await play(state, greets)).toMatchObject({ kind: 'mistaken' });
  });
});

describe('linked devices', () => {
  it('are four at most, and unlinked by connecting', async () => {
    const all = ['web', 'mac', 'windows', 'wear-os'].map((device) => `app.links: { device: ${device} }`);
    await play('app-only', ...all, 'app.unlinks: { device: mac }', 'app.links: { device: web }');
    expect(phone().devices).toEqual(['web', 'windows', 'wear-os']);
    await play('app-only', ...all, 'signup.completes');
    expect(phone().devices).toEqual([]);
  });
});

describe('reading on the phone', () => {
  it('is seen by the customer, keeps the phone in use, and reaches nobody else', async () => {
    await play('coexistence', hello, 'time.passes: 13d', 'app.reads: { from: ana }');
    expect(bubbles()[0]).toMatchObject({ status: 'read' });
    const before = world().journal.newest;
    await world().advance(2 * 86_400_000);
    expect(phone().state).toBe('coexistence');
    expect(world().journal.newest).toBe(before);
  });
});

describe('an onboarding', () => {
  it.each([
    ['app-version', 3441045],
    ['account-type', 3441042],
    ['other-partner', 2655093],
    ['other-account', 3441041],
    ['activity', 0],
    ['country', 0],
  ])('is refused for %s with %i, until nothing stands in its way', async (by, code) => {
    const refused = await play('app-only', `signup.blocks: { by: ${by} }`, 'signup.completes');
    expect(refused).toMatchObject({ kind: 'refused', refusal: { code } });
    expect(phone()).toMatchObject({ state: 'app-only', obstacle: by });
    const done = await play(
      'app-only',
      `signup.blocks: { by: ${by} }`,
      'signup.blocks: { by: nothing }',
      'signup.completes',
    );
    expect(done.kind).toBe('signup');
  });

  it.each(['coexistence', 'fresh', 'cloud-api'])('cannot begin for a number that is %s', async (state) => {
    await play(state, 'client.calls: { method: GET, path: /me, answers: { status: 200 } }');
    const begin = { type: 'begin-signup', phoneNumberId: cast.phoneNumberId, appId: cast.appId };
    expect(world().execute(begin)).toMatchObject({ kind: 'refused' });
  });

  it('is agreed to once: the choice about chats is permanent', async () => {
    await play('app-only', 'app.opens');
    const { phoneNumberId, appId } = cast;
    const confirm = (history: string) =>
      world().execute({ type: 'confirm-signup', phoneNumberId, history } as never);
    expect(confirm('shared')).toMatchObject({ kind: 'mistaken' });
    world().execute({ type: 'begin-signup', phoneNumberId, appId } as never);
    expect(phone().connecting).toEqual({ partner: 'System under test' });
    expect(confirm('declined')).toMatchObject({ kind: 'accepted' });
    expect(phone().connecting?.code).toMatch(/^\d{6}$/);
    expect(confirm('shared')).toMatchObject({ kind: 'mistaken' });
    world().execute({ type: 'abandon-signup', phoneNumberId } as never);
    expect(phone()).not.toHaveProperty('connecting');
  });
});
