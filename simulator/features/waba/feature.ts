/** The node of a WhatsApp Business Account. */
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import { readWaba, updateWaba } from './decide.ts';
import type { ReadWaba, UpdateWaba, WabaCommand, WabaSwitched } from './events.ts';
import { wabaFields, wabaSwitches, type ShownWaba } from './fields.ts';
import { parseRead, parseUpdate, renderUpdated, renderWaba } from './wire.ts';

const place = {
  node: 'waba',
  edge: '',
  contract: 'waba',
  permission: 'whatsapp_business_management',
} as const;

export const wabaFeature: Feature = {
  name: 'waba',
  edges: [
    edge<ReadWaba, ShownWaba>({
      ...place,
      method: 'GET',
      parse: parseRead,
      render: renderWaba,
      selects: wabaFields,
    }),
    edge<UpdateWaba, UpdateWaba>({ ...place, method: 'POST', parse: parseUpdate, render: renderUpdated }),
  ],
  commands: commands<WabaCommand>({ 'read-waba': readWaba, 'update-waba': updateWaba }),
  evolve: evolves<WabaSwitched>({
    'waba-switched': (world, event) => {
      const known = wabaSwitches.in(world);
      known.set(event.wabaId, { ...known.get(event.wabaId), ...event.switches });
    },
  }),
};
