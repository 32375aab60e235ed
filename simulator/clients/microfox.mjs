/** @microfox/whatsapp-business: every method of its SDK that asks for something Meta has. */
import { WebhookPayloadSchema, WhatsAppBusinessSDK } from '@microfox/whatsapp-business';
import { contact, link, place, png } from './material.mjs';

// Its configuration of greetings insists on this variable, and then does not use it.
process.env.WHATSAPP_WEBHOOK_URL ??= 'http://127.0.0.1/webhook';

export function calls(stage) {
  const { phoneNumberId, wabaId, customer: to } = stage;
  const at = { baseUrl: `${stage.url}/v22.0`, accessToken: stage.token, businessAccountId: wabaId };
  const client = new WhatsAppBusinessSDK({ ...at, phoneNumberId });
  const file = new Blob([png], { type: 'image/png' });
  const upload = async () => (await client.uploadMedia(file, 'image')).data.id;
  const interactive = (type, action) =>
    client.sendInteractiveMessage(to, { type, body: { text: 'Which?' }, action });
  return {
    'a text': () => client.sendTextMessage(to, 'Olá, https://shop.example'),
    'a text as a reply': () => client.sendReply(to, 'text', 'Sim', stage.inbound),
    'an image by link': () => client.sendImageMessage(to, { link: link.image, caption: 'Shoe' }),
    'an image by id': async () => client.sendImageMessage(to, { id: await upload() }),
    'a video': () => client.sendVideoMessage(to, { link: link.video }),
    'an audio': () => client.sendAudioMessage(to, { link: link.audio }),
    'a document': () => client.sendDocumentMessage(to, { link: link.document, filename: 'invoice.pdf' }),
    'a sticker': () => client.sendStickerMessage(to, { link: link.sticker }),
    'a location': () => client.sendLocationMessage(to, place),
    'a contact': () => client.sendContactMessage(to, [contact]),
    'a reaction': () => client.sendReaction(to, stage.inbound, '👍'),
    buttons: () => interactive('button', { buttons: [{ type: 'reply', reply: { id: 'a', title: 'This' } }] }),
    'a list': () =>
      interactive('list', {
        button: 'Choose',
        sections: [{ title: 'Red', rows: [{ id: 'a', title: 'This' }] }],
      }),
    'a link button': () =>
      interactive('cta_url', {
        name: 'cta_url',
        parameters: { display_text: 'Track', url: 'https://shop.example/t/91' },
      }),
    'a flow': () =>
      client.sendFlowMessage(to, {
        id: stage.flowId,
        token: 'token',
        header: { type: 'text', text: 'Dates' },
        body: { text: 'When?' },
        footer: { text: 'Shop' },
        parameters: {
          mode: 'draft',
          flow_message_version: '3',
          flow_id: stage.draftFlowId,
          flow_cta: 'Choose',
          flow_action: 'navigate',
          flow_action_payload: { screen: 'DATES' },
        },
      }),
    'a location request': () => client.sendLocationRequestMessage(to, 'Where?'),
    'a template': () =>
      client.sendTemplateMessage(
        to,
        stage.template.name,
        stage.template.language.code,
        stage.template.components,
      ),
    read: () => client.markMessageAsRead(stage.inbound),
    typing: () => client.sendTypingIndicator({ messageId: stage.inbound }),
    'a file: upload, look, download': async () => {
      const { data } = await client.downloadMedia(await upload());
      const bytes = Buffer.from(data);
      if (!bytes.equals(png)) throw new Error(`The file came back with ${bytes.length} bytes.`);
    },
    'the profile': async () => {
      await client.updateBusinessProfile({ about: 'Shoes' });
      await client.getBusinessProfile();
    },
    'templates: list, delete': async () => {
      await client.getTemplates({ limit: 5, offset: 0 });
      await client.deleteTemplate(stage.spareTemplate);
    },
    'numbers of the account': () => client.getPhoneNumbers(),
    'greetings: set, look': async () => {
      await client.configureConversationalComponents({
        enable_welcome_message: true,
        prompts: ['Where is it?'],
      });
      const response = await client._makeRequest(`/${phoneNumberId}?fields=conversational_automation`, 'GET');
      if (response.data.conversational_automation?.prompts?.[0] !== 'Where is it?')
        throw new Error('It is not there.');
    },
    'a number: registration, end': async () => {
      await client.registerPhone(stage.verified, '123456');
      await client.deregisterPhone(stage.verified);
    },
  };
}

export function receiver() {
  return (body) => {
    WebhookPayloadSchema.parse(JSON.parse(body));
  };
}
