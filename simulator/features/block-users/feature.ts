/** `block_users`: whom a number has blocked. */
import { commands, edge, evolves, type Feature, type GraphRequest } from '../../core/feature.ts';
import type { PhoneNumberId, WaId } from '../../core/identifiers.ts';
import { objectsIn, textOf } from '../../core/wire-values.ts';
import { changeBlockList, listBlocked, renderChange, type BlockReply } from './decide.ts';
import { blockLists, type BlockListChanged, type ChangeBlockList, type ListBlocked } from './events.ts';

const place = {
  node: 'phone-number',
  edge: 'block_users',
  contract: 'block-users',
  permission: 'whatsapp_business_messaging',
} as const;

const parseChange =
  (type: ChangeBlockList['type']) =>
  ({ nodeId, params }: GraphRequest): ChangeBlockList => ({
    type,
    phoneNumberId: nodeId as PhoneNumberId,
    users: objectsIn(params['block_users']).map(({ user, user_id: userId }) => textOf(user ?? userId) ?? ''),
  });

export const blockUsersFeature: Feature = {
  name: 'block-users',
  edges: [
    edge<ListBlocked, readonly WaId[]>({
      ...place,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'list-blocked-users', phoneNumberId: nodeId as PhoneNumberId }),
      render: (waIds) => ({ data: waIds.map((waId) => ({ messaging_product: 'whatsapp', wa_id: waId })) }),
      pages: true,
    }),
    edge<ChangeBlockList, BlockReply>({
      ...place,
      method: 'POST',
      parse: parseChange('block-users'),
      render: (reply) => renderChange(reply),
    }),
    edge<ChangeBlockList, BlockReply>({
      ...place,
      method: 'DELETE',
      parse: parseChange('unblock-users'),
      render: (reply) => renderChange(reply),
    }),
  ],
  commands: {
    ...commands<ListBlocked>({ 'list-blocked-users': listBlocked }),
    ...commands<ChangeBlockList>({ 'block-users': changeBlockList, 'unblock-users': changeBlockList }),
  },
  evolve: evolves<BlockListChanged>({
    'block-list-changed': (world, { phoneNumberId, waIds, blocked }) => {
      const lists = blockLists.in(world);
      const list = lists.get(phoneNumberId) ?? new Set();
      for (const waId of waIds) {
        if (blocked) list.add(waId);
        else list.delete(waId);
      }
      lists.set(phoneNumberId, list);
    },
  }),
};
