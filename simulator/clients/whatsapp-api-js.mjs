/** whatsapp-api-js: it has Meta's host written into it, so it is played behind the preload `coex/redirect`. */
import { webcrypto } from 'node:crypto';
import { WhatsAppAPI } from 'whatsapp-api-js';
import * as messages from 'whatsapp-api-js/messages';
import { link, place, png, sdp } from './material.mjs';

export function calls(stage) {
  const { phoneNumberId, customer: to } = stage;
  const client = new WhatsAppAPI({ token: stage.token, secure: false, v: 'v23.0' });
  // It hands over what Meta answered, errors too.
  const taken = (answer) => {
    if (answer?.error) throw new Error(JSON.stringify(answer.error));
    return answer;
  };
  const send = async (message, from = phoneNumberId) =>
    taken(await client.sendMessage(from, from === phoneNumberId ? to : stage.caller, message));
  const body = new messages.Body('Which?');
  const interactive = (action, header, from) => send(new messages.Interactive(action, body, header), from);
  const upload = async () => {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', 'image/png');
    form.set('file', new Blob([png], { type: 'image/png' }), 'shoe.png');
    return taken(await client.uploadMedia(phoneNumberId, form)).id;
  };
  return {
    'a text': () => send(new messages.Text('Olá, https://shop.example', true)),
    'a text as a reply, with data of its own': async () =>
      taken(
        await client.sendMessage(phoneNumberId, to, new messages.Text('Sim'), stage.inbound, '{"order":7}'),
      ),
    'a text to a user id': async () =>
      taken(await client.sendMessage(phoneNumberId, { bsuid: stage.userId }, new messages.Text('Olá'))),
    'an image by link': () => send(new messages.Image(link.image, false, 'Shoe')),
    'an image by id': async () => send(new messages.Image(await upload(), true)),
    'a video': () => send(new messages.Video(link.video, false, 'Shoe')),
    'an audio': () => send(new messages.Audio(link.audio, false)),
    'a voice message': () => send(new messages.Audio('https://shop.example/a.ogg', false, true)),
    'a document': () => send(new messages.Document(link.document, false, 'Yours', 'invoice.pdf')),
    'a sticker': () => send(new messages.Sticker(link.sticker, false)),
    'a location': () =>
      send(new messages.Location(place.longitude, place.latitude, place.name, place.address)),
    'a contact': () =>
      send(
        new messages.Contacts([
          new messages.Name('Lu Dias', 'Lu', 'Dias'),
          new messages.Birthday('1990', '02', '28'),
          new messages.Phone('+5511999990000', 'WORK', '5511999990000'),
          new messages.Email('lu@shop.example', 'WORK'),
          new messages.Url('https://shop.example', 'WORK'),
          new messages.Address('Brazil', 'br', 'SP', 'São Paulo', 'Rua A 1', '01000-000', 'WORK'),
          new messages.Organization('Shop', 'Sales', 'Clerk'),
        ]),
      ),
    'a reaction': () => send(new messages.Reaction(stage.inbound, '👍')),
    'a reaction taken back': () => send(new messages.Reaction(stage.inbound)),
    'a template': () =>
      send(
        new messages.Template(
          stage.template.name,
          stage.template.language.code,
          new messages.BodyComponent(new messages.BodyParameter('Ana')),
        ),
      ),
    buttons: () =>
      interactive(
        new messages.ActionButtons(new messages.Button('a', 'This'), new messages.Button('b', 'That')),
        new messages.Header(new messages.Image(link.image)),
      ),
    'a list': () =>
      interactive(
        new messages.ActionList(
          'Choose',
          new messages.ListSection('Red', new messages.Row('a', 'This', 'Size 38')),
        ),
        new messages.Header('Shoes'),
      ),
    'a catalogue': () => interactive(new messages.ActionCatalog(new messages.Product('shoe-1'))),
    'a product': () =>
      interactive(new messages.ActionProduct(new messages.CatalogProduct('shoe-1', stage.catalogId))),
    'a list of products': () =>
      interactive(
        new messages.ActionProductList(
          stage.catalogId,
          new messages.ProductSection('Red', new messages.Product('shoe-1'), new messages.Product('shoe-2')),
        ),
        new messages.Header('Shoes'),
      ),
    'a link button': () => interactive(new messages.ActionCTA('Track', 'https://shop.example/t/91')),
    'a flow that navigates': () =>
      interactive(
        new messages.ActionNavigateFlow('token', stage.flowId, 'Choose', 'DATES', { from: 'chat' }),
      ),
    'a flow that asks its endpoint': () =>
      interactive(new messages.ActionDataExchangeFlow('token', stage.flowId, 'Choose')),
    'a location request': () => interactive(new messages.ActionLocation()),
    'a call permission request': () =>
      interactive(new messages.ActionCallPermission(), undefined, stage.callable),
    'a contact request': () => interactive(new messages.ActionContactRequest()),
    'many at once': async () => {
      const sent = client.broadcastMessage(phoneNumberId, [to, to], new messages.Text('Olá'), 1, 10);
      for (const answer of await Promise.all(sent)) taken(answer);
    },
    'read, and typing': async () => taken(await client.markAsRead(phoneNumberId, stage.inbound, 'text')),
    'a file: upload, look, download, delete': async () => {
      const id = await upload();
      const { url } = taken(await client.retrieveMedia(id, phoneNumberId));
      const bytes = Buffer.from(await (await client.fetchMedia(url)).arrayBuffer());
      if (!bytes.equals(png)) throw new Error(`The file came back with ${bytes.length} bytes.`);
      taken(await client.deleteMedia(id, phoneNumberId));
    },
    'QR codes: create, look, change, list, delete': async () => {
      const { code } = taken(await client.createQR(phoneNumberId, 'Olá!', 'png'));
      taken(await client.retrieveQR(phoneNumberId, code));
      taken(await client.updateQR(phoneNumberId, code, 'Oi!'));
      const { data } = taken(await client.retrieveQR(phoneNumberId));
      if (!data.some((one) => one.prefilled_message === 'Oi!'))
        throw new Error('The new text is not listed.');
      taken(await client.deleteQR(phoneNumberId, code));
    },
    'block and unblock': async () => {
      taken(await client.blockUser(phoneNumberId, to));
      taken(await client.unblockUser(phoneNumberId, to));
    },
    'a call': async () => {
      const { calls: made } = taken(await client.initiateCall(stage.callable, stage.caller, sdp));
      taken(await client.terminateCall(stage.callable, made[0].id));
    },
  };
}

export function receiver(appSecret) {
  const client = new WhatsAppAPI({ token: 'token', appSecret, ponyfill: { subtle: webcrypto.subtle } });
  return (body, signature) => client.post(JSON.parse(body), body, signature);
}
