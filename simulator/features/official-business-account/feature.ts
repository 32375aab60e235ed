/** `official_business_account`: not granted to numbers of the WhatsApp Business app. */
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { applications, applyForOfficial, readOfficialStatus, type OfficialAccount } from './decide.ts';
import type {
  ApplyForOfficial,
  OfficialCommand,
  OfficialStatusChanged,
  ReadOfficialStatus,
} from './events.ts';
import { parseApplication, renderApplied, renderStatus } from './wire.ts';

const place = {
  node: 'phone-number',
  edge: 'official_business_account',
  contract: 'official-business-account',
  permission: 'whatsapp_business_management',
} as const;

export const officialBusinessAccountFeature: Feature = {
  name: 'official-business-account',
  edges: [
    edge<ReadOfficialStatus, OfficialAccount>({
      ...place,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'read-official-status', phoneNumberId: nodeId as PhoneNumberId }),
      render: renderStatus,
    }),
    edge<ApplyForOfficial, OfficialAccount>({
      ...place,
      method: 'POST',
      parse: parseApplication,
      render: renderApplied,
    }),
  ],
  commands: commands<OfficialCommand>({
    'read-official-status': readOfficialStatus,
    'apply-for-official': applyForOfficial,
  }),
  evolve: evolves<OfficialStatusChanged>({
    'official-status-changed': (world, event) => {
      applications.in(world).set(event.phoneNumberId, event.status);
    },
  }),
};
