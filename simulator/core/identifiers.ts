/** Ids in Meta's formats. Branded, so that one kind cannot be passed for another. */
import type { Random } from './random.ts';

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** WhatsApp Business Account: 15 digits. */
export type WabaId = Id<'WabaId'>;
/** Graph node of a business phone number: 15 digits. */
export type PhoneNumberId = Id<'PhoneNumberId'>;
/** A person's or business's number on WhatsApp: digits, no plus. */
export type WaId = Id<'WaId'>;
/** Message id, `wamid.…`. */
export type Wamid = Id<'Wamid'>;
/** Business-scoped user id, `US.1349…`; since April 2026 beside or instead of the number. */
export type UserId = Id<'UserId'>;
export type AppId = Id<'AppId'>;
/** Business portfolio. */
export type BusinessId = Id<'BusinessId'>;
export type MediaId = Id<'MediaId'>;
/** `EAA…`, about 200 characters. */
export type AccessToken = Id<'AccessToken'>;
/** What Embedded Signup hands to the page; lives 30 s. */
export type SignupCode = Id<'SignupCode'>;
/** Any node of the Graph, before it is known which kind it is. */
export type GraphId = WabaId | PhoneNumberId | AppId | BusinessId | MediaId;

const digits = '0123456789';
const upperHex = '0123456789ABCDEF';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A Graph id: 15 digits, the first not 0. The caller says of which kind: `mintGraphId(random) as MediaId`. */
export const mintGraphId = (random: Random): GraphId =>
  (random.text(1, '123456789') + random.text(14, digits)) as GraphId;

/** An access token as Meta's look like: `EAA`, then letters and digits. */
export const mintAccessToken = (random: Random): AccessToken =>
  `EAA${random.text(180, letters + digits)}` as AccessToken;

export const mintSignupCode = (random: Random): SignupCode =>
  `AQ${random.text(120, `${letters + digits}_-`)}` as SignupCode;

/** `CC.` and up to 128 letters and digits; 16 digits have been seen. */
export const mintUserId = (random: Random, country: string): UserId =>
  `${country}.${random.text(16, digits)}` as UserId;

/** A UUID, version 4 in form; what `smb_app_data` answers as `request_id`. */
export function mintRequestId(random: Random): string {
  const hex = random.text(30, '0123456789abcdef');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}

const traceAlphabet = `${letters + digits}_-`;

/** `fbtrace_id`: 23 characters that start with `A`. Every answer has one, so five characters come of each draw. */
export function mintTraceId(random: Random): string {
  let id = 'A';
  while (id.length < 23) {
    let bits = random.integer(0, 0x3fffffff);
    for (let index = 0; index < 5 && id.length < 23; index += 1) {
      id += traceAlphabet.charAt(bits & 63);
      bits >>= 6;
    }
  }
  return id;
}

/** Who wrote a message, and on what: decides the form of the key inside its wamid. */
export type WamidOrigin = 'business' | 'android' | 'iphone' | 'web';

/**
 * A wamid: base64 of the compact struct that Meta's ids decode to.
 *
 * Bytes: `1C`, `18 LL` and the user's digits, `15 02 00`, `11` from the business or `12` from the user, `18 LL` and the
 * key, `00`. Decoded from captured ids; the web form of the key is assumed.
 *
 * @param userId - digits of the WhatsApp *user* of the conversation, for both directions
 */
export function mintWamid(random: Random, userId: string, origin: WamidOrigin): Wamid {
  const key = mintWamidKey(random, origin);
  const direction = origin === 'business' ? '\x11' : '\x12';
  const bytes = `\x1c\x18${String.fromCharCode(userId.length)}${userId}\x15\x02\x00${direction}\x18${String.fromCharCode(key.length)}${key}\x00`;
  return `wamid.${Buffer.from(bytes, 'latin1').toString('base64')}` as Wamid;
}

function mintWamidKey(random: Random, origin: WamidOrigin): string {
  switch (origin) {
    case 'business':
      return random.text(18, upperHex);
    case 'iphone':
      return `3A${random.text(18, upperHex)}`;
    case 'android':
      return random.text(32, upperHex);
    case 'web':
      return `3EB0${random.text(18, upperHex)}`;
  }
}
