/** A bot of a few lines: answers customers, and lets what the owner types on the phone be. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { PORT, GRAPH_API_BASE_URL, WHATSAPP_TOKEN, WHATSAPP_VERIFY_TOKEN, WHATSAPP_APP_SECRET } = process.env;

const isSigned = (body, given = '') => {
  const right = `sha256=${createHmac('sha256', WHATSAPP_APP_SECRET).update(body).digest('hex')}`;
  return given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
};

/** To a number; to who hides it, by user id. What gets lost on the way is told, and the next customer is answered. */
const answer = (phoneNumberId, { from, from_user_id: userId }) =>
  fetch(`${GRAPH_API_BASE_URL}/v23.0/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${WHATSAPP_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      ...(from ? { to: from } : { recipient: userId }),
      type: 'text',
      text: { body: 'One moment.' },
    }),
  }).catch((error) => console.error(`not sent: ${error.message}`));

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (request.method === 'GET') {
    const right = url.searchParams.get('hub.verify_token') === WHATSAPP_VERIFY_TOKEN;
    return response.writeHead(right ? 200 : 403).end(right ? url.searchParams.get('hub.challenge') : '');
  }
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  if (!isSigned(body, request.headers['x-hub-signature-256'])) return response.writeHead(401).end();
  response.end();
  for (const { changes } of JSON.parse(body).entry)
    for (const { field, value } of changes)
      if (field === 'messages')
        for (const message of value.messages ?? []) await answer(value.metadata.phone_number_id, message);
}).listen(Number(PORT), '127.0.0.1');
