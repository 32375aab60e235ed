/**
 * Embedded Signup as the pop-up leads through it. What is decided is decided in the worlds; this only finds the number
 * that a person typed, and remembers for each pop-up what the page that opened it is to be told.
 */
import { randomUUID } from 'node:crypto';
import type { CreatedNumber, CreateNumber } from '../core/furniture.ts';
import type { Refusal } from '../core/decision.ts';
import type { Outcome } from '../core/engine.ts';
import type { AppId, PhoneNumberId, WaId } from '../core/identifiers.ts';

import { epochMs } from '../core/time.ts';
import type { PhoneNumber } from '../core/world.ts';
import {
  cancelledEvent,
  errorEvent,
  type CompleteSignup,
  type HistorySharing,
  type SignupResult,
} from '../features/account-update/events.ts';
import {
  pendingSignup,
  signups,
  wrongFeatureType,
  type AbandonSignup,
  type BeginSignup,
  type ConfirmSignup,
  type ShareAccount,
} from '../features/embedded-signup/events.ts';
import type { Simulator, WorldHandle } from '../index.ts';

/** `extras.featureType` of the flow for numbers of the app. @see Meta: embedded-signup/version-3 (documented) */
export const coexistenceFeature = 'whatsapp_business_app_onboarding';

/** Which way a pop-up goes; any other feature type leads to new numbers. */
export type Flow = 'coexistence' | 'ordinary';

export interface DialogNumber {
  readonly world: string;
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string;
}

export interface DialogRefusal {
  readonly code: number;
  readonly message: string;
}

/** What the pop-up may be about. */
export interface DialogContext {
  /** Missing: no such app; nothing can be done. */
  readonly app?: { readonly name: string };
  readonly flow: Flow;
  readonly portfolios: readonly { readonly id: string; readonly name: string }[];
  /** Numbers that could be typed, for whoever does not know one by heart. */
  readonly numbers: readonly string[];
}

/** What the page is told when the pop-up is gone: texts of `message` events, in their order, and a code. */
export interface DialogResult {
  readonly events: readonly string[];
  readonly code?: string;
}

/** The person did what cannot be done, or an answer has been waited for too long; a text for the pop-up. */
export class DialogMistake extends Error {
  readonly status = 400;
}

/** Pop-ups whose result nobody fetched are forgotten in their order. */
const mostResults = 100;

export interface SignupFlow {
  context(clientId: string, flow: Flow): DialogContext;
  begin(clientId: string, typed: string, flow: Flow): { number: DialogNumber } | { refusal: DialogRefusal };
  /** The verification code that the phone shows, once its owner has agreed. */
  phone(number: DialogNumber): { readonly code?: string };
  confirm(number: DialogNumber, history: HistorySharing): { readonly code: string };
  verify(number: DialogNumber, code: string): boolean;
  /** Adds a number that is in no app; the code would come by text message. */
  add(
    clientId: string,
    name: string,
    typed: string,
  ): { number: DialogNumber; code: string } | { refusal: DialogRefusal };
  finish(channel: string, clientId: string, number: DialogNumber, flow: Flow): void;
  /** The ordinary flow ends without a number: an account that is there is shared. */
  finishWithoutNumber(channel: string, clientId: string): void;
  cancel(channel: string, screen: string, number: DialogNumber | undefined): void;
  fail(channel: string, refusal: DialogRefusal, number: DialogNumber | undefined): void;
  result(channel: string): DialogResult | undefined;
}

const digitsOf = (typed: string): string => typed.replaceAll(/\D/g, '');

export function createSignupFlow(simulator: Simulator): SignupFlow {
  const results = new Map<string, DialogResult>();
  /** Codes that were sent by text message, by number. */
  const texted = new Map<string, string>();

  const keep = (channel: string, result: DialogResult): void => {
    results.set(channel, result);
    for (const oldest of results.keys()) {
      if (results.size <= mostResults) break;
      results.delete(oldest);
    }
  };

  const worldOf = ({ world }: { readonly world: string }): WorldHandle => {
    const found = simulator.worlds().find(({ name }) => name === world);
    if (!found) throw new DialogMistake(`There is no world named “${world}”.`);
    return found;
  };

  const find = (typed: string): { world: WorldHandle; number: PhoneNumber } | undefined => {
    const digits = digitsOf(typed);
    for (const world of simulator.worlds())
      for (const number of world.world.phoneNumbers.values())
        if (number.waId === digits) return { world, number: number };
    return undefined;
  };

  const show = (world: WorldHandle, number: Readonly<PhoneNumber>): DialogNumber => ({
    world: world.name,
    phoneNumberId: number.id,
    displayPhoneNumber: number.displayPhoneNumber,
  });

  return {
    context(clientId, flow) {
      const app = simulator.defaultWorld.world.apps.get(clientId as AppId);
      const wabas = simulator.worlds().flatMap(({ world }) => [...world.wabas.values()]);
      const numbers = simulator
        .worlds()
        .flatMap(({ world }) => [...world.phoneNumbers.values()])
        .filter(({ state }) => state === 'app-only' || state === 'disconnected' || state === 'offboarded');
      return {
        ...(app && { app: { name: app.name } }),
        flow,
        portfolios: wabas.map(({ ownerBusinessId, name }) => ({ id: ownerBusinessId, name })),
        numbers: numbers.map(({ displayPhoneNumber }) => displayPhoneNumber),
      };
    },
    begin(clientId, typed, flow) {
      const found = find(typed);
      if (flow === 'ordinary') return { refusal: shown(wrongFeatureType) };
      if (!found) return { refusal: notOnWhatsApp };
      const begin: BeginSignup = {
        type: 'begin-signup',
        phoneNumberId: found.number.id,
        appId: clientId as AppId,
      };
      const outcome = found.world.execute(begin);
      if (outcome.kind === 'refused') return { refusal: shown(outcome.refusal) };
      if (outcome.kind === 'mistaken') throw new DialogMistake(outcome.mistake.message);
      return { number: show(found.world, found.number) };
    },
    phone(number) {
      const pending = pendingSignup(worldOf(number).world, number.phoneNumberId as PhoneNumberId);
      return pending?.code === undefined ? {} : { code: pending.code };
    },
    confirm(number, history) {
      const confirm: ConfirmSignup = {
        type: 'confirm-signup',
        phoneNumberId: number.phoneNumberId as PhoneNumberId,
        history,
      };
      return must(worldOf(number).execute<{ code: string }>(confirm));
    },
    verify(number, code) {
      const digits = digitsOf(code);
      const sent = texted.get(number.phoneNumberId);
      if (sent !== undefined) return sent === digits;
      const pending = pendingSignup(worldOf(number).world, number.phoneNumberId as PhoneNumberId);
      return pending?.code === digits;
    },
    add(clientId, name, typed) {
      const known = find(typed);
      const { defaultWorld } = simulator;
      if (!defaultWorld.world.apps.has(clientId as AppId)) throw new DialogMistake('There is no such app.');
      // Somebody who meant the other flow: the number is in the app, and this one is for new numbers.
      if (known) return { refusal: shown(wrongFeatureType) };
      if (digitsOf(typed).length < 8) throw new DialogMistake('Type the number with its country code.');
      const create: CreateNumber = {
        type: 'create-number',
        state: 'fresh',
        country: 'US',
        name,
        waId: digitsOf(typed) as WaId,
      };
      const { phoneNumberId } = must(defaultWorld.execute<CreatedNumber>(create));
      const number = defaultWorld.world.phoneNumbers.get(phoneNumberId);
      if (!number) throw new Error('A number that was created is not there.');
      const code = String(100_000 + (Number(digitsOf(typed).slice(-6)) % 900_000));
      texted.set(phoneNumberId, code);
      return { number: show(defaultWorld, number), code };
    },
    finish(channel, clientId, number, flow) {
      const world = worldOf(number);
      const phoneNumberId = number.phoneNumberId as PhoneNumberId;
      const { code, sessionEvent } = end(world, phoneNumberId, clientId as AppId, flow);
      texted.delete(phoneNumberId);
      const first = world.world.behaviour.signupCancelsFirst ? [cancelledEvent(phoneScreen)] : [];
      keep(channel, { events: [...first, sessionEvent].map((event) => JSON.stringify(event)), code });
    },
    finishWithoutNumber(channel, clientId) {
      const { defaultWorld } = simulator;
      const [wabaId] = defaultWorld.world.wabas.keys();
      if (wabaId === undefined) throw new DialogMistake('There is no account yet: add a number.');
      const share: ShareAccount = { type: 'share-account', wabaId, appId: clientId as AppId };
      const { code, sessionEvent } = must(defaultWorld.execute<SignupResult>(share));
      keep(channel, { events: [JSON.stringify(sessionEvent)], code });
    },
    cancel(channel, screen, number) {
      abandon(number && worldOf(number), number);
      keep(channel, { events: [JSON.stringify(cancelledEvent(screen))] });
    },
    fail(channel, refusal, number) {
      const world = number ? worldOf(number) : simulator.defaultWorld;
      abandon(number && world, number);
      const { signupErrorEvent } = world.world.behaviour;
      const event = errorEvent(refusal, randomUUID(), epochMs(world.nowMs()), signupErrorEvent);
      keep(channel, { events: [JSON.stringify(event)] });
    },
    result: (channel) => results.get(channel),
  };
}

/** The screen that coexistence clients report (observed; not in Meta's list). */
export const phoneScreen = 'WHATSAPP_BUSINESS_APP_ONBOARDING_PHONE_CREATION';

const notOnWhatsApp: DialogRefusal = {
  code: 3441042,
  message: 'This number could not be verified in the WhatsApp Business app.',
};

const shown = ({ code, message }: Refusal): DialogRefusal => ({ code, message });

function end(world: WorldHandle, phoneNumberId: PhoneNumberId, appId: AppId, flow: Flow): SignupResult {
  if (flow === 'ordinary') {
    const wabaId = world.world.phoneNumbers.get(phoneNumberId)?.wabaId;
    if (wabaId === undefined) throw new DialogMistake('There is no such number.');
    const share: ShareAccount = { type: 'share-account', wabaId, phoneNumberId, appId };
    return must(world.execute<SignupResult>(share));
  }
  const pending = signups.of(world.world).pending.get(phoneNumberId);
  if (!pending?.history) throw new DialogMistake('The owner has not agreed on the phone yet.');
  const complete: CompleteSignup = {
    type: 'complete-signup',
    phoneNumberId,
    appId,
    history: pending.history,
  };
  return must(world.execute<SignupResult>(complete));
}

function abandon(world: WorldHandle | undefined, number: DialogNumber | undefined): void {
  if (!world || !number) return;
  const command: AbandonSignup = {
    type: 'abandon-signup',
    phoneNumberId: number.phoneNumberId as PhoneNumberId,
  };
  world.execute(command);
}

function must<Reply>(outcome: Outcome<Reply>): Reply {
  if (outcome.kind === 'accepted') return outcome.reply;
  throw new DialogMistake(outcome.kind === 'mistaken' ? outcome.mistake.message : outcome.refusal.message);
}
