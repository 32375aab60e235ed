/** `expect.call` and `expect.noCall`. */
import type { CallMatch } from '../../scenarios/language/scenario.ts';
import type { Exchange } from '../../simulator/index.ts';
import type { Seen, Sight } from '../judge/facts.ts';
import { showDuration } from '../plan/duration.ts';
import { describeCall, describeCalls, describeMatch, lastWebhook, nobodyThere } from './describe.ts';
import { fitsCall, isSutCall } from './match.ts';
import type { Scene } from './scene.ts';
import { nearMisses } from './near-misses.ts';
import { waitFor } from './wait.ts';

interface CallExpectation {
  readonly match: CallMatch;
  readonly as?: string;
  readonly count: number;
  readonly withinMs: number;
}

/** Waits until so many fitting calls were made, and consumes them: a later expectation does not see them. */
export async function expectCall(scene: Scene, step: CallExpectation): Promise<Sight> {
  const fitting = (): readonly Exchange[] => fit(scene, scene.view.sinceRow(), step.match);
  const enough = await waitFor(scene.world, {
    withinMs: step.withinMs,
    signal: scene.signal,
    look: () => (fitting().length >= step.count ? fitting().slice(0, step.count) : undefined),
  });
  if (enough) {
    scene.view.consume(enough);
    if (step.as !== undefined) name(scene, step.as, enough[0]);
    return { kind: 'kept' };
  }
  const times = step.count === 1 ? 'a' : `${step.count} times a`;
  const expected = `${times} ${describeMatch(step.match)} within ${showDuration(step.withinMs)}`;
  return missing(scene, expected, fitting(), step.match);
}

/** Later steps can speak of what the system sent, if it was accepted. */
function name(scene: Scene, as: string, call: Exchange | undefined): void {
  const answer = call?.kind === 'graph' ? (call.answer as SendAnswer | null) : null;
  const id = answer?.messages?.[0]?.id;
  if (id !== undefined) scene.cast.messages.set(as, id);
}

interface SendAnswer {
  readonly messages?: readonly { readonly id?: string }[];
}

function missing(scene: Scene, expected: string, fitting: readonly Exchange[], match: CallMatch): Sight {
  const seen = scene.view.sinceRow();
  const some = `only ${fitting.length} such ${fitting.length === 1 ? 'call was' : 'calls were'} made`;
  const others = seen.filter((one) => !fitting.includes(one));
  const close = nearMisses(
    others,
    match,
    match.to === undefined ? undefined : scene.cast.customers[match.to],
  );
  const told = fitting.length > 0 ? some : describeCalls(seen);
  const happened = [
    close.length === 0 ? told : `${told}; closest:`,
    ...close.map((line) => `- ${line}`),
  ].join('\n');
  const exchanges = withCause(
    seen,
    seen.filter(({ kind }) => kind === 'graph'),
  );
  return nobodyThere(seen)
    ? { kind: 'unreachable', expected, happened: 'the system under test could not be reached', exchanges }
    : { kind: 'broken', expected, happened, exchanges };
}

interface NoCallExpectation {
  readonly match: CallMatch;
  readonly forMs: number;
}

/** Waits the whole time, for what must not come may come late. */
export async function expectNoCall(scene: Scene, step: NoCallExpectation): Promise<Sight> {
  const violation = await waitFor(scene.world, {
    withinMs: step.forMs,
    signal: scene.signal,
    look: () => fit(scene, scene.view.sinceAct(), step.match)[0],
  });
  const seen = scene.view.sinceAct();
  const expected = `no ${describeMatch(step.match)} for ${showDuration(step.forMs)}`;
  if (violation) {
    const happened = `there was one: ${violation.kind === 'graph' ? describeCall(violation) : ''}`;
    return { kind: 'broken', expected, happened, exchanges: withCause(seen, [violation]) };
  }
  return nobodyThere(seen) ? unreached(expected, seen) : { kind: 'kept' };
}

const unreached = (expected: string, seen: readonly Exchange[]): Sight => ({
  kind: 'unreachable',
  expected,
  happened: 'the system under test could not be reached, so its silence says nothing',
  exchanges: withCause(seen, []),
});

const fit = (scene: Scene, exchanges: readonly Exchange[], match: CallMatch): readonly Exchange[] => {
  const to = match.to === undefined ? undefined : scene.cast.customers[match.to];
  const end = match.before === undefined ? Infinity : firstSuccess(scene, match.before);
  return exchanges.filter((exchange) => exchange.number < end && fitsCall(exchange, match, to));
};

/** Number of the first POST of an edge that was answered well; nothing comes before a call that was never made. */
const firstSuccess = (scene: Scene, edge: string): number =>
  scene.world.journal
    .since(0)
    .find((one) => isSutCall(one) && one.method === 'POST' && one.edge === edge && one.status < 300)
    ?.number ?? 0;

/** What is shown: the webhook that went before, then the calls. */
function withCause(seen: readonly Exchange[], calls: readonly Exchange[]): Seen['exchanges'] {
  const before = calls[0] ? seen.filter(({ number }) => number < (calls[0]?.number ?? 0)) : seen;
  const cause = lastWebhook(before) ?? lastWebhook(seen);
  return cause ? [cause, ...calls.slice(0, 2)] : calls.slice(0, 3);
}
