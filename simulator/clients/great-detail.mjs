/** @great-detail/whatsapp: every method of its `Client`. */
import Client from '@great-detail/whatsapp';
import { contact, link, place, png } from './material.mjs';

export function calls(stage) {
  const { phoneNumberId: phoneNumberID, wabaId: businessAccountID, customer: to } = stage;
  const headers = { Authorization: `Bearer ${stage.token}` };
  const client = new Client({
    prefixUrl: stage.url,
    graphVersion: 'v23.0',
    request: { headers, retry: 0 },
  });
  const send = (type, content) => client.message.createMessage({ phoneNumberID, to, type, [type]: content });
  const upload = () =>
    client.media
      .upload({
        phoneNumberID,
        file: new Blob([png], { type: 'image/png' }),
        filename: 'shoe.png',
        mimeType: 'image/png',
      })
      .json();
  return {
    'a text': () => send('text', { body: 'Olá, https://shop.example', preview_url: true }),
    'a text as a reply, with data of its own': () =>
      client.message.createMessage({
        phoneNumberID,
        to,
        type: 'text',
        text: { body: 'Sim' },
        context: { message_id: stage.inbound },
        biz_opaque_callback_data: '{"order":7}',
      }),
    'an image by link': () => send('image', { link: link.image, caption: 'Shoe' }),
    'an image by id': async () => send('image', { id: (await upload()).id }),
    'a video': () => send('video', { link: link.video }),
    'an audio': () => send('audio', { link: link.audio }),
    'a document': () => send('document', { link: link.document, filename: 'invoice.pdf' }),
    'a sticker': () => send('sticker', { link: link.sticker }),
    'a location': () => send('location', place),
    'a contact': () => send('contacts', [contact]),
    'a reaction': () => send('reaction', { message_id: stage.inbound, emoji: '👍' }),
    buttons: () =>
      send('interactive', {
        type: 'button',
        body: { text: 'Which?' },
        action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'This' } }] },
      }),
    'a template': () => send('template', stage.template),
    'read, and typing': () =>
      client.message.createStatus({
        phoneNumberID,
        message_id: stage.inbound,
        status: 'read',
        typing_indicator: { type: 'text' },
      }),
    'a file: upload, look, download, delete': async () => {
      const { id: mediaID } = await upload();
      const { url: mediaURL } = await client.media.getURL({ mediaID, phoneNumberID }).json();
      const bytes = Buffer.from(
        await client.media.download({ mediaURL, request: { headers } }).arrayBuffer(),
      );
      if (!bytes.equals(png)) throw new Error(`The file came back with ${bytes.length} bytes.`);
      await client.media.delete({ mediaID, phoneNumberID });
    },
    'the profile': async () => {
      await client.businessProfile.updateBusinessProfile({
        phoneNumberID,
        about: 'Shoes',
        vertical: 'RETAIL',
      });
      const fields = { about: true, vertical: true };
      const { data } = await client.businessProfile.getBusinessProfile({ phoneNumberID, fields }).json();
      if (data[0].vertical !== 'RETAIL') throw new Error(`The profile says ${data[0].vertical}.`);
    },
    'numbers: one, all, another name': async () => {
      await client.phoneNumbers.getPhoneNumber({ phoneNumberID, fields: ['verified_name', 'throughput'] });
      await client.phoneNumbers.listPhoneNumbers({ businessAccountID });
      await client.phoneNumbers.updatePhoneNumber({ phoneNumberID, new_display_name: 'Shoes and more' });
    },
    'the account': () => client.whatsappBusinessAccount.get(businessAccountID, { fields: ['name'] }),
    'the subscription': async () => {
      await client.subscribedApps.createSubscription({ businessAccountID });
      const { data } = await client.subscribedApps.listSubscriptions({ businessAccountID }).json();
      if (data.length === 0) throw new Error('Nobody is subscribed.');
    },
    'templates: create, look, list, delete': async () => {
      const name = 'made_by_great_detail';
      const { id } = await client.template
        .create(businessAccountID, {
          name,
          language: 'en_US',
          category: 'UTILITY',
          components: [{ type: 'BODY', text: 'Your order is here.' }],
        })
        .json();
      await client.template.get(id, { fields: ['name', 'status'] });
      await client.template.list(businessAccountID, { limit: 5 });
      await client.template.delete(businessAccountID, { name });
    },
    'an approved template: change': async () => {
      const { data } = await client.template
        .list(businessAccountID, { name_or_content: stage.spareTemplate })
        .json();
      const components = [{ type: 'BODY', text: 'Your order has come.' }];
      await client.template.update(data[0].id, { category: 'UTILITY', components });
    },
  };
}

export function receiver(appSecret) {
  const { webhook } = new Client();
  return async (body, signature) => {
    const notification = await webhook.eventNotification({
      method: 'POST',
      query: {},
      headers: {
        'x-hub-signature-256': signature,
        'x-hub-signature': signature,
        'content-type': 'application/json',
      },
      body,
    });
    if (!(await notification.signature.sha256.check(appSecret))) throw new Error('The signature is refused.');
    notification.accept();
  };
}
