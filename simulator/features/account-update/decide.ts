/** Embedded Signup ends well: the number of the WhatsApp Business app is on the Cloud API, too. */
import { accept, mistake, refuse, type Decision } from '../../core/decision.ts';
import { signupRefusal } from '../embedded-signup/events.ts';
import type { NumberMoved, SignupCodeIssued } from '../../core/events.ts';
import { mintSignupCode } from '../../core/identifiers.ts';
import type { EpochMs } from '../../core/time.ts';
import { chanceOf, type App, type ReadonlyWorld } from '../../core/world.ts';
import type { CompleteSignup, SignupCompleted, SignupResult } from './events.ts';
import { partnerAdded, sessionEvent } from './wire.ts';

/**
 * Onboards a number: it moves to `coexistence`, a code waits to be exchanged, and the partner hears that the account
 * was shared with it.
 *
 * A number that is away on a change of device may be onboarded anew, as its owner may have declined to reconnect. One
 * on the Cloud API alone may not: it is not in the app.
 *
 * @returns what the page gets, or the scenario's mistake
 * @see Meta: embedded-signup/onboarding-business-app-users
 */
export function completeSignup(
  world: ReadonlyWorld,
  command: CompleteSignup,
  nowMs: EpochMs,
): Decision<SignupResult> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  const waba = number && world.wabas.get(number.wabaId);
  if (!number || !waba) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (number.state === 'coexistence' || number.state === 'cloud-api')
    return mistake(
      `${number.displayPhoneNumber} is ${number.state}.`,
      'Begin with a number that is fresh, app-only or disconnected.',
    );
  const refusal = signupRefusal(world, number);
  if (refusal) return refuse(refusal);
  const app = partnerApp(world, command);
  if (!app) return mistake('There is no app to onboard the number to.', 'Create an app first.');
  const code = mintSignupCode(chanceOf(world));
  const moved: NumberMoved = {
    type: 'number-moved',
    phoneNumberId: number.id,
    from: number.state,
    to: 'coexistence',
    onboardedAtMs: nowMs,
  };
  const completed: SignupCompleted = {
    type: 'signup-completed',
    phoneNumberId: number.id,
    appId: app.id,
    history: command.history,
  };
  const issued: SignupCodeIssued = {
    type: 'signup-code-issued',
    code,
    appId: app.id,
    wabaId: waba.id,
    issuedAtMs: nowMs,
  };
  return accept([moved, completed, issued, ...partnerAdded(waba, app, nowMs)], {
    code,
    sessionEvent: sessionEvent(waba, number, world.behaviour.signupEvent),
  });
}

function partnerApp(world: ReadonlyWorld, command: CompleteSignup): App | undefined {
  if (command.appId !== undefined) return world.apps.get(command.appId);
  return world.apps.values().next().value;
}
