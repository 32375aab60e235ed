/** Embedded Signup before its end: what stands in its way, and what the owner is asked on the phone. */
import type { Command, Refusal, WorldEvent } from '../../core/decision.ts';
import type { AppId, PhoneNumberId, WabaId } from '../../core/identifiers.ts';
import { slice, type PhoneNumber, type ReadonlyWorld } from '../../core/world.ts';
import type { HistorySharing } from '../account-update/events.ts';
import { refusals } from './refusals.ts';

export { wrongFeatureType } from './refusals.ts';

/** A precondition that fails. */
export type SignupObstacle =
  'app-version' | 'account-type' | 'other-partner' | 'other-account' | 'activity' | 'country';

/** From now on a precondition of the number fails, or none does. */
export interface BlockSignup extends Command {
  readonly type: 'block-signup';
  readonly phoneNumberId: PhoneNumberId;
  readonly by: SignupObstacle | 'nothing';
}

/** The number was typed into the pop-up: the app now asks its owner. */
export interface BeginSignup extends Command {
  readonly type: 'begin-signup';
  readonly phoneNumberId: PhoneNumberId;
  readonly appId: AppId;
}

/** The owner taps Connect, and chooses whether chats are shared; the app then shows a code for the pop-up. */
export interface ConfirmSignup extends Command {
  readonly type: 'confirm-signup';
  readonly phoneNumberId: PhoneNumberId;
  readonly history: HistorySharing;
}

/** The pop-up was closed. */
export interface AbandonSignup extends Command {
  readonly type: 'abandon-signup';
  readonly phoneNumberId: PhoneNumberId;
}

/** The flow for numbers that are in no app: an account is shared, with the number that was verified or without one. */
export interface ShareAccount extends Command {
  readonly type: 'share-account';
  readonly wabaId: WabaId;
  /** Missing: none was added. */
  readonly phoneNumberId?: PhoneNumberId;
  readonly appId: AppId;
}

export interface SignupBlocked extends WorldEvent {
  readonly type: 'signup-blocked';
  readonly phoneNumberId: PhoneNumberId;
  readonly by: SignupObstacle | 'nothing';
}

export interface SignupBegun extends WorldEvent {
  readonly type: 'signup-begun';
  readonly phoneNumberId: PhoneNumberId;
  readonly appId: AppId;
  /** Six digits, which the app shows once its owner has agreed. */
  readonly verification: string;
}

export interface SignupConfirmed extends WorldEvent {
  readonly type: 'signup-confirmed';
  readonly phoneNumberId: PhoneNumberId;
  readonly history: HistorySharing;
}

export interface SignupAbandoned extends WorldEvent {
  readonly type: 'signup-abandoned';
  readonly phoneNumberId: PhoneNumberId;
}

export type SignupStageEvent = SignupBlocked | SignupBegun | SignupConfirmed | SignupAbandoned;

/** A signup between the number's being typed and its end. */
export interface PendingSignup {
  readonly appId: AppId;
  readonly verification: string;
  /** Set once the owner has agreed on the phone. */
  readonly history?: HistorySharing;
}

interface SignupState {
  readonly obstacles: Map<PhoneNumberId, SignupObstacle>;
  readonly pending: Map<PhoneNumberId, PendingSignup>;
}

export const signups = slice<SignupState>('embedded-signup', () => ({
  obstacles: new Map(),
  pending: new Map(),
}));

/** What fails for a number, if anything does. */
export const obstacleOf = (world: ReadonlyWorld, id: PhoneNumberId): SignupObstacle | undefined =>
  signups.of(world).obstacles.get(id);

/** What Meta says to a person who tries to onboard the number; nothing where nothing stands in the way. */
export function signupRefusal(world: ReadonlyWorld, number: Pick<PhoneNumber, 'id'>): Refusal | undefined {
  const obstacle = obstacleOf(world, number.id);
  return obstacle && refusals[obstacle];
}

/** What the app shows its owner while the number is being connected; the code comes with the owner's consent. */
export function pendingSignup(
  world: ReadonlyWorld,
  id: PhoneNumberId,
): { readonly partner: string; readonly code?: string } | undefined {
  const pending = signups.of(world).pending.get(id);
  if (!pending) return undefined;
  return {
    partner: world.apps.get(pending.appId)?.name ?? pending.appId,
    ...(pending.history && { code: pending.verification }),
  };
}
