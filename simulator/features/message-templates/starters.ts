/** Templates that every account has here from the start, approved: something to send without waiting for a review. */
import type { JsonObject } from '../../core/json.ts';
import type { MessageTemplate } from './events.ts';

const body = (text: string, ...samples: readonly string[]): JsonObject => ({
  type: 'BODY',
  text,
  ...(samples.length > 0 && { example: { body_text: [samples] } }),
});

/**
 * `hello_world` is Meta's sample; outside of test numbers Meta refuses it with 131058 (recorded), which would only be in
 * the way here, so it is taken (assumed).
 */
export const starters: readonly Pick<MessageTemplate, 'name' | 'language' | 'category' | 'components'>[] = [
  {
    name: 'hello_world',
    language: 'en_US',
    category: 'UTILITY',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Hello World' },
      body('Welcome and congratulations! This message demonstrates your ability to send a message.'),
      { type: 'FOOTER', text: 'WhatsApp Business Platform sample message' },
    ],
  },
  {
    name: 'order_update',
    language: 'en_US',
    category: 'UTILITY',
    components: [body('Your order {{1}} is on its way.', 'A-7')],
  },
  {
    name: 'order_update',
    language: 'pt_BR',
    category: 'UTILITY',
    components: [body('Seu pedido {{1}} está a caminho.', 'A-7')],
  },
  {
    name: 'seasonal_offer',
    language: 'en_US',
    category: 'MARKETING',
    components: [body('New in this week: {{1}}, for you.', 'boots')],
  },
];
