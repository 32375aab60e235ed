// The webhook example of the README of @kapso/whatsapp-cloud-api, with an answer where the example has a comment.
import express from 'express';
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';

const app = express();
const client = new WhatsAppClient({
  accessToken: process.env.WHATSAPP_TOKEN,
  baseUrl: process.env.GRAPH_API_BASE_URL,
});

app.get('/webhook', (req, res) => {
  if (req.query['hub.verify_token'] !== process.env.WHATSAPP_VERIFY_TOKEN) return res.sendStatus(403);
  return res.type('text/plain').send(req.query['hub.challenge']);
});

app.post('/webhook', express.raw({ type: 'application/json' }), (req, res) => {
  const ok = verifySignature({
    appSecret: process.env.WHATSAPP_APP_SECRET,
    rawBody: req.body,
    signatureHeader: req.headers['x-hub-signature-256'],
  });
  if (!ok) return res.status(401).end();

  const events = normalizeWebhook(JSON.parse(req.body.toString('utf8')));
  events.messages.forEach((message) => {
    client.messages
      .sendText({ phoneNumberId: events.phoneNumberId, to: message.from, body: 'Thanks for your message!' })
      .catch(console.error);
  });
  return res.sendStatus(200);
});

app.listen(process.env.PORT, '127.0.0.1');
