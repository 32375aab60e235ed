/** The pop-up's way through, step by step; the end of it for numbers of the app is `complete-signup`. */
import { accept, mistake, refuse, type Decision } from '../../core/decision.ts';
import type { SignupCodeIssued } from '../../core/events.ts';
import { mintSignupCode } from '../../core/identifiers.ts';
import type { EpochMs } from '../../core/time.ts';
import { chanceOf, type PhoneNumber, type ReadonlyWorld } from '../../core/world.ts';
import { ordinarySessionEvent, partnerAdded, type SignupResult } from '../account-update/events.ts';
import {
  signupRefusal,
  signups,
  type AbandonSignup,
  type BeginSignup,
  type BlockSignup,
  type ConfirmSignup,
  type ShareAccount,
  type SignupAbandoned,
  type SignupBegun,
  type SignupBlocked,
  type SignupConfirmed,
} from './events.ts';
import { connectedAlready, notInTheApp } from './refusals.ts';

export function block(world: ReadonlyWorld, { phoneNumberId, by }: BlockSignup): Decision<undefined> {
  if (!world.phoneNumbers.has(phoneNumberId)) return mistake(`There is no phone number ${phoneNumberId}.`);
  const blocked: SignupBlocked = { type: 'signup-blocked', phoneNumberId, by };
  return accept([blocked], undefined);
}

/** Refused where the number cannot be onboarded; else its owner is asked on the phone. */
export function begin(world: ReadonlyWorld, { phoneNumberId, appId }: BeginSignup): Decision<undefined> {
  const number = world.phoneNumbers.get(phoneNumberId);
  if (!number) return mistake(`There is no phone number ${phoneNumberId}.`);
  const refusal = stateRefusal(number) ?? signupRefusal(world, number);
  if (refusal) return refuse(refusal);
  const verification = chanceOf(world).text(6, '0123456789');
  const begun: SignupBegun = { type: 'signup-begun', phoneNumberId, appId, verification };
  return accept([begun], undefined);
}

function stateRefusal({ state }: Readonly<PhoneNumber>) {
  if (state === 'coexistence') return connectedAlready;
  return state === 'fresh' || state === 'cloud-api' ? notInTheApp : undefined;
}

/** The owner agrees. What was chosen about past chats cannot be taken back without a new signup. */
export function confirm(
  world: ReadonlyWorld,
  { phoneNumberId, history }: ConfirmSignup,
): Decision<{ readonly code: string }> {
  const pending = signups.of(world).pending.get(phoneNumberId);
  if (!pending) return mistake('Nobody is connecting this number.', 'Begin in the pop-up.');
  if (pending.history && pending.history !== history)
    return mistake(
      'The choice about chat history is made once.',
      'Close the pop-up and sign up anew to choose again.',
    );
  const confirmed: SignupConfirmed = { type: 'signup-confirmed', phoneNumberId, history };
  return accept([confirmed], { code: pending.verification });
}

export function abandon(world: ReadonlyWorld, { phoneNumberId }: AbandonSignup): Decision<undefined> {
  const abandoned: SignupAbandoned = { type: 'signup-abandoned', phoneNumberId };
  return accept(signups.of(world).pending.has(phoneNumberId) ? [abandoned] : [], undefined);
}

/** The ordinary flow ends: a number still has to be registered by the integrator. */
export function shareAccount(
  world: ReadonlyWorld,
  { wabaId, phoneNumberId, appId }: ShareAccount,
  nowMs: EpochMs,
): Decision<SignupResult> {
  const waba = world.wabas.get(wabaId);
  const number = phoneNumberId && world.phoneNumbers.get(phoneNumberId);
  const app = world.apps.get(appId);
  if (!waba || !app) return mistake(`There is no account ${wabaId}, or no app ${appId}.`);
  const code = mintSignupCode(chanceOf(world));
  const issued: SignupCodeIssued = { type: 'signup-code-issued', code, appId, wabaId, issuedAtMs: nowMs };
  return accept([issued, ...partnerAdded(waba, app, nowMs)], {
    code,
    sessionEvent: ordinarySessionEvent(waba, number),
  });
}
