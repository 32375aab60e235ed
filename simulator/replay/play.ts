/** Plays acting steps on a world's engine; what needs the clock, the HTTP door or the system itself is handed back. */
import type { ActingStep, Position } from '../../scenarios/language/scenario.ts';
import type { MistakeFinding, Refusal } from '../core/decision.ts';
import type { Engine, Outcome } from '../core/engine.ts';
import type { SignupCode, WaId, Wamid } from '../core/identifiers.ts';
import type { JsonObject } from '../core/json.ts';
import type { CompleteSignup, SignupResult } from '../features/account-update/events.ts';
import { cancelledEvent } from '../features/account-update/wire.ts';
import type { Cast } from './cast.ts';
import { commandOf, type CommandStep } from './commands.ts';
import { UnknownName } from './names.ts';
import { fillBody, fillText } from './placeholders.ts';

/** A step that could not be played. */
export interface Mistaken {
  readonly kind: 'mistaken';
  readonly mistake: MistakeFinding;
  /** Where the step stands in its file. */
  readonly at: Position;
}

/** What came of a step, or what the caller has to do for it. */
export type PlayResult =
  /** `wamid`: of what was sent, if something was. */
  | { readonly kind: 'done'; readonly wamid?: Wamid }
  /** WhatsApp, or the app, refuses it; the scenario did not say that it would. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | Mistaken
  /** Let virtual time pass. */
  | { readonly kind: 'advance'; readonly durationMs: number }
  /** Call the Graph as a client of one's own; placeholders are filled. */
  | {
      readonly kind: 'client-call';
      readonly method: 'GET' | 'POST' | 'DELETE';
      readonly path: string;
      readonly body?: Readonly<Record<string, unknown>>;
      readonly answers: { readonly status: number; readonly code?: number };
    }
  /** Hand code and event to the system under test, as the page of Embedded Signup would; no code: it was cancelled. */
  | { readonly kind: 'signup'; readonly code?: SignupCode; readonly sessionEvent: JsonObject };

/**
 * Plays one acting step.
 *
 * Messages sent under a name are remembered in the cast. Never throws for what a scenario says.
 */
export function play(engine: Engine, cast: Cast, step: ActingStep): PlayResult {
  try {
    return perform(engine, cast, step);
  } catch (error) {
    if (error instanceof UnknownName) return mistaken(step, { message: error.message });
    throw error;
  }
}

function perform(engine: Engine, cast: Cast, step: ActingStep): PlayResult {
  switch (step.does) {
    case 'time.passes':
      return { kind: 'advance', durationMs: step.durationMs };
    case 'client.calls': {
      const { method, answers } = step;
      const call = { kind: 'client-call', method, path: fillText(step.path, cast), answers } as const;
      return step.body ? { ...call, body: fillBody(step.body, cast) } : call;
    }
    case 'signup.completes':
      return completeSignup(engine, cast, step);
    case 'signup.repeats':
      return cast.signup
        ? { kind: 'signup', ...cast.signup }
        : mistaken(step, { message: 'There was no signup that could be handed over once more.' });
    case 'signup.cancels':
      return { kind: 'signup', sessionEvent: cancelledEvent(step.screen) };
    default:
      return command(engine, cast, step);
  }
}

function completeSignup(
  engine: Engine,
  cast: Cast,
  step: Extract<ActingStep, { does: 'signup.completes' }>,
): PlayResult {
  const { phoneNumberId, appId } = cast;
  const complete: CompleteSignup = { type: 'complete-signup', phoneNumberId, appId, history: step.history };
  const outcome = engine.execute<SignupResult>(complete);
  if (outcome.kind !== 'accepted') return failure(step, outcome);
  cast.signup = outcome.reply;
  return { kind: 'signup', ...outcome.reply };
}

function command(engine: Engine, cast: Cast, step: CommandStep): PlayResult {
  const outcome = engine.execute<{ readonly wamid?: Wamid; readonly waId?: WaId } | null | undefined>(
    commandOf(step, cast),
  );
  const refused = 'refused' in step && step.refused;
  if (outcome.kind === 'refused' && refused) return { kind: 'done' };
  if (outcome.kind !== 'accepted') return failure(step, outcome);
  if (refused) return mistaken(step, { message: 'The step says “refused”, but the app does it.' });
  const wamid = outcome.reply?.wamid;
  if ('as' in step && wamid !== undefined) cast.messages.set(step.as, wamid);
  if (step.does === 'customer.changesNumber') moveCustomer(cast, step.from, outcome.reply?.waId);
  return wamid === undefined ? { kind: 'done' } : { kind: 'done', wamid };
}

function moveCustomer({ customers }: Cast, name: string, waId: WaId | undefined): void {
  const customer = customers[name];
  if (customer && waId !== undefined) customers[name] = { ...customer, waId };
}

const failure = (step: ActingStep, outcome: Exclude<Outcome, { kind: 'accepted' }>): PlayResult =>
  outcome.kind === 'refused'
    ? { kind: 'refused', refusal: outcome.refusal }
    : mistaken(step, outcome.mistake);

const mistaken = ({ at }: ActingStep, mistake: MistakeFinding): Mistaken => ({
  kind: 'mistaken',
  mistake,
  at,
});
