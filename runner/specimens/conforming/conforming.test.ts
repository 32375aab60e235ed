import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusal } from '../testing/recorder.ts';
import { secret, startSpecimen, verifyToken, type Specimen } from '../testing/specimen.ts';
import {
  account,
  ana,
  businessNumber,
  change,
  chunk,
  deliver,
  echo,
  history,
  inbound,
  phoneNumberId,
  seconds,
  text,
  wabaId,
  webhook,
} from '../testing/webhooks.ts';
import { isSignedByMeta } from './signature.ts';

let inbox: Specimen;
beforeEach(async () => {
  inbox = await startSpecimen();
});
afterEach(() => inbox.close());

const texts = async (customer?: string): Promise<string[]> =>
  (await inbox.conversation(customer)).map((message) => `${message.author}: ${message.text}`);
const replies = (): number => inbox.graph.to('messages').length;

const sample = String.raw`{"object":"whatsapp_business_account","entry":[{"id":"900100200300400","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001234","phone_number_id":"700800900100200"},"contacts":[{"profile":{"name":"Zo\u00eb"},"wa_id":"447700900123"}],"messages":[{"from":"447700900123","id":"wamid.X","timestamp":"1790000000","text":{"body":"caf\u00e9 1\/2 \ud83d\ude00"},"type":"text"}]},"field":"messages"}]}]}`;

describe('the door', () => {
  test.each([
    [
      'test_app_secret',
      '{"object":"whatsapp_business_account","entry":[]}',
      'dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756',
    ],
    ['sim-secret-01', sample, '8e804385934657d5e10c05ceae53bf4594d88fcad56af26a8e60b24b4dc158a9'],
  ])('a signature is computed over the bytes, with the secret %s', (appSecret, body, digest) => {
    expect(isSignedByMeta(Buffer.from(body), `sha256=${digest}`, appSecret)).toBe(true);
    expect(isSignedByMeta(Buffer.from(`${body} `), `sha256=${digest}`, appSecret)).toBe(false);
    expect(isSignedByMeta(Buffer.from(body), digest, appSecret)).toBe(false);
    expect(isSignedByMeta(Buffer.from(body), undefined, appSecret)).toBe(false);
  });

  test('the handshake echoes the challenge as plain text, for the right token only', async () => {
    const ask = (token: string): Promise<Response> =>
      fetch(
        `${inbox.url}/webhook?hub.mode=subscribe&hub.challenge=1930264718&hub.verify_token=${encodeURIComponent(token)}`,
      );
    const right = await ask(verifyToken);
    expect(right.headers.get('content-type')).toContain('text/plain');
    expect(await right.text()).toBe('1930264718');
    expect((await ask('a guess')).status).toBe(403);
  });

  test('a webhook that Meta did not sign changes nothing', async () => {
    expect(await deliver(inbox.url, inbound(text('wamid.1', 'hello')), 'another secret')).toBe(401);
    await inbox.settled();
    expect(await inbox.conversation()).toEqual([]);
  });

  test('unknown fields, unknown types and missing parts are taken, and what is good in them is used', async () => {
    const odd = webhook(
      change('a_new_field', { whatever: [1] }),
      { field: 'messages' },
      change('messages', {
        messages: [
          { from: ana, id: 'wamid.1', timestamp: seconds(), type: 'hologram', hologram: {} },
          { id: 'wamid.2' },
          null,
          text('wamid.3', 'hello'),
        ],
        statuses: [{ id: 'wamid.elsewhere', status: 'teleported' }],
      }),
    );
    expect(await inbox.receive(odd)).toBe(200);
    expect((await inbox.conversation()).map((message) => message.kind)).toEqual(['hologram', 'text', 'text']);
    expect(inbox.errors).toHaveLength(1);
    expect(await inbox.receive([])).toBe(200);
  });

  test('every entry, change and message of a batch is taken', async () => {
    const batch = {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: wabaId,
          changes: [change('messages', { messages: [text('wamid.1', 'a'), text('wamid.2', 'b')] })],
        },
        { id: wabaId, changes: [change('messages', { messages: [text('wamid.3', 'c')] })] },
      ],
    };
    await inbox.receive(batch);
    expect(replies()).toBe(3);
    expect((await texts()).filter((line) => line.startsWith('customer'))).toHaveLength(3);
  });

  test('the page escapes what customers write', async () => {
    await inbox.receive(inbound(text('wamid.1', '<script>alert(1)</script>')));
    const page = await (await fetch(inbox.url)).text();
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).not.toContain('<script>');
  });
});

describe('messages', () => {
  test('a customer is answered once, however often and however fast the message comes', async () => {
    const message = inbound(text('wamid.1', 'hello'));
    await Promise.all([1, 2, 3].map(() => inbox.startReceiving(message)));
    await inbox.settled();
    await inbox.receive(message);
    expect(await texts()).toEqual(['customer: hello', expect.stringContaining('bot: ')]);
    const [reply] = inbox.graph.to('messages');
    expect(reply?.token).toBe('EAAsystem');
    expect(reply?.body).toMatchObject({ messaging_product: 'whatsapp', to: ana, type: 'text' });
  });

  test('numbers are not mixed', async () => {
    await inbox.receive(inbound(text('wamid.1', 'hello')));
    const other = await fetch(`${inbox.url}/conversations/999/${ana}`);
    expect(await other.json()).toEqual([]);
  });

  test('who hides the number is answered by user id, and is one customer when the number shows', async () => {
    const hidden = { from: undefined, from_user_id: 'US.1349' };
    await inbox.receive(inbound(text('wamid.1', 'hello', hidden)));
    expect(inbox.graph.to('messages')[0]?.body).toMatchObject({ recipient: 'US.1349' });
    expect(inbox.graph.to('messages')[0]?.body).not.toHaveProperty('to');
    await inbox.receive(inbound(text('wamid.2', 'me again', { from_user_id: 'US.1349' })));
    expect(await texts()).toHaveLength(4);
    expect(await texts('US.1349')).toHaveLength(4);
  });

  test('what the Cloud API cannot show leaves a placeholder, which is filled but not answered twice', async () => {
    const unavailable = {
      from: ana,
      id: 'wamid.1',
      timestamp: seconds(),
      type: 'unsupported',
      errors: [{ code: 131060, title: 'This message is unavailable.' }],
    };
    await inbox.receive(inbound(unavailable));
    expect(replies()).toBe(0);
    expect(await texts()).toEqual(['customer: [unsupported] This message is unavailable.']);
    await inbox.receive(inbound(text('wamid.1', 'I saw your ad')));
    await inbox.receive(inbound(unavailable));
    expect((await texts())[0]).toBe('customer: I saw your ad');
    expect(replies()).toBe(1);
  });

  test('edits, deletions and reactions change the message they are about, on both sides and in any order', async () => {
    const about = (id: string, type: string, more: object): object => ({
      from: ana,
      id,
      timestamp: seconds(1),
      type,
      [type]: { original_message_id: 'wamid.1', ...more },
    });
    const edit = (words: string): object => ({ message: { type: 'text', text: { body: words } } });
    await inbox.receive(inbound({ ...about('wamid.e1', 'edit', edit('two please')) }));
    await inbox.receive(inbound(text('wamid.1', 'one please')));
    expect(await inbox.conversation()).toMatchObject([
      { text: 'two please', edited: true },
      { author: 'bot' },
    ]);
    await inbox.receive(inbound({ ...about('wamid.e2', 'revoke', {}) }));
    await inbox.receive(inbound({ ...about('wamid.e3', 'edit', edit('three please')) }));
    expect(await inbox.conversation()).toMatchObject([{ text: '', deleted: true }, { author: 'bot' }]);

    await inbox.receive(echo(text('wamid.2', 'Of corse', { timestamp: seconds(1) })));
    const corrected = {
      original_message_id: 'wamid.2',
      message: { type: 'text', text: { body: 'Of course' } },
    };
    await inbox.receive(echo({ id: 'wamid.e4', timestamp: seconds(2), type: 'edit', edit: corrected }));
    expect((await texts()).at(-1)).toBe('phone: Of course');
    expect(await inbox.conversation()).toHaveLength(3);
  });
});

describe('sending', () => {
  test('statuses never go backwards, also those that overtake the answer of the send', async () => {
    await inbox.receive(inbound(text('wamid.1', 'hello')));
    const status = (name: string): object =>
      webhook(change('messages', { statuses: [{ id: 'wamid.out1', status: name }] }));
    for (const name of ['read', 'sent', 'delivered']) await inbox.receive(status(name));
    expect(await inbox.conversation()).toMatchObject([{}, { delivery: 'read' }]);
  });

  test('a message that failed stays failed, with its reason', async () => {
    await inbox.receive(
      webhook(
        change('messages', {
          statuses: [
            {
              id: 'wamid.out1',
              status: 'failed',
              errors: [{ code: 131047, title: 'Re-engagement message' }],
            },
          ],
        }),
      ),
    );
    await inbox.receive(inbound(text('wamid.1', 'hello')));
    await inbox.receive(webhook(change('messages', { statuses: [{ id: 'wamid.out1', status: 'sent' }] })));
    const failure = { code: 131047, title: 'Re-engagement message' };
    expect(await inbox.conversation()).toMatchObject([{}, { delivery: 'failed', failure }]);
  });

  test('after a rate limit it waits longer each time, then gives up in sight of everybody', async () => {
    inbox.graph.answer('messages', refusal(130429), refusal(130429, 429));
    await inbox.receive(inbound(text('wamid.1', 'hello')));
    const [first, second, third] = inbox.graph.to('messages').map((call) => call.atMs);
    expect(replies()).toBe(3);
    expect(second! - first!).toBeGreaterThanOrEqual(19);
    expect(third! - second!).toBeGreaterThanOrEqual(39);
    expect(await inbox.conversation()).toMatchObject([{}, { delivery: 'accepted' }]);

    inbox.graph.answer('messages', ...Array.from({ length: 5 }, () => refusal(131056)));
    await inbox.receive(inbound(text('wamid.2', 'hello?')));
    expect(replies()).toBe(8);
    expect((await inbox.conversation()).at(-1)).toMatchObject({
      delivery: 'failed',
      failure: { code: 131056 },
    });
  });

  test('any other refusal is shown and not repeated', async () => {
    inbox.graph.answer('messages', refusal(133010));
    await inbox.receive(inbound(text('wamid.1', 'hello')));
    expect(replies()).toBe(1);
    expect(await inbox.conversation()).toMatchObject([{}, { delivery: 'failed', failure: { code: 133010 } }]);
  });

  test('a send without an answer is not repeated', async () => {
    await inbox.graph.close();
    await inbox.receive(inbound(text('wamid.1', 'hello')));
    expect(await inbox.conversation()).toMatchObject([{}, { author: 'bot', delivery: 'unconfirmed' }]);
  });

  test('outside the service window nothing is sent; echoes and history do not open it', async () => {
    await inbox.receive(chunk(100, text('wamid.h', 'last month', { timestamp: seconds(-3_000_000) })));
    await inbox.receive(echo(text('wamid.p', 'Hello Ana', { timestamp: seconds(-150_000) })));
    await inbox.receive(inbound(text('wamid.1', 'delayed', { timestamp: seconds(-86_500) })));
    expect(replies()).toBe(0);
    expect(await (await fetch(inbox.url)).text()).toContain('service window is closed');
    await inbox.receive(inbound(text('wamid.2', 'fresh', { timestamp: seconds(-40_000) })));
    expect(replies()).toBe(1);
  });
});

describe('echoes', () => {
  test('an echo is the business speaking: in the conversation with its addressee, once, unanswered', async () => {
    const mirrored = echo(text('wamid.p', 'Your order is ready'));
    await inbox.receive(mirrored);
    await inbox.receive(mirrored);
    expect(await texts()).toEqual(['phone: Your order is ready']);
    expect(await inbox.conversation(businessNumber)).toEqual([]);
    expect(replies()).toBe(0);
  });

  test('a person on the phone silences the bot, in that conversation, for twelve hours', async () => {
    await inbox.receive(inbound(text('wamid.1', 'hello', { timestamp: seconds(-50_000) })));
    await inbox.receive(echo(text('wamid.p', 'Hi, this is Lu', { timestamp: seconds(-49_980) })));
    await inbox.receive(inbound(text('wamid.2', 'oh, thanks', { timestamp: seconds(-49_900) })));
    expect(replies()).toBe(1);
    await inbox.receive(inbound(text('wamid.3', 'hi', { from: '16505550000' })));
    expect(replies()).toBe(2);
    await inbox.receive(inbound(text('wamid.4', 'are you there?', { timestamp: seconds(-49_980 + 43_201) })));
    expect(replies()).toBe(3);
  });

  test('a reply in the making is dropped when a person is faster', async () => {
    await inbox.close();
    inbox = await startSpecimen({}, { thinkingMs: 100 });
    const timestamp = seconds();
    await inbox.startReceiving(inbound(text('wamid.1', 'hello', { timestamp })));
    await inbox.receive(echo(text('wamid.p', 'Hi, this is Lu', { timestamp })));
    expect(replies()).toBe(0);
  });

  test("the app's own greeting does not silence the bot, nor does the same text later", async () => {
    await inbox.receive(inbound(text('wamid.1', 'hello', { timestamp: seconds(-100) })));
    await inbox.receive(echo(text('wamid.g', 'Welcome!', { timestamp: seconds(-98) })));
    await inbox.receive(inbound(text('wamid.2', 'what do you sell?', { timestamp: seconds(-60) })));
    await inbox.receive(echo(text('wamid.g2', 'Welcome!', { timestamp: seconds(-58) })));
    await inbox.receive(inbound(text('wamid.3', 'hello?', { timestamp: seconds(-30) })));
    expect(replies()).toBe(3);
  });
});

describe('history', () => {
  const past = (id: string, body: string, more: object = {}): Record<string, unknown> => ({
    ...text(id, body, { timestamp: seconds(-100_000) }),
    history_context: { status: 'READ' },
    ...more,
  });

  test('is imported once, with its own time and direction, and unanswered', async () => {
    await inbox.receive(inbound(text('wamid.1', 'live')));
    const sent = { from: businessNumber, to: ana, history_context: { status: 'DELIVERED', from_me: true } };
    const first = chunk(50, past('wamid.h1', 'open on Sunday?'), past('wamid.h2', 'Yes', sent));
    const second = chunk(
      100,
      past('wamid.h3', 'Great', { timestamp: seconds(-200_000) }),
      past('wamid.h2', 'Yes', sent),
      past('wamid.h4', 'no hint', { from: businessNumber, history_context: {} }),
      past('wamid.1', 'live'),
    );
    for (const part of [second, first, second]) await inbox.receive(part);
    expect(await texts()).toEqual([
      'customer: Great',
      'phone: Yes',
      'phone: no hint',
      'customer: open on Sunday?',
      'customer: live',
      expect.stringContaining('bot'),
    ]);
    expect(replies()).toBe(1);
    expect(await (await fetch(inbox.url)).text()).toContain('1 unread');
    expect(await inbox.show('sync')).toMatchObject({ history: { state: 'complete', progress: 100 } });
  });

  test.each([
    ['the placeholder first', [0, 1]],
    ['the contents first', [1, 0]],
  ])('contents of media fill their placeholder and are not live: %s', async (_order, order) => {
    const media = {
      id: 'wamid.m',
      timestamp: seconds(-5000),
      type: 'image',
      image: { id: '99', caption: 'Menu' },
    };
    const parts = [
      chunk(40, { from: ana, id: 'wamid.m', timestamp: seconds(-5000), type: 'media_placeholder' }),
      webhook(change('history', { messages: [{ ...media, from: ana }] })),
    ];
    for (const index of order) await inbox.receive(parts[index]);
    expect(await inbox.conversation()).toMatchObject([{ author: 'customer', kind: 'image', text: 'Menu' }]);
    expect(replies()).toBe(0);
    const mine = { ...media, id: 'wamid.n', from: businessNumber, to: ana };
    await inbox.receive(webhook(change('history', { message_echoes: [mine] })));
    expect(await inbox.conversation()).toMatchObject([{ kind: 'image' }, { author: 'phone', kind: 'image' }]);
  });

  test('a live message is answered while a large import runs', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => past(`wamid.h${index}`, `line ${index}`));
    await inbox.startReceiving(chunk(30, ...many));
    await inbox.receive(inbound(text('wamid.1', 'hello')));
    expect(replies()).toBe(1);
    expect(await inbox.conversation()).toHaveLength(3002);
  });

  test('an owner who declined is not asked again', async () => {
    await inbox.signUp('code', {
      event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
      data: { waba_id: wabaId },
    });
    await inbox.receive(history({ errors: [{ code: 2593109, title: 'History sync is turned off' }] }));
    expect(inbox.graph.to('smb_app_data')).toHaveLength(2);
    expect(await inbox.show('sync')).toMatchObject({ history: { state: 'declined' } });
  });
});

describe('contacts', () => {
  const contact = (action: string, timestamp: string, name?: string): object =>
    webhook(
      change('smb_app_state_sync', {
        state_sync: [
          {
            type: 'contact',
            action,
            contact: { phone_number: ana, ...(name === undefined ? {} : { full_name: name }) },
            metadata: { timestamp },
          },
        ],
      }),
    );

  test('follow the phone: the newest change counts, in seconds or milliseconds, and removing keeps the chat', async () => {
    await inbox.receive(inbound(text('wamid.1', 'hello')));
    await inbox.receive(contact('add', '1760000100', 'Ana'));
    await inbox.receive(contact('add', '1760000200000', 'Ana Lopez'));
    await inbox.receive(contact('add', '1760000150', 'Anna'));
    expect(await inbox.contact()).toEqual({ inAddressBook: true, name: 'Ana Lopez' });
    await inbox.receive(contact('remove', '1760000300'));
    await inbox.receive(contact('add', '1760000200', 'Ana Lopez'));
    expect(await inbox.contact()).toEqual({ inAddressBook: false });
    expect(await inbox.conversation()).toHaveLength(2);
  });
});

describe('the connection', () => {
  const removed = (time: number): object =>
    account(
      'PARTNER_REMOVED',
      time,
      { waba_info: { waba_id: wabaId }, disconnection_info: { reason: 'PRIMARY_INACTIVITY' } },
      'a portfolio',
    );

  test.each([
    ['with waba_info', removed(1000)],
    ['with the account as entry', account('PARTNER_REMOVED', 1000, { phone_number: businessNumber })],
  ])('ends when the owner says so, %s: shown, silent, nothing lost', async (_shape, ended) => {
    await inbox.receive(inbound(text('wamid.1', 'hello')));
    await inbox.receive(ended);
    await inbox.receive(inbound(text('wamid.2', 'late')));
    expect(await inbox.show('connection')).toMatchObject({ state: 'removed' });
    expect(await (await fetch(inbox.url)).text()).toContain('Not connected to WhatsApp');
    expect(replies()).toBe(1);
    expect(await texts()).toHaveLength(3);
  });

  test('an account may end before any of its numbers was heard of', async () => {
    await inbox.receive(removed(1000));
    const shown = await fetch(`${inbox.url}/connection/${phoneNumberId}?waba=${wabaId}`);
    expect(await shown.json()).toEqual({ state: 'removed', reason: 'PRIMARY_INACTIVITY' });
    expect(await inbox.show('connection')).toEqual({ state: 'unknown' });
  });

  test('a send that waits is not made after the end', async () => {
    inbox.graph.answer('messages', refusal(130429));
    await inbox.startReceiving(inbound(text('wamid.1', 'hello')));
    while (replies() === 0) await new Promise((resolve) => setImmediate(resolve));
    await inbox.receive(removed(1000));
    expect(replies()).toBe(1);
  });

  test.each([
    ['in order', ['ACCOUNT_OFFBOARDED', 1000], ['ACCOUNT_RECONNECTED', 1180]],
    ['the other way round', ['ACCOUNT_RECONNECTED', 1180], ['ACCOUNT_OFFBOARDED', 1000]],
  ] as const)('a change of phone passes without a signup: %s', async (_order, one, other) => {
    await inbox.receive(inbound(text('wamid.1', 'hello')));
    for (const [name, time] of [one, other]) await inbox.receive(account(name, time));
    expect(await inbox.show('connection')).toEqual({ state: 'connected' });
    await inbox.receive(inbound(text('wamid.2', 'hello again')));
    expect(inbox.graph.calls.map((call) => call.path)).toEqual(Array(2).fill(`${phoneNumberId}/messages`));
  });

  test('an old end, or one that comes twice, does not undo a new signup', async () => {
    const event = { data: { waba_id: wabaId } };
    await inbox.receive(inbound(text('wamid.1', 'hello')));
    await inbox.receive(removed(1000));
    await inbox.signUp('code', event);
    await inbox.receive(removed(1000));
    await inbox.receive(account('PARTNER_ADDED', 1100, { waba_info: { waba_id: wabaId } }, 'a portfolio'));
    await inbox.receive(removed(1050));
    expect(await inbox.show('connection')).toEqual({ state: 'connected' });
  });
});

describe('signup', () => {
  const event = {
    type: 'WA_EMBEDDED_SIGNUP',
    event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
    data: { waba_id: wabaId },
  };

  test('makes these calls in this order, and no register', async () => {
    const answer = await inbox.signUp('AQcode', event);
    expect(await answer.json()).toEqual({ numbers: [phoneNumberId] });
    expect(inbox.graph.calls.map((call) => `${call.method} ${call.path}`)).toEqual([
      'GET oauth/access_token',
      `GET ${wabaId}/phone_numbers`,
      `POST ${wabaId}/subscribed_apps`,
      `POST ${phoneNumberId}/smb_app_data`,
      `POST ${phoneNumberId}/smb_app_data`,
    ]);
    expect(inbox.graph.calls[0]?.query).toEqual({
      client_id: '670843887433847',
      client_secret: secret,
      code: 'AQcode',
    });
    expect(inbox.graph.to('smb_app_data').map((call) => call.body['sync_type'])).toEqual([
      'smb_app_state_sync',
      'history',
    ]);
    expect(inbox.graph.calls.slice(1).every((call) => call.token === 'EAAsignup')).toBe(true);
    expect(await inbox.show('connection')).toEqual({ state: 'connected' });
    expect(await inbox.show('sync')).toMatchObject({ history: { state: 'requested' } });
  });

  test('asks once, also when asked twice or refused; after a disconnection anew', async () => {
    inbox.graph.answer('smb_app_data', { status: 200, body: {} }, refusal(2593108));
    await inbox.signUp('one', JSON.stringify(event));
    await inbox.signUp('two', event);
    expect(inbox.graph.to('smb_app_data')).toHaveLength(2);
    expect(await inbox.show('sync')).toMatchObject({ history: { state: 'failed' } });
    await inbox.receive(account('PARTNER_REMOVED', 1000));
    await inbox.signUp('three', event);
    expect(inbox.graph.to('smb_app_data')).toHaveLength(4);
  });

  test('a popup that says CANCEL but hands over a code is completed by what the token grants', async () => {
    const granular_scopes = [{ scope: 'whatsapp_business_management', target_ids: [wabaId] }];
    inbox.graph.answer('debug_token', { status: 200, body: { data: { granular_scopes } } });
    const answer = await inbox.signUp('AQcode', {
      event: 'CANCEL',
      data: { current_step: 'PHONE_NUMBER_SETUP' },
    });
    expect(await answer.json()).toEqual({ numbers: [phoneNumberId] });
  });

  test('a refused code is told to whoever signed up', async () => {
    inbox.graph.answer('access_token', refusal(100));
    const answer = await inbox.signUp('AQold', event);
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain('exchanging the code');
  });
});
