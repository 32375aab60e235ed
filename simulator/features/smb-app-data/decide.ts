/** Accepts or refuses a request to synchronise contacts or chat history. */
import { accept, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import { mintRequestId, type PhoneNumberId } from '../../core/identifiers.ts';
import { dayMs, type EpochMs } from '../../core/time.ts';
import { chanceOf, type PhoneNumber, type ReadonlyWorld } from '../../core/world.ts';
import type { RequestSync, SyncRequested } from './events.ts';
import { syncState } from './evolve.ts';
import { objectMissing } from '../../core/refusals.ts';
import { late, notInTheApp, notLinked, repeated } from './refusals.ts';

/** How long after onboarding a synchronisation may be asked for; its last millisecond is still in time (assumed). */
export const syncWindowMs = dayMs;

/** What an accepted request answers. */
export interface SyncAccepted {
  readonly requestId: string;
  /** `"success": true` is shown too. */
  readonly withSuccess: boolean;
}

/**
 * Accepts or refuses a request to synchronise contacts or chat history.
 *
 * Each type is accepted once per onboarding. Accepting a second request here would hide a defect that would otherwise
 * first be seen in production. Acceptance says nothing about what there is to synchronise, or whether it is shared.
 *
 * @param nowMs - virtual time, milliseconds since the Unix epoch
 * @returns the event that `history` or `smb-app-state-sync` reacts to; never throws
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users/
 */
export function decideSync(
  world: ReadonlyWorld,
  command: RequestSync,
  nowMs: EpochMs,
): Decision<SyncAccepted> {
  const { phoneNumberId, syncType } = command;
  const refusal =
    refusalByState(phoneNumberId, world.phoneNumbers.get(phoneNumberId)) ??
    refusalByHistory(world, command, nowMs);
  if (refusal) return refuse(refusal);
  const requestId = mintRequestId(chanceOf(world));
  const type = syncType === 'history' ? 'history-sync-requested' : 'contact-sync-requested';
  const event: SyncRequested = { type, phoneNumberId, requestId };
  return accept([event], { requestId, withSuccess: world.behaviour.syncAnswersSuccess });
}

function refusalByState(id: PhoneNumberId, number: Readonly<PhoneNumber> | undefined): Refusal | undefined {
  switch (number?.state) {
    case 'coexistence':
      return undefined;
    case 'fresh':
    case 'app-only':
    case 'offboarded':
      return notLinked;
    case 'cloud-api':
      return notInTheApp;
    case 'disconnected':
    case undefined:
      return objectMissing(id, 'post');
  }
}

/** A repeat is told as such even when it is late as well (assumed): it would be refused whenever it came. */
function refusalByHistory(world: ReadonlyWorld, command: RequestSync, nowMs: EpochMs): Refusal | undefined {
  const form = world.behaviour.syncRefusals;
  if (syncState.of(world).spent.get(command.phoneNumberId)?.has(command.syncType)) return repeated(form);
  const onboardedAtMs = world.phoneNumbers.get(command.phoneNumberId)?.onboardedAtMs;
  // A coexistence number without an onboarding date was set up so; nothing is known against it.
  return onboardedAtMs !== undefined && nowMs - onboardedAtMs > syncWindowMs ? late(form) : undefined;
}
