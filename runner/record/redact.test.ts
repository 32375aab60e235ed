/** Nothing of what was private is in what is kept, and what is kept still is what WhatsApp sends. */
import { describe, expect, test } from 'vitest';
import { errorCatalogue, webhookExamples, webhookValidator } from '../../contracts/catalogue.ts';
import { wireWords } from '../../contracts/words.ts';
import { fieldsOf } from './json.ts';
import { everything, privateTexts, readable } from './private-things.test.setup.ts';
import { createRedactor } from './redact.ts';
import { readWamid } from './wamids.ts';

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
