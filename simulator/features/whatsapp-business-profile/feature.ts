/** `whatsapp_business_profile`: what a business says about itself. */
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import type { NumberCreated } from '../../core/events.ts';
import {
  changeProfile,
  changeProfileNode,
  profileIdOf,
  profileNodes,
  profileOf,
  profiles,
  readProfile,
  readProfileNode,
  type ProfileNode,
  type ProfileRead,
} from './decide.ts';
import type {
  ChangeProfile,
  ChangeProfileNode,
  ProfileChanged,
  ProfileCommand,
  ReadProfile,
  ReadProfileNode,
} from './events.ts';
import {
  parseChange,
  parseNodeChange,
  parseRead,
  profileFields,
  renderNode,
  renderProfile,
  renderSuccess,
} from './wire.ts';

const place = {
  node: 'phone-number',
  edge: 'whatsapp_business_profile',
  contract: 'whatsapp-business-profile',
  permission: 'whatsapp_business_messaging',
} as const;
const node = { ...place, node: 'business-profile', edge: '', contract: 'business-profile' } as const;

export const whatsappBusinessProfileFeature: Feature = {
  name: 'whatsapp-business-profile',
  edges: [
    edge<ReadProfile, ProfileRead>({ ...place, method: 'GET', parse: parseRead, render: renderProfile }),
    edge<ChangeProfile, undefined>({ ...place, method: 'POST', parse: parseChange, render: renderSuccess }),
    edge<ReadProfileNode, ProfileNode>({
      ...node,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'read-profile-node', id: nodeId }),
      render: renderNode,
      selects: profileFields,
    }),
    edge<ChangeProfileNode, undefined>({
      ...node,
      method: 'POST',
      parse: parseNodeChange,
      render: renderSuccess,
    }),
  ],
  commands: commands<ProfileCommand>({
    'read-profile': readProfile,
    'change-profile': changeProfile,
    'read-profile-node': readProfileNode,
    'change-profile-node': changeProfileNode,
  }),
  evolve: evolves<ProfileChanged | NumberCreated>({
    'number-created': (world, { phoneNumberId, number }) => {
      const id = profileIdOf(phoneNumberId);
      world.nodes.set(id, 'business-profile');
      world.owners.set(id, { wabaId: number.wabaId });
      profileNodes.in(world).set(id, phoneNumberId);
    },
    'profile-changed': (world, event) => {
      profiles
        .in(world)
        .set(event.phoneNumberId, { ...profileOf(world, event.phoneNumberId), ...event.profile });
    },
  }),
};
