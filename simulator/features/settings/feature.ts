/** `settings`: calling and its like, for each number. */
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { changeSettings, readSettings, settings } from './decide.ts';
import type { ChangeSettings, ReadSettings, SettingsChanged, SettingsCommand } from './events.ts';
import { parseChange } from './wire.ts';

const place = {
  node: 'phone-number',
  edge: 'settings',
  contract: 'settings',
  permission: 'whatsapp_business_management',
} as const;

export const settingsFeature: Feature = {
  name: 'settings',
  edges: [
    edge<ReadSettings, JsonObject>({
      ...place,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'read-settings', phoneNumberId: nodeId as PhoneNumberId }),
      render: (shown) => shown,
    }),
    edge<ChangeSettings, undefined>({
      ...place,
      method: 'POST',
      parse: parseChange,
      render: () => ({ success: true }),
    }),
  ],
  commands: commands<SettingsCommand>({ 'read-settings': readSettings, 'change-settings': changeSettings }),
  evolve: evolves<SettingsChanged>({
    'settings-changed': (world, event) => {
      const known = settings.in(world);
      known.set(event.phoneNumberId, { ...known.get(event.phoneNumberId), ...event.settings });
    },
  }),
};
