/** How coexistence ends, or pauses while the owner changes phones. */
import { accept, mistake, type Decision, type WorldEvent } from '../../core/decision.ts';
import { scheduleAfter, type NumberMoved } from '../../core/events.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { secondMs, type EpochMs } from '../../core/time.ts';
import type { NumberState, PhoneNumber, ReadonlyWorld } from '../../core/world.ts';
import type {
  ChangeDevice,
  DisconnectInApp,
  DisconnectionInitiator,
  DisconnectionReason,
  LeaveCoexistence,
  Reconnect,
} from './events.ts';
import { accountUpdates } from './evolve.ts';
import {
  accountMoved,
  partnerRemovedByOnboardingPage,
  partnerRemovedByReference,
  type DisconnectionInfo,
} from './wire.ts';

/** “Within a few minutes” by Meta's page; the length is assumed. @see Meta: reconnect-offboarded-coexistence-clients */
export const reconnectAfterMs = 180 * secondMs;

/** Who ends it, for each reason. @see Meta: webhooks/reference/account_update (documented) */
const initiators: Readonly<Record<DisconnectionReason, DisconnectionInitiator>> = {
  PRIMARY_INACTIVITY: 'SYSTEM',
  COMPANION_INACTIVITY: 'SYSTEM',
  BUSINESS_DOWNGRADE: 'USER',
  ACCOUNT_DISCONNECTED: 'USER',
  CHANGE_NUMBER: 'USER',
  USER_RE_REGISTERED: 'USER',
};

/**
 * The everyday way out. WhatsApp names no reason for it, so `disconnection_info` is missing unless the world's
 * `appDisconnectReason` says otherwise.
 */
export function disconnectInApp(
  world: ReadonlyWorld,
  command: DisconnectInApp,
  nowMs: EpochMs,
): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (number?.state !== 'coexistence') return notConnected(command.phoneNumberId, number);
  const info: DisconnectionInfo | undefined =
    world.behaviour.appDisconnectReason === 'none'
      ? undefined
      : { reason: 'ACCOUNT_DISCONNECTED', initiatedBy: 'USER' };
  return accept(removePartner(world, number.id, nowMs, info), undefined);
}

/** Ends coexistence for a reason with a name; possible while the number is away on a change of device, too. */
export function leaveCoexistence(
  world: ReadonlyWorld,
  command: LeaveCoexistence,
  nowMs: EpochMs,
): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (number?.state !== 'coexistence' && number?.state !== 'offboarded')
    return notConnected(command.phoneNumberId, number);
  const both = command.reason === 'ACCOUNT_DISCONNECTED';
  if (command.initiatedBy && !both && command.initiatedBy !== initiators[command.reason])
    return mistake(
      `${command.reason} is never initiated by ${command.initiatedBy}.`,
      'Only ACCOUNT_DISCONNECTED has both initiators; leave initiatedBy out.',
    );
  const initiatedBy = command.initiatedBy ?? initiators[command.reason];
  return accept(removePartner(world, number.id, nowMs, { reason: command.reason, initiatedBy }), undefined);
}

/** The number is off the Cloud API at once; it comes back by itself only where the owner left the opt-in ticked. */
export function changeDevice(
  world: ReadonlyWorld,
  command: ChangeDevice,
  nowMs: EpochMs,
): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (number?.state !== 'coexistence') return notConnected(command.phoneNumberId, number);
  const reconnect: Reconnect = {
    type: 'reconnect',
    phoneNumberId: number.id,
    offboardedAtMs: nowMs,
  };
  return accept(
    [
      move(number, 'offboarded'),
      accountMoved(number.wabaId, 'ACCOUNT_OFFBOARDED', nowMs),
      ...(command.staysConnected ? [scheduleAfter(nowMs, reconnectAfterMs, reconnect)] : []),
    ],
    undefined,
  );
}

/** Same number, same account, same token; no new onboarding, so the sync window stays closed. */
export function reconnect(world: ReadonlyWorld, command: Reconnect, nowMs: EpochMs): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  const awaySinceMs = accountUpdates.of(world).offboardedAtMs.get(command.phoneNumberId);
  if (!number || awaySinceMs !== command.offboardedAtMs) return accept([], undefined);
  return accept(
    [move(number, 'coexistence'), accountMoved(number.wabaId, 'ACCOUNT_RECONNECTED', nowMs)],
    undefined,
  );
}

/** The events by which a partner loses a number: it is `disconnected`, and `PARTNER_REMOVED` leaves. */
export function removePartner(
  world: ReadonlyWorld,
  phoneNumberId: PhoneNumberId,
  nowMs: EpochMs,
  info: DisconnectionInfo | undefined,
): readonly WorldEvent[] {
  const number = world.phoneNumbers.get(phoneNumberId);
  const waba = number && world.wabas.get(number.wabaId);
  if (!number || !waba) return [];
  const shown = world.behaviour.disconnectionInfo ? info : undefined;
  const webhook =
    world.behaviour.partnerRemovedShape === 'waba-info'
      ? partnerRemovedByReference(waba, partnerIdOf(world, number), nowMs, shown)
      : partnerRemovedByOnboardingPage(number, nowMs, shown);
  return [move(number, 'disconnected'), webhook];
}

/** The partner's portfolio: of the app that onboarded the number, else of one that takes the account's webhooks. */
function partnerIdOf(world: ReadonlyWorld, number: PhoneNumber): string {
  const appId =
    accountUpdates.of(world).partners.get(number.id) ??
    world.wabas.get(number.wabaId)?.subscriptions.keys().next().value ??
    world.apps.keys().next().value;
  return (appId && world.apps.get(appId)?.businessId) ?? number.wabaId;
}

const move = (number: PhoneNumber, to: NumberState): NumberMoved => ({
  type: 'number-moved',
  phoneNumberId: number.id,
  from: number.state,
  to,
});

const notConnected = (id: PhoneNumberId, number: PhoneNumber | undefined): Decision<never> =>
  mistake(
    number ? `${number.displayPhoneNumber} is ${number.state}.` : `There is no phone number ${id}.`,
    'Only a number in coexistence can leave it.',
  );
