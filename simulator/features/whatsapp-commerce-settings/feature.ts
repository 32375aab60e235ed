/** `whatsapp_commerce_settings`: whether customers see a catalog and a cart. */
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import {
  changeCommerceSettings,
  commerceSettings,
  readCommerceSettings,
  settingsOf,
  type CommerceRead,
} from './decide.ts';
import type {
  ChangeCommerceSettings,
  CommerceCommand,
  CommerceSettingsChanged,
  ReadCommerceSettings,
} from './events.ts';
import { parseChange, renderSettings } from './wire.ts';

const place = {
  node: 'phone-number',
  edge: 'whatsapp_commerce_settings',
  contract: 'whatsapp-commerce-settings',
  permission: 'whatsapp_business_management',
} as const;

export const whatsappCommerceSettingsFeature: Feature = {
  name: 'whatsapp-commerce-settings',
  edges: [
    edge<ReadCommerceSettings, CommerceRead>({
      ...place,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'read-commerce-settings', phoneNumberId: nodeId as PhoneNumberId }),
      render: renderSettings,
    }),
    edge<ChangeCommerceSettings, undefined>({
      ...place,
      method: 'POST',
      parse: parseChange,
      render: () => ({ success: true }),
    }),
  ],
  commands: commands<CommerceCommand>({
    'read-commerce-settings': readCommerceSettings,
    'change-commerce-settings': changeCommerceSettings,
  }),
  evolve: evolves<CommerceSettingsChanged>({
    'commerce-settings-changed': (world, event) => {
      const known = commerceSettings.in(world);
      known.set(event.phoneNumberId, { ...settingsOf(world, event.phoneNumberId), ...event.settings });
    },
  }),
};
