/** Sets a world up: apps, tokens, accounts, numbers and customers. Not WhatsApp's doing, so no Graph edge leads here. */
import { accept, mistake, type Command, type Decision, type WorldEvent } from './decision.ts';
import { displayNumber, knownCountries, mintWaId } from './countries.ts';
import type {
  AppCreated,
  AppSubscribed,
  CustomerCreated,
  NumberCreated,
  TokenIssued,
  WabaCreated,
} from './events.ts';
import { commands, evolves, type Feature } from './feature.ts';
import {
  mintAccessToken,
  mintGraphId,
  mintUserId,
  type AccessToken,
  type AppId,
  type BusinessId,
  type PhoneNumberId,
  type UserId,
  type WabaId,
  type WaId,
} from './identifiers.ts';
import type { EpochMs } from './time.ts';
import {
  chanceOf,
  type Callback,
  type Customer,
  type Grant,
  type NumberState,
  type ReadonlyWorld,
} from './world.ts';

export interface CreateApp extends Command {
  readonly type: 'create-app';
  readonly appId?: AppId;
  readonly businessId?: BusinessId;
  readonly name: string;
  readonly secret: string;
  readonly callback?: Callback;
  /** Webhook fields the app is subscribed to. */
  readonly fields: readonly string[];
}

/** Gives an app another subscription; what its owner did elsewhere, in the dashboard or in another world. */
export interface MirrorSubscription extends Command {
  readonly type: 'mirror-subscription';
  readonly appId: AppId;
  readonly callback?: Callback;
  readonly fields: readonly string[];
}

export interface CreateNumber extends Command {
  readonly type: 'create-number';
  readonly state: NumberState;
  /** The business's name; invented where missing. */
  readonly name?: string;
  /** ISO 3166-1 alpha-2, one of `knownCountries`. */
  readonly country: string;
  /** Set on a number that is, or was, in coexistence. */
  readonly onboardedAtMs?: EpochMs;
  /** The app that gets the account's webhooks from the start. */
  readonly subscribedAppId?: AppId;
  /** Digits; invented where missing. */
  readonly waId?: WaId;
}

export interface CreateCustomer extends Command {
  readonly type: 'create-customer';
  readonly name?: string;
  readonly country: string;
  readonly username?: string;
  readonly hidesNumber: boolean;
  readonly device: Customer['device'];
  readonly waId?: WaId;
}

export interface IssueToken extends Command {
  readonly type: 'issue-token';
  /** Minted where missing. */
  readonly token?: AccessToken;
  readonly appId: AppId;
  readonly kind: Grant['kind'];
  readonly scopes: readonly string[];
  readonly wabaIds?: readonly WabaId[];
}

/** An account came to send its webhooks to an app before the scenario began. */
export interface AccountSubscribed extends WorldEvent {
  readonly type: 'account-subscribed';
  readonly wabaId: WabaId;
  readonly appId: AppId;
}

export interface CreatedNumber {
  readonly phoneNumberId: PhoneNumberId;
  readonly wabaId: WabaId;
}

export interface CreatedCustomer {
  readonly waId: WaId;
  readonly userId: UserId;
}

type FurnitureCommand = CreateApp | MirrorSubscription | CreateNumber | CreateCustomer | IssueToken;

const shopNames = [
  'Padaria Aurora',
  'Blue Fern Books',
  'Casa Lumen',
  'Mercado Sol',
  'Atelier Norte',
] as const;
const personNames = [
  'Ana Lopez',
  'Rui Campos',
  'Meera Nair',
  'Jonas Weber',
  'Lucía Prado',
  'Tom Baker',
] as const;

const subscription = (command: Omit<MirrorSubscription, 'type'>): AppSubscribed => ({
  type: 'app-subscribed',
  appId: command.appId,
  fields: command.fields,
  ...(command.callback && { callback: command.callback }),
});

function createApp(world: ReadonlyWorld, command: CreateApp): Decision<AppId> {
  const random = chanceOf(world);
  const appId = command.appId ?? (mintGraphId(random) as AppId);
  const businessId = command.businessId ?? (mintGraphId(random) as BusinessId);
  const created: AppCreated = {
    type: 'app-created',
    appId,
    name: command.name,
    secret: command.secret,
    businessId,
  };
  return accept([created, subscription({ ...command, appId })], appId);
}

function createNumber(world: ReadonlyWorld, command: CreateNumber): Decision<CreatedNumber> {
  const random = chanceOf(world);
  // Before all that the country decides: a system that knows a single number is told its ids once, for every scenario.
  const wabaId = mintGraphId(random) as WabaId;
  const phoneNumberId = mintGraphId(random) as PhoneNumberId;
  const minted = mintWaId(random, command.country);
  if (minted === undefined) return unknownCountry(command.country);
  const waId = command.waId ?? minted;
  const name = command.name ?? random.pick(shopNames);
  const account: WabaCreated = {
    type: 'waba-created',
    wabaId,
    name,
    ownerBusinessId: mintGraphId(random) as BusinessId,
  };
  const number: NumberCreated = {
    type: 'number-created',
    phoneNumberId,
    state: command.state,
    number: {
      wabaId,
      waId,
      displayPhoneNumber: displayNumber(waId, command.country),
      verifiedName: name,
      country: command.country,
      ...(command.onboardedAtMs !== undefined && { onboardedAtMs: command.onboardedAtMs }),
    },
  };
  const events: WorldEvent[] = [account];
  if (command.subscribedAppId) {
    const subscribed: AccountSubscribed = {
      type: 'account-subscribed',
      wabaId,
      appId: command.subscribedAppId,
    };
    events.push(subscribed);
  }
  events.push(number);
  return accept(events, { phoneNumberId, wabaId });
}

function createCustomer(world: ReadonlyWorld, command: CreateCustomer): Decision<CreatedCustomer> {
  const random = chanceOf(world);
  const waId = command.waId ?? mintWaId(random, command.country);
  if (waId === undefined) return unknownCountry(command.country);
  const userId = mintUserId(random, command.country);
  const event: CustomerCreated = {
    type: 'customer-created',
    customer: {
      waId,
      userId,
      name: command.name ?? random.pick(personNames),
      country: command.country,
      hidesNumber: command.hidesNumber,
      device: command.device,
      ...(command.username !== undefined && { username: command.username }),
    },
  };
  return accept([event], { waId, userId });
}

function issueToken(world: ReadonlyWorld, command: IssueToken, nowMs: EpochMs): Decision<AccessToken> {
  const token = command.token ?? mintAccessToken(chanceOf(world));
  const event: TokenIssued = {
    type: 'token-issued',
    token,
    grant: {
      appId: command.appId,
      kind: command.kind,
      scopes: command.scopes,
      issuedAtMs: nowMs,
      ...(command.wabaIds && { wabaIds: command.wabaIds }),
    },
  };
  return accept([event], token);
}

const unknownCountry = (country: string): Decision<never> =>
  mistake(`No phone numbers are known for the country “${country}”.`, `Known: ${knownCountries.join(', ')}.`);

/** Always mounted; not in the list of features, since nothing of it can be removed. */
export const furniture: Feature = {
  name: 'furniture',
  commands: commands<FurnitureCommand>({
    'create-app': createApp,
    'mirror-subscription': (_world, command) => accept([subscription(command)], undefined),
    'create-number': createNumber,
    'create-customer': createCustomer,
    'issue-token': issueToken,
  }),
  evolve: evolves<AccountSubscribed>({
    'account-subscribed': (world, event) => {
      world.wabas.get(event.wabaId)?.subscriptions.set(event.appId, {});
    },
  }),
};
