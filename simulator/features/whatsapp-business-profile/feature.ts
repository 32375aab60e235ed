/** `whatsapp_business_profile`: what a business says about itself. */
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import { changeProfile, profileOf, profiles, readProfile, type ProfileRead } from './decide.ts';
import type { ChangeProfile, ProfileChanged, ProfileCommand, ReadProfile } from './events.ts';
import { parseChange, parseRead, renderProfile, renderSuccess } from './wire.ts';

const place = {
  node: 'phone-number',
  edge: 'whatsapp_business_profile',
  contract: 'whatsapp-business-profile',
  permission: 'whatsapp_business_messaging',
} as const;

export const whatsappBusinessProfileFeature: Feature = {
  name: 'whatsapp-business-profile',
  edges: [
    edge<ReadProfile, ProfileRead>({ ...place, method: 'GET', parse: parseRead, render: renderProfile }),
    edge<ChangeProfile, undefined>({ ...place, method: 'POST', parse: parseChange, render: renderSuccess }),
  ],
  commands: commands<ProfileCommand>({ 'read-profile': readProfile, 'change-profile': changeProfile }),
  evolve: evolves<ProfileChanged>({
    'profile-changed': (world, event) => {
      profiles
        .in(world)
        .set(event.phoneNumberId, { ...profileOf(world, event.phoneNumberId), ...event.profile });
    },
  }),
};
