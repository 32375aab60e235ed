/** `calls`: refused to numbers of the WhatsApp Business app. */
import { commands, edge, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { manageCall, type CallAnswer } from './decide.ts';
import type { ManageCall } from './events.ts';

export const callsFeature: Feature = {
  name: 'calls',
  edges: [
    edge<ManageCall, CallAnswer>({
      method: 'POST',
      node: 'phone-number',
      edge: 'calls',
      contract: 'calls',
      permission: 'whatsapp_business_messaging',
      parse: ({ nodeId, params }) => ({
        type: 'manage-call',
        phoneNumberId: nodeId as PhoneNumberId,
        action: typeof params['action'] === 'string' ? params['action'] : '',
      }),
      render: (answer) => ({
        messaging_product: 'whatsapp',
        ...(answer ? { calls: [{ id: answer.callId }] } : { success: true }),
      }),
    }),
  ],
  commands: commands<ManageCall>({ 'manage-call': manageCall }),
};
