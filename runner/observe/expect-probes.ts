/** Expectations about what the system under test shows: conversation, connection, contact and sync. */
import type { Expectation, ShownMessage } from '../../scenarios/language/scenario.ts';
import type { Sight } from '../judge/facts.ts';
import type { ProbeName } from '../plan/config.ts';
import { showDuration } from '../plan/duration.ts';
import type { Values } from '../plan/placeholders.ts';
import { describeShown } from './describe.ts';
import {
  checkConnection,
  checkContact,
  checkConversation,
  checkSync,
  type Checked,
  type InboxMessage,
  type ProbeResults,
} from './probe-results.ts';
import type { Scene } from './scene.ts';
import { waitFor } from './wait.ts';

type Of<Name extends Expectation['does']> = Extract<Expectation, { does: Name }>;

export const expectConversation = (scene: Scene, step: Of<'expect.conversation'>): Promise<Sight> => {
  const { has, lacks, count } = step;
  const wanted = has ?? lacks ?? {};
  if (scene.sut.probes.conversation && !isSelected(scene.sut.probes.conversation, wanted))
    return Promise.resolve({ kind: 'unobservable', probe: 'conversation' });
  const shown = describeShown(wanted);
  const messages = `${count ?? 'a'} ${count === undefined || count === 1 ? 'message' : 'messages'}`;
  return watch(scene, {
    probe: 'conversation',
    expected: `the conversation with ${step.of} to ${lacks ? 'lack' : 'show'} ${messages}${shown === '' ? '' : ` with ${shown}`}`,
    values: customerValues(scene, step.of),
    check: checkConversation,
    empty: [],
    steady: lacks !== undefined || count !== undefined,
    withinMs: step.withinMs,
    holds: (messages) => {
      const found = messages.filter((message) => showsAs(message, wanted, scene)).length;
      if (lacks) return found === 0;
      return count === undefined ? found > 0 : found === count;
    },
    tooFew: (messages) =>
      count !== undefined && messages.filter((message) => showsAs(message, wanted, scene)).length < count,
    happened: describeInbox,
  });
};

export const expectConnection = (scene: Scene, step: Of<'expect.connection'>): Promise<Sight> =>
  watch<ProbeResults['connection']>(scene, {
    probe: 'connection',
    expected: `the number to be shown as ${step.is}`,
    check: checkConnection,
    ...(step.forMs !== undefined && { steadyForMs: step.forMs }),
    withinMs: step.withinMs,
    holds: (connection) => connection === step.is,
    happened: (connection) => (connection ? `it is shown as ${connection}` : 'the number is not known there'),
  });

export const expectContact = (scene: Scene, step: Of<'expect.contact'>): Promise<Sight> =>
  watch<ProbeResults['contact']>(scene, {
    probe: 'contact',
    expected: step.absent
      ? `${step.of} to be no contact any more`
      : `${step.of} to be a contact named “${step.named ?? ''}”`,
    values: customerValues(scene, step.of),
    check: checkContact,
    empty: null,
    steady: step.absent,
    withinMs: step.withinMs,
    holds: (contact) => (step.absent ? contact === null : contact?.name === step.named),
    happened: (contact) => (contact ? `the contact is named “${contact.name}”` : 'there is no such contact'),
  });

export const expectSync = (scene: Scene, step: Of<'expect.sync'>): Promise<Sight> =>
  watch<ProbeResults['sync']>(scene, {
    probe: 'sync',
    expected: `the sync of ${step.of} to be shown as ${step.is}`,
    check: checkSync,
    withinMs: step.withinMs,
    holds: (sync) => sync[step.of] === step.is,
    happened: (sync) => `it is shown as ${sync[step.of] ?? 'nothing'}`,
  });

interface Watch<T> {
  readonly probe: ProbeName;
  readonly expected: string;
  readonly values?: Values;
  readonly check: (value: unknown) => Checked<T>;
  /** What an HTTP 404 means; missing: a failure. */
  readonly empty?: T;
  /** It says that something is not, or not more often: it has to stay so for a while. */
  readonly steady?: boolean;
  /** It has to stay so for that long. */
  readonly steadyForMs?: number;
  readonly withinMs: number;
  readonly holds: (result: T) => boolean;
  readonly tooFew?: (result: T) => boolean;
  readonly happened: (result: T) => string;
}

/** How often an inbox is looked at. */
const everyMs = 250;
/** How long what must not be there has to be away; a duplicate may be stored a moment after the webhook's answer. */
const steadyMs = 2_000;

type Look<T> =
  { readonly kind: 'seen'; readonly result: T } | { readonly kind: 'failed'; readonly reason: string };

/** Looks again and again until it holds (long enough); the last look decides. */
async function watch<T>(scene: Scene, options: Watch<T>): Promise<Sight> {
  if (!scene.sut.probes[options.probe]) return { kind: 'unobservable', probe: options.probe };
  const neededMs = options.steadyForMs ?? (options.steady ? Math.min(steadyMs, options.withinMs) : 0);
  let last: Look<T> = { kind: 'failed', reason: 'it was never asked' };
  let holdsSinceMs: number | undefined;
  const look = async (): Promise<true | undefined> => {
    last = await lookOnce(scene, options);
    if (last.kind === 'failed' || !options.holds(last.result)) {
      holdsSinceMs = undefined;
      return undefined;
    }
    holdsSinceMs ??= performance.now();
    return performance.now() - holdsSinceMs >= neededMs ? true : undefined;
  };
  await waitFor(scene.world, { withinMs: options.withinMs, signal: scene.signal, everyMs, look });
  return judgeLook(last, options);
}

function judgeLook<T>(last: Look<T>, options: Watch<T>): Sight {
  const expected = `${options.expected} within ${showDuration(options.withinMs)}`;
  if (last.kind === 'failed')
    return {
      kind: 'unclear',
      expected,
      happened: `the probe “${options.probe}” failed: ${last.reason}`,
      exchanges: [],
    };
  if (options.holds(last.result)) return { kind: 'kept' };
  return {
    kind: 'broken',
    expected,
    happened: options.happened(last.result),
    exchanges: [],
    ...(options.tooFew && { tooFew: options.tooFew(last.result) }),
  };
}

async function lookOnce<T>(scene: Scene, options: Watch<T>): Promise<Look<T>> {
  const values = { ...scene.sut.values, ...numberValues(scene), ...options.values };
  const answer = await scene.outside.ask(options.probe, values);
  if (answer.kind === 'failed') return answer;
  if (answer.kind === 'nothing') {
    // A probe with a wrong address answers 404 too, so absence is never proven by it.
    if (options.empty !== undefined && !options.steady) return { kind: 'seen', result: options.empty };
    return { kind: 'failed', reason: `${answer.from} answered 404; let it answer an empty result instead` };
  }
  const checked = options.check(answer.value);
  return checked.kind === 'right'
    ? { kind: 'seen', result: checked.result }
    : { kind: 'failed', reason: checked.reason };
}

const numberValues = ({ cast }: Scene): Values => ({
  'phone-number-id': cast.phoneNumberId,
  'waba-id': cast.wabaId,
  'display-phone-number': cast.displayPhoneNumber,
});

/** A customer who hides the number is known by the user id alone. */
function customerValues({ cast, scenario }: Scene, name: string): Values {
  const customer = cast.customers[name];
  if (!customer) return {};
  const hidden = scenario.customers[name]?.hidesNumber === true;
  return { customer: hidden ? customer.userId : customer.waId, 'customer-user-id': customer.userId };
}

/** Everything given must fit; a message that was edited or deleted must say so, one that was not may keep silent. */
export function showsAs(
  message: InboxMessage,
  wanted: ShownMessage,
  { cast, world }: { readonly cast: Pick<Scene['cast'], 'messages'>; readonly world: { nowMs(): number } },
): boolean {
  const { messages } = cast;
  return (
    (wanted.text === undefined || wanted.text === message.text) &&
    (wanted.author === undefined || wanted.author === message.author) &&
    (wanted.message === undefined || messages.get(wanted.message) === message.id) &&
    (wanted.status === undefined || wanted.status === message.status) &&
    (wanted.edited === undefined || wanted.edited === (message.edited ?? false)) &&
    (wanted.deleted === undefined || wanted.deleted === (message.deleted ?? false)) &&
    (wanted.error === undefined || wanted.error === message.error) &&
    (wanted.replyTo === undefined || messages.get(wanted.replyTo) === message.replyTo) &&
    (wanted.placeholder === undefined || wanted.placeholder === (message.placeholder ?? false)) &&
    (wanted.olderThan === undefined || ageMs(message, world.nowMs()) >= wanted.olderThan)
  );
}

/** By its own timestamp: Unix seconds or milliseconds, or a date as text. */
function ageMs({ timestamp }: InboxMessage, nowMs: number): number {
  const given = Number(timestamp);
  const atMs = Number.isNaN(given) ? Date.parse(String(timestamp)) : given > 1e11 ? given : given * 1_000;
  return nowMs - atMs;
}

/** What not every inbox shows: a probe that selects its results without a word of it leaves it unobserved. */
const optionalParts = ['error', 'replyTo', 'placeholder'] as const;

const isSelected = (probe: { readonly select?: string } | undefined, wanted: ShownMessage): boolean =>
  optionalParts.every(
    (part) => wanted[part] === undefined || probe?.select === undefined || probe.select.includes(part),
  );

/** Most messages of an inbox that are shown. */
const maxShown = 6;

function describeInbox(messages: readonly InboxMessage[]): string {
  if (messages.length === 0) return 'the conversation is empty';
  const shown = messages.slice(-maxShown).map(({ author, text, status, edited, deleted }) => {
    const marks = [status, edited ? 'edited' : '', deleted ? 'deleted' : ''].filter(Boolean).join(', ');
    return `${author}: “${text ?? ''}”${marks === '' ? '' : ` (${marks})`}`;
  });
  const more =
    messages.length > maxShown ? `its last ${maxShown} of ${messages.length} messages are` : 'it shows';
  return `${more} ${shown.join('; ')}`;
}
