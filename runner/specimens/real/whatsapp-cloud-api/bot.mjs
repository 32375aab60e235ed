// The example of the README of whatsapp-cloud-api. One thing is added: a refused send is logged, where the example's
// process would end.
import { createBot } from 'whatsapp-cloud-api';

const bot = createBot(process.env.COEX_PHONE_NUMBER_ID, process.env.WHATSAPP_TOKEN, { version: 'v25.0' });

await bot.startExpressServer({
  webhookVerifyToken: process.env.WHATSAPP_VERIFY_TOKEN,
  port: process.env.PORT,
});

bot.on('message', async (msg) => {
  try {
    if (msg.type === 'text') {
      await bot.sendText(msg.from, 'Received your text message!');
    } else if (msg.type === 'image') {
      await bot.sendText(msg.from, 'Received your image!');
    }
  } catch (error) {
    console.error(error);
  }
});
