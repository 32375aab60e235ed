/** `settings` as JSON; its groups are kept as they came. */
import type { GraphRequest } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { isObject } from '../../core/wire-values.ts';
import type { ChangeSettings, SettingsGroup } from './events.ts';

const groups: readonly SettingsGroup[] = [
  'calling',
  'user_identity_change',
  'payload_encryption',
  'storage_configuration',
];

export function parseChange(request: GraphRequest): ChangeSettings {
  const settings: Partial<Record<SettingsGroup, JsonObject>> = {};
  for (const group of groups) {
    const value = request.params[group];
    if (isObject(value)) settings[group] = value;
  }
  return { type: 'change-settings', phoneNumberId: request.nodeId as PhoneNumberId, settings };
}
