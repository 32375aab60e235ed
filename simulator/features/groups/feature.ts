/** `groups`: refused to numbers of the WhatsApp Business app. */
import { commands, edge, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { createGroup, listGroups } from './decide.ts';
import type { CreateGroup, GroupsCommand, ListGroups } from './events.ts';

const place = {
  node: 'phone-number',
  edge: 'groups',
  contract: 'groups',
  permission: 'whatsapp_business_messaging',
} as const;

export const groupsFeature: Feature = {
  name: 'groups',
  edges: [
    edge<CreateGroup, { readonly requestId: string }>({
      ...place,
      method: 'POST',
      parse: ({ nodeId }) => ({ type: 'create-group', phoneNumberId: nodeId as PhoneNumberId }),
      render: ({ requestId }) => ({ messaging_product: 'whatsapp', request_id: requestId }),
    }),
    edge<ListGroups, undefined>({
      ...place,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'list-groups', phoneNumberId: nodeId as PhoneNumberId }),
      render: () => ({ data: { groups: [] } }),
    }),
  ],
  commands: commands<GroupsCommand>({ 'create-group': createGroup, 'list-groups': listGroups }),
};
