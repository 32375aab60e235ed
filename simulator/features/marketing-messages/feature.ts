/** `marketing_messages`: marketing templates, and nothing else; otherwise as `messages`. */
import { edge, type Feature } from '../../core/feature.ts';
import { parseMessages, renderReply, type SendMessage, type SendReply } from '../messages/events.ts';

export const marketingMessagesFeature: Feature = {
  name: 'marketing-messages',
  edges: [
    edge<SendMessage, SendReply>({
      method: 'POST',
      node: 'phone-number',
      edge: 'marketing_messages',
      contract: 'marketing-messages',
      permission: 'whatsapp_business_messaging',
      // The contract has let only templates through.
      parse: (request) => ({ ...(parseMessages(request) as SendMessage), marketingAlone: true }),
      render: renderReply,
    }),
  ],
};
