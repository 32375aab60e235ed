/** What the business does in the app becomes an echo, where the API may hear of it. */
import { accept, mistake, type Decision, type MistakeFinding, type WorldEvent } from '../../core/decision.ts';
import { emitForNumber } from '../../core/events.ts';
import { mintWamid, type PhoneNumberId, type WaId, type Wamid } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import type { EpochMs } from '../../core/time.ts';
import {
  isMediaContent,
  isNumberHidden,
  mediaTypes,
  mintMedia,
  type MintedMedia,
} from '../../core/wire-content.ts';
import { chanceOf, type ReadonlyWorld } from '../../core/world.ts';
import { mediaAttached } from '../media/events.ts';
import type {
  AppMessageSent,
  AppReacted,
  BusinessDevice,
  EchoSent,
  ReactFromApp,
  SendFromApp,
  SentWamid,
} from './events.ts';
import { ownMessage } from './evolve.ts';
import { renderEcho, renderEchoed, renderReaction, type EchoParties } from './wire.ts';

/**
 * A message written in the app, or by the app itself as a greeting or while away.
 *
 * It costs nothing, needs no service window and changes none. Only a number in coexistence echoes it, and only where it
 * was not written on an unsupported companion.
 *
 * @see Meta: webhooks/reference/smb_message_echoes (documented); automatic messages: recorded
 */
export function decideSend(world: ReadonlyWorld, command: SendFromApp, nowMs: EpochMs): Decision<SentWamid> {
  const parties = findParties(world, command.phoneNumberId, command.to);
  if ('message' in parties) return mistake(parties.message, parties.hint);
  const { phoneNumberId, to, content, device, automatic } = command;
  const random = chanceOf(world);
  const wamid = mintWamid(random, to, 'business');
  const echoed = isEchoed(parties, device);
  const media =
    echoed && isMediaContent(content) ? mintMedia(random, mediaTypes[content.kind], nowMs) : undefined;
  const sent: AppMessageSent = {
    type: 'app-message-sent',
    phoneNumberId,
    to,
    wamid,
    content,
    device,
    isEchoed: echoed,
    ...(automatic && { automatic }),
    ...(media && { media: { id: media.id, mimeType: media.mimeType, sha256: media.sha256 } }),
  };
  const attached = media ? [mediaAttached(phoneNumberId, media)] : [];
  const echo = {
    what: 'message',
    wamid,
    device,
    ...(automatic && { automatic }),
  } as const;
  const webhook = echoed
    ? tell(world, parties, echo, renderMessage(world, parties, command, media), nowMs)
    : [];
  return accept([...attached, sent, ...webhook], { wamid });
}

function renderMessage(
  world: ReadonlyWorld,
  parties: EchoParties,
  { content, replyTo }: SendFromApp,
  media: MintedMedia | undefined,
): JsonObject {
  const context = replyTo === undefined ? {} : { context: renderContext(world, parties, replyTo) };
  return { ...renderEchoed(content, media), ...context };
}

/** What is not known to be the business's own is the customer's. */
function renderContext(world: ReadonlyWorld, { number, customer }: EchoParties, quoted: Wamid): JsonObject {
  if (ownMessage(world, quoted)) return { from: number.waId, id: quoted };
  return isNumberHidden(customer, world.behaviour)
    ? { from_user_id: customer.userId, id: quoted }
    : { from: customer.waId, id: quoted };
}

/** A reaction in the app, to a message of either side. */
export function decideReact(
  world: ReadonlyWorld,
  command: ReactFromApp,
  nowMs: EpochMs,
): Decision<SentWamid> {
  const parties = findParties(world, command.phoneNumberId, command.to);
  if ('message' in parties) return mistake(parties.message, parties.hint);
  const { phoneNumberId, to, emoji, wamid: target } = command;
  const wamid = mintWamid(chanceOf(world), to, 'business');
  // Logged even where nobody is told: without an event the next message would get the same wamid.
  const reacted: AppReacted = { type: 'app-reacted', phoneNumberId, to, wamid, target, emoji };
  const echo = { what: 'reaction', wamid, device: 'phone' } as const;
  const body = renderReaction(target, emoji);
  const webhook = isEchoed(parties, 'phone') ? tell(world, parties, echo, body, nowMs) : [];
  return accept([reacted, ...webhook], { wamid });
}

/** Whether the API hears of what is done on this device. */
export const isEchoed = ({ number }: EchoParties, device: BusinessDevice): boolean =>
  number.state === 'coexistence' && device !== 'windows' && device !== 'wear-os';

/** The echo, and the event that says so. */
export function tell(
  world: ReadonlyWorld,
  parties: EchoParties,
  echo: Omit<EchoSent, 'type' | 'phoneNumberId' | 'to'>,
  content: JsonObject,
  nowMs: EpochMs,
): readonly WorldEvent[] {
  const { number, customer } = parties;
  const told: EchoSent = { type: 'echo-sent', phoneNumberId: number.id, to: customer.waId, ...echo };
  const value = renderEcho(world, parties, echo.wamid, content, nowMs);
  return [told, emitForNumber(number, 'smb_message_echoes', value)];
}

/** Whom a command is about, or why it cannot be given. */
export function findParties(
  world: ReadonlyWorld,
  phoneNumberId: PhoneNumberId,
  to: WaId,
): EchoParties | MistakeFinding {
  const number = world.phoneNumbers.get(phoneNumberId);
  if (!number) return { message: `There is no number ${phoneNumberId}.` };
  const customer = world.customers.get(to);
  if (!customer) return { message: `There is no customer ${to} to write to.` };
  if (number.state === 'fresh' || number.state === 'cloud-api')
    return {
      message: `Nobody can write from the app: the number is ${number.state}, so no phone has it.`,
      hint: 'Use a number that is app-only or in coexistence.',
    };
  return { number, customer };
}
