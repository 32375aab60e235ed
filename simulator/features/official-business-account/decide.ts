/** The badge of an Official Business Account. */
import { accept, mistake, refuse, type Decision } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { slice, type ReadonlyWorld } from '../../core/world.ts';
import { objectMissing } from '../../core/refusals.ts';
import { isInBusinessApp } from '../phone-number/events.ts';
import type {
  ApplyForOfficial,
  OfficialStatus,
  OfficialStatusChanged,
  ReadOfficialStatus,
} from './events.ts';
import { notGranted } from './refusals.ts';

/** Where each number's application stands; without an entry none was made. */
export const applications = slice<Map<PhoneNumberId, OfficialStatus>>(
  'official-business-account',
  () => new Map(),
);

/** A number's badge, as the wire shows it. */
export interface OfficialAccount {
  readonly id: PhoneNumberId;
  readonly status: OfficialStatus;
}

/** Reading is open to every number (assumed): one of the app has never applied. */
export function readOfficialStatus(
  world: ReadonlyWorld,
  command: ReadOfficialStatus,
): Decision<OfficialAccount> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (number.state === 'disconnected') return refuse(objectMissing(number.id, 'get'));
  return accept([], { id: number.id, status: statusOf(world, number.id) });
}

/** Takes every application, and every withdrawal, of a number outside the app: the rest is Meta's own business. */
export function applyForOfficial(world: ReadonlyWorld, command: ApplyForOfficial): Decision<OfficialAccount> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (number.state === 'disconnected') return refuse(objectMissing(number.id, 'post'));
  if (isInBusinessApp(number)) return refuse(notGranted);
  const status = command.action === 'WITHDRAW_APPLICATION' ? 'CANCELLED' : 'PENDING';
  const changed: OfficialStatusChanged = {
    type: 'official-status-changed',
    phoneNumberId: number.id,
    status,
  };
  return accept([changed], { id: number.id, status });
}

const statusOf = (world: ReadonlyWorld, id: PhoneNumberId): OfficialStatus =>
  applications.of(world).get(id) ?? 'NOT_STARTED';
