// The example of the README of whatsapp-api-js, behind the Express middleware of the package.
import express from 'express';
import { WhatsAppAPI } from 'whatsapp-api-js/middleware/express';
import { Text } from 'whatsapp-api-js/messages';

const app = express();
const Whatsapp = new WhatsAppAPI({
  token: process.env.WHATSAPP_TOKEN,
  appSecret: process.env.WHATSAPP_APP_SECRET,
  webhookVerifyToken: process.env.WHATSAPP_VERIFY_TOKEN,
  v: 'v25.0',
});

Whatsapp.on.message = async ({ message, name, reply }) => {
  if (message.type === 'text') await reply(new Text(`*${name}* said:\n\n${message.text.body}`), true);
};

app.post('/webhook', express.text({ type: '*/*' }), async (req, res) => {
  res.sendStatus(await Whatsapp.handle_post(req));
});

app.get('/webhook', (req, res) => {
  try {
    res.send(Whatsapp.handle_get(req));
  } catch (e) {
    res.sendStatus(e);
  }
});

app.listen(process.env.PORT, '127.0.0.1');
