/** The JSON of the field `smb_message_echoes`. */
import type { Content } from '../../core/content.ts';
import type { Wamid, WaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { toTimestamp, type EpochMs } from '../../core/time.ts';
import {
  customerContact,
  metadataOf,
  renderContent,
  toCustomer,
  type WireContent,
  type WireMedia,
} from '../../core/wire-content.ts';
import type { Customer, PhoneNumber, ReadonlyWorld } from '../../core/world.ts';

/** Between whom an echo is. */
export interface EchoParties {
  readonly number: Readonly<PhoneNumber>;
  readonly customer: Customer;
}

/** `value` of one echo. Nothing in it tells who wrote it, or on which device. */
export function renderEcho(
  world: ReadonlyWorld,
  { number, customer: known }: EchoParties,
  wamid: Wamid,
  content: JsonObject,
  nowMs: EpochMs,
): JsonObject {
  const { behaviour } = world;
  const customer = behaviour.echoNinthDigit ? known : { ...known, waId: withoutNinthDigit(known.waId) };
  return {
    messaging_product: 'whatsapp',
    metadata: metadataOf(number),
    ...(behaviour.userIds
      ? { contacts: [customerContact(customer, behaviour, { withName: behaviour.echoContactNames })] }
      : {}),
    message_echoes: [
      {
        from: number.waId,
        ...toCustomer(customer, behaviour),
        id: wamid,
        timestamp: toTimestamp(nowMs),
        ...content,
      },
    ],
  };
}

/** 55, two digits of the area, 9, eight digits. */
const withoutNinthDigit = (waId: WaId): WaId => waId.replace(/^(55\d\d)9(\d{8})$/, '$1$2') as WaId;

/** A content as echoes have been recorded: as everywhere, but a `button` with its text alone, `interactive` with its type. */
export function renderEchoed(content: Content, media?: WireMedia): WireContent {
  switch (content.kind) {
    case 'button':
      return { type: 'button', button: { text: content.text } };
    case 'interactive':
      return { type: 'interactive', interactive: { type: 'button_reply' } };
    default:
      return renderContent(content, media);
  }
}

/** A reaction that is taken back comes without an emoji. */
export const renderReaction = (target: Wamid, emoji: string): WireContent => ({
  type: 'reaction',
  reaction: { message_id: target, ...(emoji === '' ? {} : { emoji }) },
});

/** `M0` is what all of Meta's examples have in `context`. */
export function renderEdit(original: Wamid, content: Content, media?: WireMedia): WireContent {
  const { type, ...body } = renderContent(content, media);
  return {
    type: 'edit',
    edit: { original_message_id: original, message: { context: { id: 'M0' }, type, ...body } },
  };
}

/** A message deleted for everyone. */
export const renderRevoke = (original: Wamid): WireContent => ({
  type: 'revoke',
  revoke: { original_message_id: original },
});
