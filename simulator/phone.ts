/** What the phone of a number shows in its settings: how it stands with the Business Platform, and what is switched. */
import type { EpochMs } from './core/time.ts';
import { plusMs } from './core/time.ts';
import type { PhoneNumber, ReadonlyWorld } from './core/world.ts';
import { accountUpdates } from './features/account-update/evolve.ts';
import { inactivityMs } from './features/account-update/heartbeat.ts';
import { obstacleOf, pendingSignup } from './features/embedded-signup/events.ts';
import { historyState } from './features/history/evolve.ts';
import { automaticText } from './features/phone-app/automatic.ts';
import { linkedDevices } from './features/phone-app/devices.ts';
import { syncState } from './features/smb-app-data/evolve.ts';
import { stateSyncState } from './features/smb-app-state-sync/evolve.ts';

export interface PhoneView {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly waId: string;
  readonly displayPhoneNumber: string;
  readonly name: string;
  readonly country: string;
  readonly state: PhoneNumber['state'];
  /** The number is in the WhatsApp Business app. */
  readonly inApp: boolean;
  readonly onboardedAtMs?: EpochMs;
  /** When the owner last did something on the phone, and when the link breaks if that is all; in coexistence alone. */
  readonly lastUsedAtMs?: EpochMs;
  readonly endsAtMs?: EpochMs;
  /** What the owner chose in the newest signup; it cannot be changed without a new one. */
  readonly history?: 'shared' | 'declined';
  /** What the system has asked for in this onboarding. */
  readonly syncs: readonly string[];
  readonly devices: readonly string[];
  readonly greeting?: string;
  readonly away?: string;
  readonly contacts: readonly { readonly waId: string; readonly name: string }[];
  /** The precondition of onboarding that fails. */
  readonly obstacle?: string;
  /** Somebody is connecting the number right now, and the app asks its owner. */
  readonly connecting?: { readonly partner: string; readonly code?: string };
  readonly subscribedApps: readonly string[];
}

/** Most entries of the address book that are shown. */
const mostContacts = 500;

export function phoneView(world: ReadonlyWorld, number: Readonly<PhoneNumber>): PhoneView {
  const { id } = number;
  const lastUsedAtMs = accountUpdates.of(world).connections.get(id)?.lastUsedAtMs;
  const { chosen, setUp } = historyState.of(world);
  const history = chosen.get(id) ?? setUp.get(id);
  const greeting = automaticText(world, id, 'greeting');
  const away = automaticText(world, id, 'away');
  const obstacle = obstacleOf(world, id);
  const connecting = pendingSignup(world, id);
  return {
    phoneNumberId: id,
    wabaId: number.wabaId,
    waId: number.waId,
    displayPhoneNumber: number.displayPhoneNumber,
    name: number.verifiedName,
    country: number.country,
    state: number.state,
    inApp: number.state !== 'fresh' && number.state !== 'cloud-api',
    ...(number.onboardedAtMs !== undefined && { onboardedAtMs: number.onboardedAtMs }),
    ...(lastUsedAtMs !== undefined && { lastUsedAtMs, endsAtMs: plusMs(lastUsedAtMs, inactivityMs) }),
    ...(history && { history }),
    syncs: [...(syncState.of(world).spent.get(id) ?? [])],
    devices: linkedDevices(world, id),
    ...(greeting !== undefined && { greeting }),
    ...(away !== undefined && { away }),
    contacts: [...(stateSyncState.of(world).books.get(id)?.values() ?? [])]
      .slice(0, mostContacts)
      .map(({ waId, name }) => ({ waId, name })),
    ...(obstacle && { obstacle }),
    ...(connecting && { connecting }),
    subscribedApps: [...(world.wabas.get(number.wabaId)?.subscriptions.keys() ?? [])],
  };
}
