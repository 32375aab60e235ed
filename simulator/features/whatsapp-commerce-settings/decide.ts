/** Commerce settings: open to coexistence numbers, although their catalogs are not. */
import { accept, mistake, refuse, type Decision } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { slice, type ReadonlyWorld } from '../../core/world.ts';
import { objectMissing } from '../../core/refusals.ts';
import type {
  ChangeCommerceSettings,
  CommerceSettings,
  CommerceSettingsChanged,
  ReadCommerceSettings,
} from './events.ts';

/** Settings by number; without an entry they are as they begin. */
export const commerceSettings = slice<Map<PhoneNumberId, CommerceSettings>>(
  'whatsapp-commerce-settings',
  () => new Map(),
);

/** A cart, but nothing on show: how a number begins (assumed). */
const firstSettings: CommerceSettings = { isCartEnabled: true, isCatalogVisible: false };

/** A number's settings, with the number they belong to. */
export interface CommerceRead extends CommerceSettings {
  readonly phoneNumberId: PhoneNumberId;
}

export function readCommerceSettings(
  world: ReadonlyWorld,
  command: ReadCommerceSettings,
): Decision<CommerceRead> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (number.state === 'disconnected') return refuse(objectMissing(number.id, 'get'));
  return accept([], { phoneNumberId: number.id, ...settingsOf(world, number.id) });
}

export function changeCommerceSettings(
  world: ReadonlyWorld,
  command: ChangeCommerceSettings,
): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (number.state === 'disconnected') return refuse(objectMissing(number.id, 'post'));
  const changed: CommerceSettingsChanged = {
    type: 'commerce-settings-changed',
    phoneNumberId: number.id,
    settings: command.settings,
  };
  return accept([changed], undefined);
}

/** The number's settings as they stand. */
export const settingsOf = (world: ReadonlyWorld, id: PhoneNumberId): CommerceSettings =>
  commerceSettings.of(world).get(id) ?? firstSettings;
