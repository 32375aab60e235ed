/** Which stand-in a text becomes, by the key it stands under and by its form. What no rule knows becomes a text. Pure. */
import { errorCatalogue } from '../../contracts/catalogue.ts';
import { wireWords } from '../../contracts/words.ts';
import { isFields, textOf, type Fields } from './json.ts';
import { userIdPattern } from './meet.ts';
import type { Person } from './people.ts';
import { digitsOf } from './phone-numbers.ts';
import { removed, type StandIns } from './stand-ins.ts';

/** Where a value stands. */
export interface Spot {
  readonly key: string;
  readonly parent: Fields;
  /** Whom the nearest object around it is about. */
  readonly person: Person | undefined;
  /** It is on a contact card, where people write what they like. */
  readonly onCard: boolean;
}

type Rule = (text: string, standIns: StandIns, spot: Spot) => unknown;

const asText: Rule = (text, { text: standIn }) => standIn(text);
const asNumber: Rule = (text, standIns) =>
  userIdPattern.test(text) ? standIns.userId(text) : standIns.number(text);
const asUrl: Rule = (text, { url }) => url(text);
const asTime: Rule = (text, standIns) => (/^\d{10,13}$/.test(text) ? text : standIns.text(text));
const matching =
  (pattern: RegExp): Rule =>
  (text, standIns) =>
    pattern.test(text) ? text : standIns.text(text);

const asName: Rule = (text, standIns, { parent, person }) => {
  if (isFields(parent['language'])) return standIns.template(text);
  return 'latitude' in parent ? standIns.text(text) : standIns.people.nameOf(text, person);
};

/** A part of a name is shown as the whole is. */
const asPartOfName: Rule = (text, { people }, { parent, person }) => {
  const whole = textOf(parent['formatted_name']) ?? textOf(parent['full_name']);
  return people.nameOf(whole ?? text, person);
};

const asUsername: Rule = (text, { username }, { person }) => person?.username ?? username(text);

/** What every edited message has as the id of its context. */
const editedContext = 'M0';

const asId: Rule = (text, standIns) => {
  if (text === editedContext) return text;
  const digits = digitsOf(text);
  // A chat of the history is called after its customer's number.
  if (digits === text && standIns.people.find({ number: text })) return standIns.number(text);
  // Conversations have ids like digests.
  if (/^[0-9a-f]{32}$/.test(text)) return standIns.hash(text);
  return /^\d+$/.test(text) ? standIns.id(text) : standIns.text(text);
};

/** Types that say what a file is; parameters may hold its name. */
const asMimeType: Rule = (text, standIns) => {
  const bare = /^(?:image|video|audio|text|application)\/[a-z0-9.+-]{1,80}(?:; codecs=[a-z0-9]{1,8})?/i.exec(
    text,
  );
  return bare?.[0] ?? standIns.text(text);
};

/** Flags have letters of their own, and skin tones and joiners follow. */
const asEmoji = matching(
  /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|[\u200d\ufe0f]){1,12}$/u,
);

const asErrorText: Rule = (text, standIns) => (errorTexts().has(text) ? text : standIns.text(text));

let knownErrorTexts: ReadonlySet<string> | undefined;

/** What Meta says of errors, by the catalogue: nothing else of an error's text is sure to name nobody. */
const errorTexts = (): ReadonlySet<string> =>
  (knownErrorTexts ??= new Set([
    ...unreadableTexts,
    ...errorCatalogue().flatMap(({ title, details }) => (details === undefined ? [title] : [title, details])),
  ]));

/** Of messages that the API cannot show, as recordings have them. */
const unreadableTexts = [
  'Message type unknown',
  'Message type is currently not supported.',
  'This message is unavailable.',
  'This message is currently unavailable.',
];

/** What a call asks for: names of the protocol, one after the other. */
const asListOfKeys: Rule = (text, standIns) =>
  text.split(/[,{}().\s]+/).every((name) => name === '' || wireWords().keys.has(name))
    ? text
    : standIns.text(text);

const asTitle: Rule = (text, standIns, spot) => {
  if (typeof spot.parent['code'] === 'number') return asErrorText(text, standIns, spot);
  return /^[A-Z]+_[A-Z_]+$/.test(text) && wireWords().values.has(text) ? text : standIns.text(text);
};

const rules: Readonly<Record<string, Rule>> = {
  ...rulesFor(
    ['wa_id', 'new_wa_id', 'from', 'to', 'recipient_id', 'recipient', 'phone', 'phone_number'],
    asNumber,
  ),
  ...rulesFor(['display_phone_number', 'input', 'parent_user_id', 'user_id'], asNumber),
  ...rulesFor(['from_user_id', 'to_user_id', 'recipient_user_id'], asNumber),
  ...rulesFor(['body', 'caption', 'text', 'description', 'payload', 'headline', 'address', 'footer'], asText),
  ...rulesFor(['street', 'city', 'state', 'zip', 'country', 'company', 'department', 'birthday'], asText),
  ...rulesFor(['title', 'message'], asTitle),
  ...rulesFor(['details'], asErrorText),
  ...rulesFor(['name', 'formatted_name', 'full_name'], asName),
  ...rulesFor(['first_name', 'last_name', 'middle_name', 'prefix', 'suffix'], asPartOfName),
  ...rulesFor(['url', 'link', 'image_url', 'video_url', 'thumbnail_url', 'source_url'], asUrl),
  ...rulesFor(['timestamp', 'expiration_timestamp', 'start_time', 'end_time', 'time'], asTime),
  ...rulesFor(['sha256'], (text, { digest }) => digest(text)),
  ...rulesFor(['hash', 'identity_key_hash'], (text, { hash }) => hash(text)),
  ...rulesFor(['id', 'phone_number_id', 'waba_id', 'owner_business_id', 'catalog_id', 'source_id'], asId),
  username: asUsername,
  fields: asListOfKeys,
  filename: (text, { file }) => file(text),
  email: (text, { email }) => email(text),
  mime_type: asMimeType,
  emoji: asEmoji,
  product_retailer_id: (text, { product }) => product(text),
  message_template_name: (text, { template }) => template(text),
  currency: matching(/^[A-Z]{3}$/),
  language: matching(/^[a-z]{2,3}(?:[_-][A-Z]{2,3})?$/),
  message_template_language: matching(/^[a-z]{2,3}(?:[_-][A-Z]{2,3})?$/),
  sdp: () => 'v=0',
};

function rulesFor(keys: readonly string[], rule: Rule): Readonly<Record<string, Rule>> {
  return Object.fromEntries(keys.map((key) => [key, rule]));
}

const isSecret = (key: string, text: string): boolean =>
  /token|secret|password|authori[sz]ation|proof|^pin$|^code$|cookie|signature/i.test(key) ||
  /^EAA[A-Za-z0-9]{20,}/.test(text);

/** Keys whose words are Meta's own, also where they are new. */
const structural = new Set([
  'type',
  'raw_type',
  'field',
  'event',
  'status',
  'action',
  'object',
  'messaging_product',
]);

/** The same of Meta's words in capitals, which come in ever new keys. */
const isMetaWord = (key: string, text: string): boolean =>
  structural.has(key)
    ? /^[A-Za-z][A-Za-z_]{0,47}$/.test(text)
    : /_(?:type|status|severity|role|state|category)$|^reason$/.test(key) && /^[A-Z][A-Z_]{1,47}$/.test(text);

/** @returns the stand-in, or the text itself where it says nothing about anybody */
export function standInFor(text: string, standIns: StandIns, spot: Spot): unknown {
  const { key, parent } = spot;
  if (text === '') return text;
  if (key === 'code' && /^[a-z]{2,3}(?:[_-][A-Z]{2,3})?$/.test(text) && Object.keys(parent).length <= 2)
    return text;
  if (isSecret(key, text)) return removed;
  const form = byForm(text, standIns);
  if (form !== undefined) return form;
  const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
  if (rule) return rule(text, standIns, spot);
  if (wireWords().values.has(text)) return text;
  if (!spot.onCard && isMetaWord(key, text)) return text;
  return /^\d{5,}$/.test(text) ? standIns.id(text) : standIns.text(text);
}

/** Ids of messages and calls are told by how they begin, wherever they stand. */
function byForm(text: string, standIns: StandIns): string | undefined {
  if (/^wamid\.[A-Za-z0-9+/=_-]+$/.test(text)) return standIns.wamid(text);
  if (/^wacid\.\S+$/.test(text)) return standIns.callId(text);
  return undefined;
}

/** What a number on the wire is shown as. */
export function standInForFigure(figure: number, standIns: StandIns, { key }: Spot): number {
  if ((isTimeKey(key) || isErrorCode(key)) && Number.isInteger(figure) && figure < 1e13) return figure;
  // A thousandth of a degree apart, in the sea.
  if (key === 'latitude' || key === 'longitude') return standIns.figure(figure) / 1_000;
  if (isPrivateFigure(key) || !Number.isInteger(figure) || !wireWords().keys.has(key))
    return standIns.figure(figure);
  return Math.abs(figure) < 1_000_000 ? figure : Number(standIns.id(String(figure)));
}

const isTimeKey = (key: string): boolean => /(?:^|_)(?:time(?:stamp)?|date)$/.test(key);
const isErrorCode = (key: string): boolean => key === 'code' || key === 'error_subcode';
const isPrivateFigure = (key: string): boolean => /price|amount|value|total|offset/.test(key);
