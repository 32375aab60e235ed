/** Conversations: what customers write, and `POST /{phone-number-id}/messages` with its statuses. */
import { commands, edge, type Feature } from '../../core/feature.ts';
import type { InboundCommand, MarkRead, OutboundCommand, SendMessage } from './events.ts';
import { messagesEvolves } from './evolve.ts';
import { editAsCustomer, reactAsCustomer, revokeAsCustomer } from './inbound/changes.ts';
import { revealMessage, sendCustomerMessage } from './inbound/decide.ts';
import { callAsCustomer, sendToGroupAsCustomer } from './inbound/in-app.ts';
import { changeCustomerNumber, hideCustomerNumber } from './inbound/number-change.ts';
import { markRead, sendMessage, type SendReply } from './outbound/decide.ts';
import { advanceStatus } from './outbound/statuses.ts';
import { parseMessages, renderReply } from './outbound/wire.ts';

export const messagesFeature: Feature = {
  name: 'messages',
  fields: ['messages'],
  edges: [
    edge<SendMessage | MarkRead, SendReply>({
      method: 'POST',
      node: 'phone-number',
      edge: 'messages',
      contract: 'messages',
      permission: 'whatsapp_business_messaging',
      parse: parseMessages,
      render: renderReply,
    }),
  ],
  commands: commands<InboundCommand | OutboundCommand>({
    'send-customer-message': sendCustomerMessage,
    'react-as-customer': reactAsCustomer,
    'edit-as-customer': editAsCustomer,
    'revoke-as-customer': revokeAsCustomer,
    'change-customer-number': changeCustomerNumber,
    'hide-customer-number': hideCustomerNumber,
    'call-as-customer': callAsCustomer,
    'send-to-group-as-customer': sendToGroupAsCustomer,
    'reveal-message': revealMessage,
    'send-message': sendMessage,
    'mark-read': markRead,
    'advance-status': advanceStatus,
  }),
  evolve: messagesEvolves,
};
