/** A webhook's body → facts. Pure; takes every part as optional, and leaves alone what it does not know. */
import type { Fact, Party } from './facts.ts';

type Json = Readonly<Record<string, unknown>>;

const asMap = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const asList = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(asMap) : []);
const asText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

/** Seconds mostly, milliseconds at times. */
function instant(value: unknown): number {
  const given = Number(value ?? 0);
  return given > 1e11 ? given : given * 1_000;
}

/** Every entry, every change, every item. */
export const readWebhook = (body: unknown): readonly Fact[] =>
  asList(asMap(body)['entry']).flatMap((entry) =>
    asList(entry['changes']).flatMap((change) => readChange(entry, change)),
  );

function readChange(entry: Json, change: Json): readonly Fact[] {
  const value = asMap(change['value']);
  if (change['field'] === 'account_update') return readAccount(entry, value);
  const line = asText(asMap(value['metadata'])['phone_number_id']);
  const account = asText(entry['id']);
  if (line === undefined || account === undefined) return [];
  const display = asText(asMap(value['metadata'])['display_phone_number']) ?? '';
  return [{ fact: 'connected', line, account }, ...readField(asText(change['field']), line, display, value)];
}

function readField(field: string | undefined, line: string, display: string, value: Json): readonly Fact[] {
  switch (field) {
    case 'messages':
      return [
        ...asList(value['messages']).flatMap((item) => readItem(line, item, 'customer', value, false)),
        ...asList(value['statuses']).flatMap((item) => readStatus(line, item)),
      ];
    case 'smb_message_echoes':
      return asList(value['message_echoes']).flatMap((item) => readItem(line, item, 'phone', value, false));
    case 'history':
      return [
        ...asList(value['history']).flatMap((part) => readPart(line, display, part)),
        ...asList(value['messages']).flatMap((item) => readItem(line, item, 'customer', value, true)),
        ...asList(value['message_echoes']).flatMap((item) => readItem(line, item, 'phone', value, true)),
      ];
    case 'smb_app_state_sync':
      return asList(value['state_sync']).flatMap((item) => readContact(line, item));
    default:
      return [];
  }
}

/** The account is inside where it is inside; the envelope may carry the partner's portfolio. */
function readAccount(entry: Json, value: Json): readonly Fact[] {
  const account = asText(asMap(value['waba_info'])['waba_id']) ?? asText(entry['id']);
  const event = asText(value['event']);
  if (account === undefined || event === undefined) return [];
  return [{ fact: 'account', account, event, atSeconds: Number(entry['time'] ?? 0) }];
}

function readItem(
  line: string,
  item: Json,
  by: 'customer' | 'phone',
  value: Json,
  past: boolean,
): readonly Fact[] {
  const sides = by === 'customer' ? (['from', 'from_user_id'] as const) : (['to', 'to_user_id'] as const);
  const party = partyOf(asText(item[sides[0]]), asText(item[sides[1]])) ?? onlyCard(value);
  return party && item['group_id'] === undefined ? said(line, item, by, party, past) : [];
}

/** A single card stands for a message that names nobody. */
function onlyCard(value: Json): Party | undefined {
  const [card, second] = asList(value['contacts']);
  return card && !second ? partyOf(asText(card['wa_id']), asText(card['user_id'])) : undefined;
}

function partyOf(number: string | undefined, userId: string | undefined): Party | undefined {
  if (number === undefined && userId === undefined) return undefined;
  return { ...(number !== undefined && { number }), ...(userId !== undefined && { userId }) };
}

function said(
  line: string,
  item: Json,
  by: 'customer' | 'phone',
  party: Party,
  past: boolean,
): readonly Fact[] {
  const id = asText(item['id']);
  const atMs = instant(item['timestamp']);
  const original = asText(asMap(item['edit'] ?? item['revoke'])['original_message_id']);
  if (item['type'] === 'reaction') return [];
  if (original !== undefined)
    return [
      {
        fact: 'amended',
        line,
        id: original,
        atMs,
        ...(item['edit'] !== undefined && { text: wordsOf(asMap(asMap(item['edit'])['message'])) ?? '' }),
      },
    ];
  if (id === undefined) return [];
  const words = wordsOf(item);
  const quotes = asText(asMap(item['context'])['id']);
  const status = asText(asMap(item['history_context'])['status'])?.toLowerCase();
  return [
    {
      fact: 'said',
      line,
      by,
      party,
      id,
      text: words ?? `(${asText(item['type']) ?? 'something'} that cannot be shown here)`,
      blank: words === undefined,
      atMs,
      past,
      ...(quotes !== undefined && { quotes }),
      ...(status !== undefined && by === 'phone' && { status }),
    },
  ];
}

const files = ['image', 'video', 'audio', 'document', 'sticker'];

/** What a message says in words; nothing where its content is not there. */
function wordsOf(item: Json): string | undefined {
  const type = asText(item['type']) ?? '';
  const content = asMap(item[type]);
  if (files.includes(type)) return asText(content['caption']) ?? asText(content['filename']) ?? `(${type})`;
  const choice = asMap(item['interactive']);
  const picked = asMap(choice['button_reply'] ?? choice['list_reply'] ?? choice['nfm_reply']);
  const cards = asList(item['contacts']).map((card) => asText(asMap(card['name'])['formatted_name']));
  const place =
    item['location'] === undefined ? undefined : (asText(asMap(item['location'])['name']) ?? '(place)');
  return (
    asText(asMap(item['text'])['body']) ??
    asText(asMap(item['button'])['text']) ??
    asText(picked['title'] ?? picked['body']) ??
    place ??
    (cards.length > 0 ? cards.join(', ') : undefined) ??
    (item['order'] === undefined ? undefined : '(order)')
  );
}

function readStatus(line: string, item: Json): readonly Fact[] {
  const id = asText(item['id']);
  const status = asText(item['status']);
  const error = asList(item['errors'])[0]?.['code'];
  if (id === undefined || status === undefined) return [];
  return [{ fact: 'status', line, id, status, ...(typeof error === 'number' && { error }) }];
}

const declinedByOwner = 2593109;

function readPart(line: string, display: string, part: Json): readonly Fact[] {
  const declined = asList(part['errors']).some((error) => error['code'] === declinedByOwner);
  const progress = Number(asMap(part['metadata'])['progress'] ?? 0);
  const words = asList(part['threads']).flatMap((thread) => {
    const context = asMap(thread['context']);
    const party = partyOf(asText(context['wa_id']) ?? asText(thread['id']), asText(context['user_id']));
    return asList(thread['messages']).flatMap((item) => readPast(line, display, item, party));
  });
  return [...words, { fact: 'history', line, progress, declined }];
}

/** `from` names either side; `from_me`, where it is given, says which. */
function readPast(line: string, display: string, item: Json, party: Party | undefined): readonly Fact[] {
  const flag = asMap(item['history_context'])['from_me'];
  const digits = (text: string): string => text.replace(/\D/g, '');
  const isOurs =
    typeof flag === 'boolean'
      ? flag
      : item['to'] !== undefined || digits(asText(item['from']) ?? '') === digits(display);
  const by = isOurs ? 'phone' : 'customer';
  const other = party ?? partyOf(asText(item[isOurs ? 'to' : 'from']), undefined);
  return other ? said(line, item, by, other, true) : [];
}

function readContact(line: string, item: Json): readonly Fact[] {
  const contact = asMap(item['contact']);
  const party = partyOf(asText(contact['phone_number']), asText(contact['user_id']));
  if (!party || item['type'] !== 'contact') return [];
  const name = asText(contact['full_name']) ?? asText(contact['first_name']);
  const isNamed = item['action'] === 'add' && name !== undefined;
  const atMs = instant(asMap(item['metadata'])['timestamp']);
  return [{ fact: 'booked', line, party, atMs, ...(isNamed && { name }) }];
}
