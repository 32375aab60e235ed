/** Pieces of JSON that several webhooks share: what was sent, on which number, with whom. */
import type { Behaviour } from './behaviour.ts';
import type { Content, MediaKind } from './content.ts';
import { mintGraphId, type MediaId } from './identifiers.ts';
import type { JsonObject } from './json.ts';
import { mediaTypes, sha256Of } from './media-bytes.ts';
import type { Random } from './random.ts';
import { minuteMs, plusMs, toSeconds, type EpochMs } from './time.ts';
import type { Customer, PhoneNumber } from './world.ts';

export { mediaBytes, mediaTypes, sha256Of, sha256OfBytes } from './media-bytes.ts';

/** A content as messages, echoes and history print it: its `type`, and the object of that name. */
export interface WireContent extends JsonObject {
  readonly type: string;
}

/** A file as webhooks name it. */
export interface WireMedia {
  readonly id: MediaId;
  readonly mimeType: string;
  /** Base64, 44 characters. */
  readonly sha256: string;
  /** Missing before October 2025. */
  readonly url?: string;
}

/** A file that came to be: what the event `media-attached` says, and what the wire shows of it. */
export interface MintedMedia extends WireMedia {
  readonly url: string;
  /** Makes the bytes, with the mime type. */
  readonly seed: number;
}

const mediaKinds: ReadonlySet<string> = new Set(Object.keys(mediaTypes));

export const isMediaContent = (content: Content): content is Extract<Content, { kind: MediaKind }> =>
  mediaKinds.has(content.kind);

/** Where WhatsApp keeps files. @see Meta: business phone numbers / media */
export const mediaBaseUrl = 'https://lookaside.fbsbx.com/whatsapp_business/attachments/';

/** A URL lives this long. @see Meta: media (documented) */
export const mediaUrlLifeMs = 5 * minuteMs;

/**
 * The short-lived address of a file. `ext` is when it ends, in seconds, as clients have read it (observed); what
 * `hash` is made of is not known, so here it is the file's digest with the end mixed in (assumed).
 *
 * @param nowMs - when the address is given out
 */
export function mediaUrl(media: Pick<WireMedia, 'id' | 'sha256'>, nowMs: EpochMs): string {
  const endsAtSeconds = toSeconds(plusMs(nowMs, mediaUrlLifeMs));
  return `${mediaBaseUrl}?mid=${media.id}&ext=${endsAtSeconds}&hash=${mediaUrlHash(media, endsAtSeconds)}`;
}

/** The `hash` that fits a file's address with this `ext`. */
export function mediaUrlHash(media: Pick<WireMedia, 'sha256'>, endsAtSeconds: number): string {
  const digest = media.sha256.replace(/[^A-Za-z0-9]/g, '').slice(0, 24);
  return `AT${digest}${endsAtSeconds.toString(36)}`;
}

/** Mints a file of a mime type; whoever does so emits `media-attached`, or nobody can download it. */
export function mintMedia(random: Random, mimeType: string, nowMs: EpochMs): MintedMedia {
  const id = mintGraphId(random) as MediaId;
  const seed = random.integer(0, 0x7fffffff);
  const sha256 = sha256Of(mimeType, seed);
  return { id, mimeType, sha256, seed, url: mediaUrl({ id, sha256 }, nowMs) };
}

/** Why the API cannot show a message: its kind is unknown to it, or the content is not there (yet). */
export type UnsupportedCode = 131051 | 131060;

const unsupportedTexts: Readonly<Record<UnsupportedCode, { title: string; details: string }>> = {
  131051: {
    title: 'Message type unknown',
    details: 'Message type is currently not supported.',
  },
  131060: {
    // Meta's page has the sentence of `details` as the title; four recordings agree on this form.
    title: 'This message is unavailable.',
    details: 'This message is currently unavailable.',
  },
};

/** `errors` of an `unsupported` message. */
export function unsupportedErrors(code: UnsupportedCode): readonly JsonObject[] {
  const { title, details } = unsupportedTexts[code];
  return [{ code, title, message: title, error_data: { details } }];
}

/**
 * A message that the API cannot show.
 *
 * @param form - `unsupported.type`: `poll_creation`, `edit` … or `unknown`. `raw_type` is undocumented, but in every
 *   recording of 2026; that it repeats a known type is assumed
 */
export const unsupportedContent = (code: UnsupportedCode, form = 'unknown'): WireContent => ({
  errors: unsupportedErrors(code),
  type: 'unsupported',
  unsupported: { type: form, raw_type: form },
});

/**
 * A content as the wire shows it. `type` comes last, as captured on `messages`; spread it first where it does not.
 *
 * Kinds the API cannot show give `unsupported` with error 131051.
 *
 * @param media - the file behind a media kind; without it the content is a `media_placeholder`, as in history
 */
export function renderContent(content: Content, media?: WireMedia): WireContent {
  switch (content.kind) {
    case 'text':
      return { text: { body: content.text }, type: 'text' };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      if (!media) return { type: 'media_placeholder' };
      return { [content.kind]: renderMedia(content, media), type: content.kind };
    case 'location':
      return {
        location: {
          latitude: content.latitude,
          longitude: content.longitude,
          ...(content.name === undefined ? {} : { name: content.name }),
        },
        type: 'location',
      };
    case 'contacts':
      return { contacts: content.names.map(renderContactCard), type: 'contacts' };
    case 'button':
      return { button: { payload: content.payload, text: content.text }, type: 'button' };
    case 'interactive':
      return {
        interactive: { type: 'button_reply', button_reply: { id: content.id, title: content.title } },
        type: 'interactive',
      };
    case 'list-reply':
      return {
        interactive: {
          type: 'list_reply',
          list_reply: {
            id: content.id,
            title: content.title,
            ...(content.description === undefined ? {} : { description: content.description }),
          },
        },
        type: 'interactive',
      };
    case 'flow-reply':
      return {
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { name: 'flow', body: 'Sent', response_json: JSON.stringify(content.answers) },
        },
        type: 'interactive',
      };
    case 'call-permission':
      return {
        interactive: {
          type: 'call_permission_reply',
          call_permission_reply: { response: content.answer, response_source: 'user_action' },
        },
        type: 'interactive',
      };
    case 'order':
      return { order: renderOrder(content), type: 'order' };
    case 'unsupported':
      return unsupportedContent(131051, content.form);
    case 'view-once':
    case 'disappearing':
    case 'live-location':
      return unsupportedContent(131051);
  }
}

/** The one catalog that an order or a question is about; which catalogs there are is not known here (assumed). */
export const catalogId = '194836987003835';

/** Numbers are numbers, and no text is an empty one (observed). */
const renderOrder = ({ items, text }: Extract<Content, { kind: 'order' }>): JsonObject => ({
  catalog_id: catalogId,
  text: text ?? '',
  product_items: items.map(({ product, quantity, price, currency }) => ({
    product_retailer_id: product,
    quantity,
    item_price: price,
    currency,
  })),
});

function renderMedia(content: Extract<Content, { kind: MediaKind }>, media: WireMedia): JsonObject {
  return {
    ...(content.caption === undefined ? {} : { caption: content.caption }),
    ...(content.filename === undefined ? {} : { filename: content.filename }),
    mime_type: media.mimeType,
    sha256: media.sha256,
    id: media.id,
    ...(media.url === undefined ? {} : { url: media.url }),
    ...(content.kind === 'audio' ? { voice: content.voice ?? false } : {}),
    ...(content.kind === 'sticker' ? { animated: false } : {}),
  };
}

const renderContactCard = (name: string): JsonObject => ({
  name: { first_name: name.split(' ')[0] ?? name, formatted_name: name },
});

/** `metadata` of every message field. */
export const metadataOf = (number: Pick<PhoneNumber, 'id' | 'waId'>): JsonObject => ({
  display_phone_number: number.waId,
  phone_number_id: number.id,
});

/** Whether the number of this customer stays off the wire; before user ids there was no way to. */
export const isNumberHidden = (customer: Pick<Customer, 'hidesNumber'>, behaviour: Behaviour): boolean =>
  behaviour.userIds && customer.hidesNumber;

/**
 * An element of `contacts[]`.
 *
 * @param shown - which parts of `profile` this webhook shows: the name, and the username (unless false) where adopted
 */
export function customerContact(
  customer: Customer,
  behaviour: Behaviour,
  shown: { readonly withName: boolean; readonly withUsername?: boolean },
): JsonObject {
  const { username } = customer;
  const withUsername = behaviour.userIds && shown.withUsername !== false && username !== undefined;
  const profile = {
    ...(shown.withName ? { name: customer.name } : {}),
    ...(withUsername ? { username } : {}),
  };
  return {
    ...(shown.withName || withUsername ? { profile } : {}),
    ...(isNumberHidden(customer, behaviour) ? {} : { wa_id: customer.waId }),
    ...(behaviour.userIds ? { user_id: customer.userId } : {}),
  };
}

/** `from` and `from_user_id` of what a customer wrote, as far as they are shown. */
export const fromCustomer = (customer: Customer, behaviour: Behaviour): JsonObject => ({
  ...(isNumberHidden(customer, behaviour) ? {} : { from: customer.waId }),
  ...(behaviour.userIds ? { from_user_id: customer.userId } : {}),
});

/** `to` and `to_user_id` of what a customer got, as far as they are shown. */
export const toCustomer = (customer: Customer, behaviour: Behaviour): JsonObject => ({
  ...(isNumberHidden(customer, behaviour) ? {} : { to: customer.waId }),
  ...(behaviour.userIds ? { to_user_id: customer.userId } : {}),
});
