/** Nothing of what was private is in what is kept, and what is kept still is what WhatsApp sends. */
import { describe, expect, test } from 'vitest';
import { errorCatalogue, webhookExamples, webhookValidator } from '../../contracts/catalogue.ts';
import { wireWords } from '../../contracts/words.ts';
import { fieldsOf } from './json.ts';
import { createRedactor } from './redact.ts';
import { readWamid, writeWamid } from './wamids.ts';

const errorTexts = new Set(errorCatalogue().flatMap(({ title, details }) => [title, details]));

/** Says nothing of anybody: words of the protocol, times, kinds of files, what Meta says of errors. */
const isPublic = (text: string): boolean =>
  text.length < 2 ||
  ['unknown', 'Active'].includes(text) ||
  wireWords().values.has(text) ||
  errorTexts.has(text) ||
  /^(?:[A-Za-z]+(?:_[A-Za-z]+)+|[A-Z]{2,}|\d{10}|\d{13}|[a-z]+\/[a-z]+(?:; codecs=opus)?|[a-z]{2}_[A-Z]{2}|M0|v=0)$/.test(
    text,
  ) ||
  /^\p{Extended_Pictographic}/u.test(text) ||
  /^(?:Message type|This message is)/.test(text);

/** Every text and figure in a value, and what is base64 in a text. */
function leavesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf);
  if (typeof value === 'number') return Math.abs(value) > 100_000_000 ? [String(value)] : [];
  if (typeof value !== 'string') return [];
  const parts = readWamid(value);
  return parts ? [value, parts.user, parts.key] : [value];
}

/** All that can be read in an output: as it stands, and with what is base64 in it opened. */
const readable = (output: unknown): string => {
  const text = JSON.stringify(output);
  const opened = [...text.matchAll(/[A-Za-z0-9+/]{16,}={0,2}/g)].map(([coded]) =>
    Buffer.from(coded, 'base64').toString('latin1'),
  );
  return [text, ...opened].join('\n');
};

describe('every example of the contracts', () => {
  const examples = webhookExamples().map((example) => [`${example.field} ${example.name}`, example] as const);
  test.each(examples)('%s keeps its form and nothing else', (_name, example) => {
    const redacted = createRedactor().redact(example.read());
    expect(webhookValidator(example.field)(redacted)).toEqual([]);
    const shown = readable(redacted);
    const left = leavesOf(example.read()).filter(
      (leaf) => !isPublic(leaf) && shown.includes(leaf.length < 4 ? `"${leaf}"` : leaf),
    );
    expect(left).toEqual([]);
  });
});

const wamid = (user: string, key: string, direction = 0x12): string => writeWamid({ user, direction, key });

const body = (...changes: readonly unknown[]) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '271828182845904', changes }],
});

const everything = body(
  {
    field: 'messages',
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550142367', phone_number_id: '112358132134558' },
      contacts: [
        { profile: { name: 'Ana Reid', username: 'ana.reid' }, wa_id: '5511987654321', user_id: 'BR.44019' },
      ],
      messages: [
        {
          from: '5511987654321',
          from_user_id: 'BR.44019',
          id: wamid('5511987654321', '3EB0C0FFEE0DDBA11BEEF5'),
          timestamp: '1791000100',
          type: 'text',
          text: { body: 'Moro na Rua das Flores 12, ligue 5511987654321' },
        },
        {
          from: '5511987654321',
          id: wamid('5511987654321', 'ABCDEF0123456789AB'),
          timestamp: '1791000101',
          type: 'contacts',
          contacts: [
            {
              name: { formatted_name: 'Ivy Stone', first_name: 'Ivy', last_name: 'Stone' },
              phones: [{ phone: '+44 7700 900111', wa_id: '447700900111', type: 'Mum' }],
              emails: [{ email: 'ivy@stone.example', type: 'WORK' }],
              addresses: [{ street: 'Elm Street 3', city: 'Leeds', zip: 'LS1 4AP', country_code: 'gb' }],
              org: { company: 'Stone & Sons', title: 'Mason' },
              birthday: '1980-02-29',
            },
          ],
        },
        {
          from: '5511987654321',
          id: wamid('5511987654321', 'ABCDEF0123456789AC'),
          timestamp: '1791000102',
          type: 'document',
          document: {
            id: '884422001199775',
            mime_type: 'application/pdf; name="contract Reid.pdf"',
            sha256: 'uLr2N7nV4sQ9hJk1mEw0Zx3TfYbCgD5aOiPp8R6tSnE=',
            filename: 'contract Reid.pdf',
            caption: 'Signed, see you',
            url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=884422001199775&hash=ATx9',
          },
        },
        {
          from: '5511987654321',
          id: wamid('5511987654321', 'ABCDEF0123456789AD'),
          timestamp: '1791000103',
          type: 'interactive',
          interactive: {
            type: 'nfm_reply',
            nfm_reply: {
              name: 'address form',
              body: 'Sent',
              response_json:
                '{"flow_token":"tok-77123","street_name":"Elm Street 3","floor":17,"Bob Reid":true}',
            },
          },
        },
        {
          from: '5511987654321',
          id: wamid('5511987654321', 'ABCDEF0123456789AE'),
          timestamp: '1791000104',
          type: 'location',
          location: { latitude: -23.550521, longitude: -46.633308, name: 'Casa da Ana', address: 'Rua A 1' },
        },
      ],
      'Ana Reid owes': { 'her number': '5511987654321', access_token: 'EAAB1234567890123456789012' },
    },
  },
  {
    field: 'smb_message_echoes',
    value: {
      metadata: { display_phone_number: '15550142367', phone_number_id: '112358132134558' },
      message_echoes: [
        {
          from: '15550142367',
          // The same person, without the ninth digit.
          to: '551187654321',
          id: wamid('551187654321', '7C21D0A94EFB135826', 0x11),
          timestamp: '1791000110',
          type: 'text',
          text: { body: 'Moro na Rua das Flores 12, ligue 5511987654321' },
        },
      ],
    },
  },
);

const privateTexts = [
  'Ana',
  'Reid',
  'ana.reid',
  '5511987654321',
  '551187654321',
  '44019',
  '15550142367',
  '112358132134558',
  '271828182845904',
  'Flores',
  'Ivy',
  'Stone',
  '7700 900111',
  '447700900111',
  'Mum',
  'Elm',
  'Leeds',
  'LS1',
  '1980-02-29',
  'Mason',
  '884422001199775',
  'uLr2N7nV4sQ9',
  'contract',
  'Signed',
  'lookaside',
  'ATx9',
  'tok-77123',
  'street_name',
  'Bob',
  '23.550521',
  '46.633308',
  'Casa',
  'Rua',
  'owes',
  'her number',
  'EAAB',
  'C0FFEE',
  'ABCDEF0123',
  '7C21D0A94EFB',
  'address form',
];

describe('a body full of private things', () => {
  const redactor = createRedactor();
  const redacted = redactor.redact(everything);

  test('has none of them left, also not in base64', () => {
    const shown = readable(redacted);
    expect(readable(everything)).toContain('5511987654321');
    expect(privateTexts.filter((text) => !readable(everything).includes(text))).toEqual([]);
    expect(privateTexts.filter((text) => shown.includes(text))).toEqual([]);
  });

  const entries = fieldsOf(redacted)['entry'] as readonly [{ readonly changes: readonly [Change, Change] }];
  interface Change {
    readonly value: Value;
  }
  interface Value {
    readonly messages: [{ from: string; id: string; text: { body: string } }];
    readonly contacts: [{ profile: { name: string; username: string }; wa_id: string }];
    readonly message_echoes: [{ to: string; text: { body: string }; id: string }];
  }

  test('shows the same thing by the same stand-in', () => {
    const [{ value: live }, { value: echo }] = entries[0].changes;
    expect(live.contacts[0].profile).toEqual({ name: 'Person 1', username: 'person.1' });
    expect(live.messages[0].from).toBe(live.contacts[0].wa_id);
    expect(echo.message_echoes[0].text.body).toBe(live.messages[0].text.body);
    expect(redactor.personOf(echo.message_echoes[0].to)?.name).toBe('Person 1');
    expect(readWamid(live.messages[0].id)?.user).toBe(live.messages[0].from);
    // The country and the length stay, and the kind of device that an id tells.
    expect(live.messages[0].from).toMatch(/^550{9}\d\d$/);
    expect(readWamid(live.messages[0].id)?.key).toMatch(/^3EB0/);
    expect(redactor.redact(everything)).toEqual(redacted);
  });
});

test('two people of one name stay two, and one person with two names stays one', () => {
  const redactor = createRedactor();
  const contact = (number: string, name: string) => ({ contacts: [{ profile: { name }, wa_id: number }] });
  const nameOf = (value: unknown): unknown =>
    (value as { contacts: [{ profile: { name: string } }] }).contacts[0].profile.name;
  expect(nameOf(redactor.redact(contact('4915112345678', 'Kim')))).toBe('Person 1');
  expect(nameOf(redactor.redact(contact('4915112345679', 'Kim')))).toBe('Person 2');
  expect(nameOf(redactor.redact(contact('4915112345678', 'Kim B.')))).toBe('Person 1 (2)');
  expect(nameOf(redactor.redact(contact('4915112345678', 'Kim')))).toBe('Person 1');
});

test('tokens and secrets are not even kept as stand-ins', () => {
  const sent = {
    access_token: 'abc',
    client_secret: 'def',
    pin: '123456',
    code: 'AQx',
    appsecret_proof: 'ff00',
  };
  expect(Object.values(createRedactor().redact(sent) as object)).toEqual(
    Object.keys(sent).map(() => 'removed'),
  );
});

test('ids in the path of a Graph call are replaced as they are in bodies', () => {
  const redactor = createRedactor();
  const { id } = redactor.redact({ id: '112358132134558' }) as { readonly id: string };
  expect(redactor.redactPath('/v23.0/112358132134558/messages')).toBe(`/v23.0/${id}/messages`);
  expect(redactor.redactPath('/v23.0/112358132134558/ana@x.y')).not.toContain('ana');
});
