/** What this feature remembers of each number: how its connection stands, and who the partner is. */
import type { NumberCreated, NumberMoved } from '../../core/events.ts';
import { evolves } from '../../core/feature.ts';
import type { AppId, PhoneNumberId } from '../../core/identifiers.ts';
import type { EpochMs } from '../../core/time.ts';
import { slice, type World } from '../../core/world.ts';
import type { ChatReadInApp, StayedInTheApp } from '../phone-app/events.ts';
import type { EchoSent } from '../smb-message-echoes/events.ts';
import type { AppOpened, SignupCompleted, WebhooksPaused, WebhooksResumed } from './events.ts';

/** A connection between phone and Cloud API, from its beginning or its return to its end. */
export interface Connection {
  readonly connectedAtMs: EpochMs;
  /** When the owner last did something on the phone. */
  lastUsedAtMs: EpochMs;
}

interface AccountUpdates {
  /** Numbers in coexistence, and nothing else. */
  readonly connections: Map<PhoneNumberId, Connection>;
  /** Numbers away because of a change of device, since when. */
  readonly offboardedAtMs: Map<PhoneNumberId, EpochMs>;
  /** The app that onboarded the number. */
  readonly partners: Map<PhoneNumberId, AppId>;
  /** Numbers whose webhooks stopped before the connection did. */
  readonly paused: Set<PhoneNumberId>;
}

export const accountUpdates = slice<AccountUpdates>('account-update', () => ({
  connections: new Map(),
  offboardedAtMs: new Map(),
  partners: new Map(),
  paused: new Set(),
}));

/** Events by which the phone shows that it is in use. */
export type PhoneUsed = AppOpened | EchoSent | StayedInTheApp | ChatReadInApp;

type Seen = NumberCreated | NumberMoved | SignupCompleted | PhoneUsed | WebhooksPaused | WebhooksResumed;

const connect = (world: World, id: PhoneNumberId, atMs: EpochMs): void => {
  accountUpdates.in(world).connections.set(id, { connectedAtMs: atMs, lastUsedAtMs: atMs });
};

const use = (world: World, event: PhoneUsed, atMs: EpochMs): void => {
  const connection = accountUpdates.in(world).connections.get(event.phoneNumberId);
  if (connection) connection.lastUsedAtMs = atMs;
};

/** A linked device and the app's own answers show nothing of the owner's phone (assumed). */
export const isTypedOnPhone = (event: EchoSent): boolean =>
  event.device === 'phone' && event.automatic === undefined;

export const evolve = evolves<Seen>({
  'number-created': (world, event, atMs) => {
    if (event.state === 'coexistence') connect(world, event.phoneNumberId, atMs);
  },
  'number-moved': (world, event, atMs) => {
    const known = accountUpdates.in(world);
    known.connections.delete(event.phoneNumberId);
    known.offboardedAtMs.delete(event.phoneNumberId);
    if (event.to === 'coexistence') connect(world, event.phoneNumberId, atMs);
    if (event.to === 'offboarded') known.offboardedAtMs.set(event.phoneNumberId, atMs);
  },
  'signup-completed': (world, event) => {
    accountUpdates.in(world).partners.set(event.phoneNumberId, event.appId);
  },
  'app-opened': use,
  'echo-sent': (world, event, atMs) => {
    if (isTypedOnPhone(event)) use(world, event, atMs);
  },
  'stayed-in-the-app': use,
  'chat-read-in-app': use,
  'webhooks-paused': (world, event) => {
    accountUpdates.in(world).paused.add(event.phoneNumberId);
  },
  'webhooks-resumed': (world, event) => {
    accountUpdates.in(world).paused.delete(event.phoneNumberId);
  },
});
