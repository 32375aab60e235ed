/** @kapso/whatsapp-cloud-api: every call of its README that goes to Meta, not to its own proxy. */
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';
import { link, place, png, sdp } from './material.mjs';

export function calls(stage) {
  const client = new WhatsAppClient({ baseUrl: stage.url, accessToken: stage.token, graphVersion: 'v23.0' });
  const { phoneNumberId, wabaId, customer: to } = stage;
  const { messages, media, templates, phoneNumbers, flows } = client;
  const at = { phoneNumberId, to };
  const file = new Blob([png], { type: 'image/png' });
  const upload = () => media.upload({ phoneNumberId, type: 'image/png', file, fileName: 'shoe.png' });
  return {
    'a text': () => messages.sendText({ ...at, body: 'Olá, https://shop.example', previewUrl: true }),
    'a text as a reply, with data of its own': () =>
      messages.sendText({
        ...at,
        body: 'Sim',
        contextMessageId: stage.inbound,
        bizOpaqueCallbackData: '{"order":7}',
      }),
    'a text to a user id': () => messages.sendText({ phoneNumberId, recipient: stage.userId, body: 'Olá' }),
    'an image by link': () => messages.sendImage({ ...at, image: { link: link.image, caption: 'Shoe' } }),
    'an image by id': async () => {
      const { id: mediaId } = await upload();
      await messages.sendImage({ ...at, image: { id: mediaId } });
    },
    'a video': () => messages.sendVideo({ ...at, video: { link: link.video, caption: 'Shoe' } }),
    'a voice message': () =>
      messages.sendAudio({ ...at, audio: { link: 'https://shop.example/a.ogg', voice: true } }),
    'a document': () =>
      messages.sendDocument({
        ...at,
        document: { link: link.document, filename: 'invoice.pdf', caption: 'Yours' },
      }),
    'a sticker': () => messages.sendSticker({ ...at, sticker: { link: link.sticker } }),
    'a location': () => messages.sendLocation({ ...at, location: place }),
    'a contact': () =>
      messages.sendContacts({
        ...at,
        contacts: [
          {
            name: { formattedName: 'Lu Dias', firstName: 'Lu' },
            birthday: '1990-02-28',
            phones: [{ phone: '+5511999990000', type: 'WORK', waId: '5511999990000' }],
            emails: [{ email: 'lu@shop.example', type: 'WORK' }],
            urls: [{ url: 'https://shop.example', type: 'WORK' }],
            addresses: [{ street: 'Rua A 1', city: 'São Paulo', countryCode: 'br', type: 'WORK' }],
            org: { company: 'Shop', title: 'Clerk' },
          },
        ],
      }),
    'a template': () => messages.sendTemplate({ ...at, template: stage.template }),
    'a reaction': () => messages.sendReaction({ ...at, reaction: { messageId: stage.inbound, emoji: '👍' } }),
    buttons: () =>
      messages.sendInteractiveButtons({
        ...at,
        header: { type: 'image', image: { link: link.image } },
        bodyText: 'Which?',
        footerText: 'Shop',
        buttons: [
          { id: 'a', title: 'This' },
          { id: 'b', title: 'That' },
        ],
      }),
    'a list': () =>
      messages.sendInteractiveList({
        ...at,
        header: { type: 'text', text: 'Shoes' },
        bodyText: 'Which?',
        buttonText: 'Choose',
        sections: [{ title: 'Red', rows: [{ id: 'a', title: 'This', description: 'Size 38' }] }],
      }),
    'a product': () =>
      messages.sendInteractiveProduct({
        ...at,
        bodyText: 'This?',
        catalogId: stage.catalogId,
        productRetailerId: 'shoe-1',
      }),
    'a list of products': () =>
      messages.sendInteractiveProductList({
        ...at,
        header: { type: 'text', text: 'Shoes' },
        bodyText: 'Which?',
        catalogId: stage.catalogId,
        sections: [{ title: 'Red', productItems: [{ productRetailerId: 'shoe-1' }] }],
      }),
    'an address request': () =>
      messages.sendInteractiveAddress({ ...at, bodyText: 'Where to?', parameters: { country: 'IN' } }),
    'a location request': () =>
      messages.sendInteractiveLocationRequest({
        ...at,
        bodyText: 'Where?',
        parameters: { requestMessage: 'Where?' },
      }),
    'a call permission request': () =>
      messages.sendInteractiveCallPermission({
        ...at,
        phoneNumberId: stage.callable,
        to: stage.caller,
        bodyText: 'May we call?',
        parameters: { phoneNumber: stage.caller },
      }),
    'a link button': () =>
      messages.sendInteractiveCtaUrl({
        ...at,
        bodyText: 'Track it here.',
        parameters: { displayText: 'Track', url: 'https://shop.example/t/91' },
      }),
    'a carousel': () =>
      messages.sendInteractiveCarousel({
        ...at,
        bodyText: 'New in.',
        cards: [0, 1].map((cardIndex) => ({
          cardIndex,
          header: { type: 'image', image: { link: link.image } },
          bodyText: `Shoe ${cardIndex}`,
          action: { displayText: 'See', url: `https://shop.example/p/${cardIndex}` },
        })),
      }),
    'a catalogue': () =>
      messages.sendInteractiveCatalogMessage({
        ...at,
        bodyText: 'All we have.',
        parameters: { thumbnailProductRetailerId: 'shoe-1' },
      }),
    'read, and typing': () =>
      messages.markRead({ phoneNumberId, messageId: stage.inbound, typingIndicator: { type: 'text' } }),
    'a file: upload, look, download, delete': async () => {
      const { id: mediaId } = await upload();
      await media.get({ mediaId });
      const bytes = Buffer.from(await media.download({ mediaId, auth: 'always' }));
      if (!bytes.equals(png)) throw new Error(`The file came back with ${bytes.length} bytes.`);
      await media.delete({ mediaId });
    },
    // Its `templates.get` asks for a path that Meta does not have, so it is not among these.
    'templates: create, list, delete': async () => {
      await templates.create({
        businessAccountId: wabaId,
        name: 'made_by_kapso',
        language: 'en_US',
        category: 'UTILITY',
        components: [{ type: 'BODY', text: 'Hello {{1}}, it is here.', example: { bodyText: [['Ana']] } }],
      });
      await templates.list({ businessAccountId: wabaId, limit: 5, name: 'made_by_kapso' });
      await templates.delete({ businessAccountId: wabaId, name: 'made_by_kapso' });
    },
    settings: async () => {
      await phoneNumbers.settings.get({ phoneNumberId });
      await phoneNumbers.settings.update({ phoneNumberId: stage.callable, calling: { status: 'DISABLED' } });
    },
    'the profile': async () => {
      await phoneNumbers.businessProfile.update({
        phoneNumberId,
        about: 'Shoes',
        websites: ['https://shop.example'],
      });
      const { data } = await phoneNumbers.businessProfile.get({ phoneNumberId, fields: 'about,websites' });
      if (data[0].about !== 'Shoes') throw new Error(`The profile is about ${data[0].about}.`);
    },
    'a flow: create, publish, look, send, deprecate': async () => {
      const { id: flowId } = await flows.create({
        wabaId,
        name: 'Dates',
        categories: ['OTHER'],
        flowJson: {
          version: '7.0',
          screens: [
            {
              id: 'DATES',
              title: 'Dates',
              terminal: true,
              layout: {
                type: 'SingleColumnLayout',
                children: [
                  { type: 'Footer', label: 'Done', onClickAction: { name: 'complete', payload: {} } },
                ],
              },
            },
          ],
        },
      });
      await flows.publish({ flowId });
      await flows.get({ flowId });
      await flows.list({ wabaId });
      await flows.preview({ flowId, interactive: true });
      await messages.sendInteractiveFlow({
        ...at,
        bodyText: 'When?',
        parameters: {
          flowId,
          flowCta: 'Choose',
          flowToken: 'token',
          flowAction: 'navigate',
          flowActionPayload: { screen: 'DATES' },
        },
      });
      await flows.deprecate({ flowId });
    },
    'a number: code, registration, end': async () => {
      const { fresh } = stage;
      await phoneNumbers.requestCode({ phoneNumberId: fresh, codeMethod: 'SMS', language: 'en_US' });
      const { records } = await (await fetch(stage.codeLog)).json();
      const { code } = records.map(({ event }) => event).find(({ type }) => type === 'code-sent');
      await phoneNumbers.verifyCode({ phoneNumberId: fresh, code });
      await phoneNumbers.register({ phoneNumberId: fresh, pin: '123456' });
      await phoneNumbers.deregister({ phoneNumberId: fresh });
    },
    'a call': async () => {
      const { callable } = stage;
      await client.calls.permissions.get({ phoneNumberId: callable, userWaId: stage.caller });
      const { calls: made } = await client.calls.connect({
        phoneNumberId: callable,
        to: stage.caller,
        session: { sdpType: 'offer', sdp },
      });
      await client.calls.terminate({ phoneNumberId: callable, callId: made[0].id });
    },
  };
}

export function receiver(appSecret) {
  return (body, signature) => {
    const trusted = verifySignature({ appSecret, rawBody: Buffer.from(body), signatureHeader: signature });
    if (!trusted) throw new Error('The signature is refused.');
    normalizeWebhook(JSON.parse(body));
  };
}
