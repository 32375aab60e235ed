/**
 * The world: what is true now. It is the fold of the log, and only `evolve` functions write it.
 *
 * Here is what features share. What only one feature knows lives in a slice of that feature's own, so that removing
 * the feature removes its state.
 */
import { createAgenda, type Agenda } from './agenda.ts';
import { defaultBehaviour, type Behaviour } from './behaviour.ts';
import type {
  AccessToken,
  AppId,
  BusinessId,
  PhoneNumberId,
  SignupCode,
  UserId,
  WabaId,
  WaId,
} from './identifiers.ts';
import { createRandom, hashSeed, type Random } from './random.ts';
import type { EpochMs } from './time.ts';

/** What an id in a Graph path stands for; `root` edges have no id. */
export type NodeKind =
  | 'phone-number'
  | 'waba'
  | 'app'
  | 'business'
  | 'media'
  | 'template'
  | 'flow'
  | 'upload'
  | 'business-profile'
  | GeneratedKind
  | 'root';

/** Kinds that no feature knows; their ids follow from the world's seed. */
export type GeneratedKind =
  | 'account-number'
  | 'bot'
  | 'group'
  | 'message-history'
  | 'migration-intent'
  | 'obo-mobility-intent'
  | 'preverified-number'
  | 'solution'
  | 'user';

/** A Meta app: the integrator's. Its secret signs every webhook, whatever the callback. */
export interface App {
  readonly id: AppId;
  readonly name: string;
  readonly secret: string;
  /** The partner's portfolio; `entry[].id` of `PARTNER_*` events. */
  readonly businessId: BusinessId;
  /** App-level subscription to `whatsapp_business_account`, if there is one. */
  callback?: Callback;
  /** Webhook fields the app is subscribed to. */
  fields: readonly string[];
}

/** Where webhooks go. */
export interface Callback {
  readonly url: string;
  readonly verifyToken: string;
}

/** WhatsApp Business Account. */
export interface Waba {
  readonly id: WabaId;
  readonly name: string;
  /** The customer's portfolio, which owns the account. */
  readonly ownerBusinessId: BusinessId;
  /** Apps that get this account's webhooks; the override, if any, replaces the app's callback for message fields. */
  readonly subscriptions: Map<AppId, { readonly override?: Callback }>;
}

/**
 * How a number stands between phone and Cloud API.
 *
 * - `fresh`: known to the account, registered nowhere
 * - `app-only`: in the WhatsApp Business app, not on Cloud API
 * - `coexistence`: both
 * - `cloud-api`: Cloud API alone, an ordinary number
 * - `offboarded`: was coexistence; the phone changed device (`ACCOUNT_OFFBOARDED`) and comes back by itself
 * - `disconnected`: was coexistence; ended (`PARTNER_REMOVED`) and comes back only by a new signup
 */
export type NumberState = 'fresh' | 'app-only' | 'coexistence' | 'cloud-api' | 'offboarded' | 'disconnected';

/** A business phone number. */
export interface PhoneNumber {
  readonly id: PhoneNumberId;
  readonly wabaId: WabaId;
  /** Digits only, as webhooks print it. */
  readonly waId: WaId;
  /** As people read it and the Graph node prints it: `+1 555-078-3881`. */
  readonly displayPhoneNumber: string;
  readonly verifiedName: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  state: NumberState;
  /** Start of the current onboarding; the sync window and history count from it. */
  onboardedAtMs?: EpochMs;
  /** Number-level callback, which goes before the account's. */
  override?: Callback;
}

/** Somebody on WhatsApp who is not the business. */
export interface Customer {
  readonly waId: WaId;
  readonly userId: UserId;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly username?: string;
  /** The number may not be shown to the business; only the user id appears on the wire. */
  readonly hidesNumber: boolean;
  /** What the customer writes on. Windows and Wear OS are companions that coexistence does not support. */
  readonly device: 'android' | 'iphone' | 'web' | 'windows' | 'wear-os';
}

/** What a token may do. `expiresAtMs` missing: never expires. */
export interface Grant {
  readonly appId: AppId;
  readonly kind: 'system-user' | 'business-integration' | 'app';
  readonly scopes: readonly string[];
  /** Accounts it reaches; missing: all of them. */
  readonly wabaIds?: readonly WabaId[];
  readonly issuedAtMs: EpochMs;
  readonly expiresAtMs?: EpochMs;
}

/** A code of Embedded Signup, waiting to be exchanged. */
export interface SignupOffer {
  readonly appId: AppId;
  readonly wabaId: WabaId;
  readonly issuedAtMs: EpochMs;
  used: boolean;
}

export interface World {
  /** Hash of the world's name: every id and every chance comes from it. */
  readonly seed: number;
  readonly behaviour: Behaviour;
  /** Number of events folded so far. */
  sequence: number;
  readonly agenda: Agenda;
  /** What each id stands for; how a Graph path finds its node, and a request its world. */
  readonly nodes: Map<string, NodeKind>;
  /** The account that a node below one belongs to; numbers say so themselves. */
  readonly owners: Map<string, { readonly wabaId: WabaId }>;
  readonly apps: Map<AppId, App>;
  readonly wabas: Map<WabaId, Waba>;
  readonly phoneNumbers: Map<PhoneNumberId, PhoneNumber>;
  readonly customers: Map<WaId, Customer>;
  readonly tokens: Map<AccessToken, Grant>;
  readonly signupCodes: Map<SignupCode, SignupOffer>;
  /** State that belongs to one feature; reached through {@link slice} alone. */
  readonly slices: Map<string, unknown>;
}

type ReadonlyMember<T> =
  T extends Map<infer Key, infer Value>
    ? ReadonlyMap<Key, Value extends object ? Readonly<Value> : Value>
    : T;

/** The world as a decision sees it. */
export type ReadonlyWorld = { readonly [Key in keyof Omit<World, 'agenda'>]: ReadonlyMember<World[Key]> };

/** A feature's own part of the world. */
export interface Slice<T> {
  /** To read, in `decide` and `react`. */
  of(world: ReadonlyWorld): Readonly<T>;
  /** To write, in `evolve`. */
  in(world: World): T;
}

/**
 * Declares a feature's part of the world.
 *
 * @param name - the feature's folder
 * @param initial - what it is before anything happened
 */
export function slice<T>(name: string, initial: () => T): Slice<T> {
  const open = (slices: Map<string, unknown>): T => {
    // A world begins without slices; the first look makes one, which changes nothing anybody can see.
    if (!slices.has(name)) slices.set(name, initial());
    return slices.get(name) as T;
  };
  return {
    of: (world) => open(world.slices as Map<string, unknown>),
    in: (world) => open(world.slices),
  };
}

/**
 * @param name - decides every id and chance of this world; two worlds of one name are alike to the byte
 * @param behaviour - where WhatsApp is known to vary, which way it goes here
 */
export function createWorld(name: string, behaviour: Partial<Behaviour> = {}): World {
  return {
    seed: hashSeed(name),
    behaviour: { ...defaultBehaviour, ...behaviour },
    sequence: 0,
    agenda: createAgenda(),
    nodes: new Map(),
    owners: new Map(),
    apps: new Map(),
    wabas: new Map(),
    phoneNumbers: new Map(),
    customers: new Map(),
    tokens: new Map(),
    signupCodes: new Map(),
    slices: new Map(),
  };
}

/** The account that a node belongs to or is; missing where it has to do with none. */
export function wabaOf(world: ReadonlyWorld, nodeId: string): WabaId | undefined {
  const number = world.phoneNumbers.get(nodeId as PhoneNumberId);
  if (number) return number.wabaId;
  return world.wabas.has(nodeId as WabaId) ? (nodeId as WabaId) : world.owners.get(nodeId)?.wabaId;
}

/** Whether webhooks about a number go anywhere at all: an app is subscribed to its account and has a callback. */
export function hasReceiver(world: ReadonlyWorld, number: Pick<PhoneNumber, 'wabaId' | 'override'>): boolean {
  for (const [appId, { override }] of world.wabas.get(number.wabaId)?.subscriptions ?? []) {
    if (override ?? number.override ?? world.apps.get(appId)?.callback) return true;
  }
  return false;
}

/** The chance that belongs to the next event; the same until something happens. */
export const chanceOf = (world: ReadonlyWorld): Random => createRandom(world.seed, world.sequence);
