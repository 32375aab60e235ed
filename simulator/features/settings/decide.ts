/** Settings of a number; those of calling are closed to numbers of the WhatsApp Business app. */
import { accept, mistake, refuse, type Decision } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { slice, type ReadonlyWorld } from '../../core/world.ts';
import { callingRefused } from '../calls/events.ts';
import { objectMissing } from '../../core/refusals.ts';
import { isInBusinessApp } from '../phone-number/events.ts';
import type { ChangeSettings, ReadSettings, SettingsChanged } from './events.ts';

/** What was set, by number; what was not is as it is by default. */
export const settings = slice<Map<PhoneNumberId, JsonObject>>('settings', () => new Map());

/** What a number has that nobody changed. @see Meta: OpenAPI v23.0, settings (documented; the words in capitals, as on the pages) */
const defaults: JsonObject = {
  calling: {
    status: 'DISABLED',
    call_icon_visibility: 'DEFAULT',
    callback_permission_status: 'DISABLED',
  },
  storage_configuration: { status: 'DEFAULT' },
};

export function readSettings(world: ReadonlyWorld, command: ReadSettings): Decision<JsonObject> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (number.state === 'disconnected') return refuse(objectMissing(number.id, 'get'));
  return accept([], { ...defaults, ...settings.of(world).get(number.id) });
}

export function changeSettings(world: ReadonlyWorld, command: ChangeSettings): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (number.state === 'disconnected') return refuse(objectMissing(number.id, 'post'));
  if (command.settings.calling && isInBusinessApp(number))
    return refuse(callingRefused(world.behaviour.callingRefusalCode));
  const changed: SettingsChanged = {
    type: 'settings-changed',
    phoneNumberId: number.id,
    settings: command.settings,
  };
  return accept([changed], undefined);
}
