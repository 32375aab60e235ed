/** What customers do, as the `messages` webhook prints it. */
import type { JsonObject } from '../../../core/json.ts';
import type { AdKind } from '../events.ts';
import type { Random } from '../../../core/random.ts';
import type { Wamid } from '../../../core/identifiers.ts';
import { customerContact, fromCustomer, metadataOf, type WireContent } from '../../../core/wire-content.ts';
import type { Customer, PhoneNumber, ReadonlyWorld } from '../../../core/world.ts';

/** One message, with what stands round its content. */
export interface InboundItem {
  readonly wamid: Wamid;
  /** Whole Unix seconds. */
  readonly sentAtSeconds: number;
  readonly content: WireContent;
  /** `context` and `referral`, where there are any. */
  readonly extras?: JsonObject;
}

/** `value` for one message of a customer. Keys in the order of captures from 2026, `type` behind the content. */
export function renderInbound(
  world: ReadonlyWorld,
  number: PhoneNumber,
  customer: Customer,
  item: InboundItem,
): JsonObject {
  return {
    messaging_product: 'whatsapp',
    metadata: metadataOf(number),
    contacts: [customerContact(customer, world.behaviour, { withName: true })],
    messages: [
      {
        ...item.extras,
        ...fromCustomer(customer, world.behaviour),
        id: item.wamid,
        timestamp: String(item.sentAtSeconds),
        ...item.content,
      },
    ],
  };
}

/**
 * `referral` of a message that came through an ad.
 *
 * @see Meta: webhooks/reference/messages, click-to-WhatsApp ads (documented); the ad itself is invented
 */
export function renderReferral(random: Random, kind: AdKind): JsonObject {
  const clickId = random.text(80, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-');
  const adId = `120${random.text(12, '0123456789')}`;
  return {
    source_url: `https://fb.me/${random.text(9, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')}`,
    source_id: adId,
    source_type: 'ad',
    body: 'Chat with us',
    headline: 'Ask us on WhatsApp',
    ...(kind === 'video'
      ? {
          media_type: 'video',
          video_url: `https://scontent.xx.fbcdn.net/v/${adId}.mp4`,
          thumbnail_url: `https://scontent.xx.fbcdn.net/v/${adId}.jpg`,
        }
      : { media_type: 'image', image_url: `https://scontent.xx.fbcdn.net/v/${adId}.jpg` }),
    // Of placements in a status there is none (documented).
    ...(kind === 'status' ? {} : { ctwa_clid: clickId }),
  };
}
