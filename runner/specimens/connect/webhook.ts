/** The webhook: Meta's verification, the check of the signature, and what each coexistence field does to the store. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { object, objects, text, type Json } from './json.ts';
import type { Store } from './store.ts';

export function webhook(store: Store, appSecret: string, verifyToken: string): Hono {
  const app = new Hono();
  app.get('/', (c) => {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = c.req.query();
    if (mode !== 'subscribe' || token !== verifyToken) return c.text('wrong verify token', 403);
    return c.text(challenge ?? '');
  });
  app.post('/', async (c) => {
    // Meta signs the bytes it sends, with its own escapes: a body that is parsed and written again would differ.
    const body = Buffer.from(await c.req.arrayBuffer());
    const hash = createHmac('sha256', appSecret).update(body).digest('hex');
    const expected = Buffer.from(`sha256=${hash}`);
    const given = Buffer.from(c.req.header('x-hub-signature-256') ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return c.text('forged', 401);
    // A history webhook can hold thousands of messages: the answer does not wait for them.
    setImmediate(receive, store, JSON.parse(body.toString('utf8')));
    return c.text('');
  });
  return app;
}

function receive(store: Store, payload: unknown): void {
  const changes = objects(object(payload)['entry']).flatMap((entry) => objects(entry['changes']));
  for (const change of changes) {
    const value = object(change['value']);
    if (change['field'] === 'messages' || change['field'] === 'smb_message_echoes') messages(store, value);
    else if (change['field'] === 'history') history(store, value);
    else if (change['field'] === 'smb_app_state_sync') contacts(store, value);
    else if (change['field'] === 'account_update') {
      const reason = text(object(value['disconnection_info'])['reason']);
      store.notice = `account: ${text(value['event'])}${reason === undefined ? '' : ` (${reason})`}`;
    }
  }
}

/** Statuses are passed over: they tell of messages sent by the API, and this program sends none. */
function messages(store: Store, value: Json): void {
  for (const person of objects(value['contacts'])) {
    const customer = store.customer(text(person['wa_id']), text(person['user_id']));
    const name = text(object(person['profile'])['name']);
    // Time 0: the name in the address book goes first.
    if (customer !== undefined && name !== undefined) store.contact(customer, name, 0);
  }
  for (const message of objects(value['messages'])) take(store, value, message);
  for (const message of objects(value['message_echoes'])) take(store, value, message, true);
}

function history(store: Store, value: Json): void {
  for (const chunk of objects(value['history'])) {
    for (const thread of objects(chunk['threads']))
      for (const message of objects(thread['messages'])) take(store, value, message, false, thread);
    const progress = object(chunk['metadata'])['progress'];
    if (typeof progress === 'number') store.historyProgress(progress);
    for (const { code, title } of objects(chunk['errors'])) {
      const declined = text(code) === '2593109';
      store.history = declined ? 'history is not shared' : `history: error ${text(code)}: ${text(title)}`;
    }
  }
  // The media of the last 14 days come later, in the shape of ordinary messages and echoes.
  messages(store, value);
}

function contacts(store: Store, value: Json): void {
  for (const item of objects(value['state_sync'])) {
    const contact = object(item['contact']);
    const customer = store.customer(text(contact['phone_number']), text(contact['user_id']));
    const name = text(contact['full_name']) ?? text(contact['first_name']);
    const time = Number(object(item['metadata'])['timestamp'] ?? 0);
    if (customer === undefined) continue;
    // Documented in seconds, but seen in milliseconds.
    store.contact(customer, item['action'] === 'remove' ? undefined : name, time > 1e11 ? time / 1000 : time);
  }
}

function take(store: Store, value: Json, message: Json, echo = false, thread: Json = {}): void {
  const { from, to, type } = message;
  const id = text(message['id']);
  if (id === undefined) return;
  const timestamp = Number(message['timestamp'] ?? 0);
  const change = type === 'edit' || type === 'revoke' ? object(message[type]) : {};
  const original = text(change['original_message_id']);
  if (original !== undefined) {
    const now = type === 'revoke' ? { kind: 'deleted', text: '' } : content(object(change['message']));
    store.change(original, { ...now, timestamp });
    return;
  }
  // No one mark of the business's own messages is on all of them: `to` and `from_me` are each left out at times.
  const own = text(object(value['metadata'])['display_phone_number']);
  const fromMe = object(message['history_context'])['from_me'] === true;
  const out = echo || fromMe || to !== undefined || (from !== undefined && from === own);
  const phone = text(thread['id']) ?? text(out ? to : from);
  const userId = object(thread['context'])['user_id'] ?? message[out ? 'to_user_id' : 'from_user_id'];
  const customer = store.customer(phone, text(userId));
  store.add({ id, direction: out ? 'out' : 'in', timestamp, ...content(message) }, customer);
}

function content(message: Json): { kind: string; text: string } {
  const kind = text(message['type']) ?? 'unknown';
  const part = object(message[kind]);
  const reply = { ...object(part['button_reply']), ...object(part['list_reply']) };
  const words = ['body', 'caption', 'filename', 'text', 'emoji', 'name', 'address'].map((key) => part[key]);
  const names = objects(message['contacts']).map((contact) => object(contact['name'])['formatted_name']);
  const errors = objects(message['errors']).map((error) => error['title']);
  return { kind, text: [...words, reply['title'], ...names, ...errors].map(text).find(Boolean) ?? '' };
}
