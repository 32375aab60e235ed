/** Events that belong to no single feature: the world's furniture, the agenda and webhooks. */
import type { Command, WorldEvent } from './decision.ts';
import type {
  AccessToken,
  AppId,
  BusinessId,
  PhoneNumberId,
  SignupCode,
  WabaId,
  WaId,
} from './identifiers.ts';
import type { JsonObject } from './json.ts';
import { plusMs, toSeconds, type EpochMs } from './time.ts';
import type { Callback, Customer, Grant, NumberState, PhoneNumber, World } from './world.ts';

export interface AppCreated extends WorldEvent {
  readonly type: 'app-created';
  readonly appId: AppId;
  readonly name: string;
  readonly secret: string;
  readonly businessId: BusinessId;
}

export interface AppSubscribed extends WorldEvent {
  readonly type: 'app-subscribed';
  readonly appId: AppId;
  /** Missing: the app's subscription ended. */
  readonly callback?: Callback;
  readonly fields: readonly string[];
}

export interface WabaCreated extends WorldEvent {
  readonly type: 'waba-created';
  readonly wabaId: WabaId;
  readonly name: string;
  readonly ownerBusinessId: BusinessId;
}

export interface NumberCreated extends WorldEvent {
  readonly type: 'number-created';
  readonly phoneNumberId: PhoneNumberId;
  readonly number: Omit<PhoneNumber, 'id' | 'state'>;
  readonly state: NumberState;
}

/** The number passed from one state to another; features react to it. */
export interface NumberMoved extends WorldEvent {
  readonly type: 'number-moved';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: NumberState;
  readonly to: NumberState;
  /** Set where this begins an onboarding. */
  readonly onboardedAtMs?: EpochMs;
}

export interface NumberOverridden extends WorldEvent {
  readonly type: 'number-overridden';
  readonly phoneNumberId: PhoneNumberId;
  /** Missing: the override was removed. */
  readonly callback?: Callback;
}

export interface CustomerCreated extends WorldEvent {
  readonly type: 'customer-created';
  readonly customer: Customer;
}

/** A customer has another number from now on, or shows it no longer. */
export interface CustomerMoved extends WorldEvent {
  readonly type: 'customer-moved';
  readonly from: WaId;
  readonly customer: Customer;
}

export interface TokenIssued extends WorldEvent {
  readonly type: 'token-issued';
  readonly token: AccessToken;
  readonly grant: Grant;
}

export interface SignupCodeIssued extends WorldEvent {
  readonly type: 'signup-code-issued';
  readonly code: SignupCode;
  readonly appId: AppId;
  readonly wabaId: WabaId;
  readonly issuedAtMs: EpochMs;
}

export interface SignupCodeUsed extends WorldEvent {
  readonly type: 'signup-code-used';
  readonly code: SignupCode;
}

/** A command that the clock will give when it is due. */
export interface CommandScheduled extends WorldEvent {
  readonly type: 'command-scheduled';
  readonly dueAtMs: EpochMs;
  readonly command: Command;
}

/** The clock gave the command at the head of the agenda. */
export interface CommandDue extends WorldEvent {
  readonly type: 'command-due';
  readonly command: string;
}

/** Says that `value` is made anew from `args` by the feature, when it is needed. For what is too large to keep. */
export interface LazyValue {
  readonly feature: string;
  readonly args: JsonObject;
}

/** A webhook leaves WhatsApp; where to, and whether it is taken, is the business of `simulator/webhooks`. */
export interface WebhookEmitted extends WorldEvent {
  readonly type: 'webhook-emitted';
  readonly field: string;
  /** Nobody can have subscribed to the field, so every app of the account gets it. */
  readonly unannounced?: true;
  readonly wabaId: WabaId;
  /** Set on what concerns one number. */
  readonly phoneNumberId?: PhoneNumberId;
  /** `entry[].id`: the account, or the partner's portfolio on `PARTNER_*` events. */
  readonly entryId: string;
  /** `entry[].time`, seconds; management fields alone have it. */
  readonly timeSeconds?: number;
  readonly value: JsonObject | LazyValue;
}

export const isLazy = (value: JsonObject | LazyValue): value is LazyValue =>
  'feature' in value && 'args' in value;

/** The command will be given at `dueAtMs`. */
export const schedule = (dueAtMs: EpochMs, command: Command): CommandScheduled => ({
  type: 'command-scheduled',
  dueAtMs,
  command,
});

/** The command will be given `afterMs` from now. */
export const scheduleAfter = (nowMs: EpochMs, afterMs: number, command: Command): CommandScheduled =>
  schedule(plusMs(nowMs, afterMs), command);

/** A webhook about one number, in a message field (no `entry[].time`). */
export const emitForNumber = (
  number: Pick<PhoneNumber, 'id' | 'wabaId'>,
  field: string,
  value: JsonObject | LazyValue,
): WebhookEmitted => ({
  type: 'webhook-emitted',
  field,
  wabaId: number.wabaId,
  phoneNumberId: number.id,
  entryId: number.wabaId,
  value,
});

/** A webhook about an account, in a management field (with `entry[].time`). */
export const emitForWaba = (
  wabaId: WabaId,
  field: string,
  nowMs: EpochMs,
  value: JsonObject,
  entryId: string = wabaId,
): WebhookEmitted => ({
  type: 'webhook-emitted',
  field,
  wabaId,
  entryId,
  timeSeconds: toSeconds(nowMs),
  value,
});

export type CoreEvent =
  | AppCreated
  | AppSubscribed
  | WabaCreated
  | NumberCreated
  | NumberMoved
  | NumberOverridden
  | CustomerCreated
  | CustomerMoved
  | TokenIssued
  | SignupCodeIssued
  | SignupCodeUsed
  | CommandScheduled
  | CommandDue
  | WebhookEmitted;

/** What the furniture's events change. `undefined` where a core event concerns only others. */
export function evolveCore(world: World, event: CoreEvent): void {
  switch (event.type) {
    case 'app-created':
      world.nodes.set(event.appId, 'app').set(event.businessId, 'business');
      world.apps.set(event.appId, {
        id: event.appId,
        name: event.name,
        secret: event.secret,
        businessId: event.businessId,
        fields: [],
      });
      return;
    case 'app-subscribed': {
      const app = world.apps.get(event.appId);
      if (!app) return;
      app.fields = event.fields;
      if (event.callback) app.callback = event.callback;
      else delete app.callback;
      return;
    }
    case 'waba-created':
      world.nodes.set(event.wabaId, 'waba').set(event.ownerBusinessId, 'business');
      world.wabas.set(event.wabaId, {
        id: event.wabaId,
        name: event.name,
        ownerBusinessId: event.ownerBusinessId,
        subscriptions: new Map(),
      });
      return;
    case 'number-created':
      world.nodes.set(event.phoneNumberId, 'phone-number');
      world.phoneNumbers.set(event.phoneNumberId, {
        id: event.phoneNumberId,
        ...event.number,
        state: event.state,
      });
      return;
    case 'number-moved': {
      const number = world.phoneNumbers.get(event.phoneNumberId);
      if (!number) return;
      number.state = event.to;
      if (event.onboardedAtMs !== undefined) number.onboardedAtMs = event.onboardedAtMs;
      return;
    }
    case 'number-overridden': {
      const number = world.phoneNumbers.get(event.phoneNumberId);
      if (!number) return;
      if (event.callback) number.override = event.callback;
      else delete number.override;
      return;
    }
    case 'customer-created':
      world.customers.set(event.customer.waId, event.customer);
      return;
    case 'customer-moved':
      world.customers.delete(event.from);
      world.customers.set(event.customer.waId, event.customer);
      return;
    case 'token-issued':
      world.tokens.set(event.token, event.grant);
      return;
    case 'signup-code-issued':
      world.signupCodes.set(event.code, {
        appId: event.appId,
        wabaId: event.wabaId,
        issuedAtMs: event.issuedAtMs,
        used: false,
      });
      return;
    case 'signup-code-used': {
      const offer = world.signupCodes.get(event.code);
      if (offer) offer.used = true;
      return;
    }
    case 'command-scheduled':
      world.agenda.add({ dueAtMs: event.dueAtMs, sequence: world.sequence, command: event.command });
      return;
    case 'command-due':
      world.agenda.take();
      return;
    case 'webhook-emitted':
      return;
  }
}
