// As careful as the README of @kapso/whatsapp-cloud-api allows: it answers only what the package marks as inbound, once,
// and leaves a conversation for twelve hours to the person who answers from the phone.
import express from 'express';
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';

const app = express();
const client = new WhatsAppClient({
  accessToken: process.env.WHATSAPP_TOKEN,
  baseUrl: process.env.GRAPH_API_BASE_URL,
});
const answerable = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'button',
];
const answered = new Set();
const handedOverUntil = new Map();
const twelveHours = 12 * 60 * 60;

const conversation = (phoneNumberId, waId, userId) => `${phoneNumberId}/${userId ?? waId}`;

async function answer(phoneNumberId, message) {
  await client.messages.sendText({
    phoneNumberId,
    ...(message.from === undefined ? {} : { to: message.from }),
    ...(message.fromUserId === undefined ? {} : { recipient: message.fromUserId }),
    body: 'Thanks for your message!',
  });
}

function take({ messages, phoneNumberId }) {
  for (const message of messages) {
    if (message.kapso?.source === 'smb_message_echo') {
      const chat = conversation(phoneNumberId, message.to, message.toUserId);
      const until = Number(message.timestamp) + twelveHours;
      handedOverUntil.set(chat, Math.max(until, handedOverUntil.get(chat) ?? 0));
      continue;
    }
    if (message.kapso?.direction !== 'inbound' || !answerable.includes(message.type)) continue;
    if (answered.has(message.id)) continue;
    answered.add(message.id);
    const until = handedOverUntil.get(conversation(phoneNumberId, message.from, message.fromUserId)) ?? 0;
    if (until * 1000 > Date.now()) continue;
    answer(phoneNumberId, message).catch(console.error);
  }
}

app.get('/webhook', (req, res) => {
  if (req.query['hub.verify_token'] !== process.env.WHATSAPP_VERIFY_TOKEN) return res.sendStatus(403);
  return res.type('text/plain').send(req.query['hub.challenge']);
});

app.post('/webhook', express.raw({ type: 'application/json', limit: '4mb' }), (req, res) => {
  const ok = verifySignature({
    appSecret: process.env.WHATSAPP_APP_SECRET,
    rawBody: req.body,
    signatureHeader: req.headers['x-hub-signature-256'],
  });
  if (!ok) return res.status(401).end();
  res.sendStatus(200);
  return take(normalizeWebhook(JSON.parse(req.body.toString('utf8'))));
});

app.listen(process.env.PORT, '127.0.0.1');
