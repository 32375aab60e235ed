/** Linked devices: beside the phone, up to four. */
import { accept, mistake, type Decision } from '../../core/decision.ts';
import type { NumberMoved } from '../../core/events.ts';
import { evolves } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { slice, type PhoneNumber, type ReadonlyWorld } from '../../core/world.ts';
import type { DeviceLinked, LinkDevice, LinkedDevice } from './events.ts';

/** @see Meta: onboarding-business-app-users (documented) */
export const mostLinkedDevices = 4;

const state = slice('phone-app-devices', () => new Map<PhoneNumberId, readonly LinkedDevice[]>());

export const linkedDevices = (world: ReadonlyWorld, id: PhoneNumberId): readonly LinkedDevice[] =>
  state.of(world).get(id) ?? [];

export function linkDevice(
  world: ReadonlyWorld,
  { type, device }: LinkDevice,
  number: PhoneNumber,
): Decision<undefined> {
  const linked = linkedDevices(world, number.id);
  if (type === 'link-device' && linked.length >= mostLinkedDevices)
    return mistake(`Four devices are linked already.`, 'Unlink one first.');
  const event: DeviceLinked = {
    type: type === 'link-device' ? 'device-linked' : 'device-unlinked',
    phoneNumberId: number.id,
    device,
  };
  return accept(linked.includes(device) === (type === 'link-device') ? [] : [event], undefined);
}

export const devicesEvolves = evolves<DeviceLinked | NumberMoved>({
  'device-linked': (world, { phoneNumberId, device }) => {
    state.in(world).set(phoneNumberId, [...linkedDevices(world, phoneNumberId), device]);
  },
  'device-unlinked': (world, { phoneNumberId, device }) => {
    state.in(world).set(
      phoneNumberId,
      linkedDevices(world, phoneNumberId).filter((linked) => linked !== device),
    );
  },
  // Onboarding unlinks all, and so does another phone (documented: onboarding-business-app-users, reconnect-…).
  'number-moved': (world, { phoneNumberId }) => {
    state.in(world).delete(phoneNumberId);
  },
});
