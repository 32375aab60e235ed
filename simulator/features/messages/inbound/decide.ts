/** Customers write, and the API sees it, sees that there is something, or sees nothing. */
import { accept, mistake, type Decision, type WorldEvent } from '../../../core/decision.ts';
import { emitForNumber, scheduleAfter } from '../../../core/events.ts';
import type { MediaId, Wamid } from '../../../core/identifiers.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Random } from '../../../core/random.ts';
import { secondMs, toSeconds, type EpochMs } from '../../../core/time.ts';
import {
  catalogId,
  isMediaContent,
  isNumberHidden,
  mediaTypes,
  mediaUrl,
  mintMedia,
  renderContent,
  unsupportedContent,
  type MintedMedia,
} from '../../../core/wire-content.ts';
import { chanceOf, type ReadonlyWorld } from '../../../core/world.ts';
import { mediaAttached } from '../../media/events.ts';
import type { MessageReceived, RevealMessage, SendCustomerMessage } from '../events.ts';
import { fileOf, messageOf } from '../evolve.ts';
import { findParties, mintCustomerWamid, visibilityOf, type Parties, type Visibility } from './parties.ts';
import { renderInbound, renderReferral, type InboundItem } from './wire.ts';

/** From the 131060 of a first contact to the readable message: 0 to 5 s as recorded four times. */
export const revealedAfterMs = 2 * secondMs;

/** A message of a customer, with the ids that are minted for it. */
interface Letter extends Parties {
  readonly world: ReadonlyWorld;
  readonly message: Omit<MessageReceived, 'type' | 'shownAs' | 'wamid' | 'mediaId'>;
  readonly random: Random;
  readonly nowMs: EpochMs;
}

/** @returns the wamid under which the content can be read, if ever, else that of the 131060 */
export function sendCustomerMessage(
  world: ReadonlyWorld,
  command: SendCustomerMessage,
  nowMs: EpochMs,
): Decision<{ readonly wamid: Wamid }> {
  const parties = findParties(world, command);
  if ('kind' in parties) return parties;
  const letter: Letter = {
    world,
    ...parties,
    random: chanceOf(world),
    nowMs,
    message: {
      phoneNumberId: command.phoneNumberId,
      from: command.from,
      content: command.content,
      sentAtSeconds: toSeconds(nowMs),
      viaAd: command.viaAd,
      ...(command.forwarded !== undefined && { forwarded: command.forwarded }),
      ...(command.product !== undefined && { product: command.product }),
      ...(command.replyTo !== undefined && { replyTo: command.replyTo }),
    },
  };
  const visibility = visibilityOf(world, parties);
  const isHeldBack =
    command.firstContact && visibility === 'content' && parties.number.state === 'coexistence';
  return isHeldBack ? holdBack(letter) : show(letter, visibility);
}

function show(letter: Letter, visibility: Visibility): Decision<{ wamid: Wamid }> {
  const wamid = mintCustomerWamid(letter.world, letter.customer, letter.random);
  const events = visibility === 'content' ? showContent(letter, wamid) : hide(letter, wamid, visibility);
  return accept(events, { wamid });
}

/** The first message of a chat: 131060 at once, the content later, under the same id or another, or never. */
function holdBack(letter: Letter): Decision<{ wamid: Wamid }> {
  const { world, customer, random, nowMs } = letter;
  const wamid = mintCustomerWamid(world, customer, random);
  const unavailable = hide(letter, wamid, 'unavailable');
  const followUp = world.behaviour.firstContactFollowUp;
  if (followUp === 'never') return accept(unavailable, { wamid });
  const readable = followUp === 'same-wamid' ? wamid : mintCustomerWamid(world, customer, random);
  const reveal: RevealMessage = { type: 'reveal-message', message: { ...letter.message, wamid: readable } };
  return accept([...unavailable, scheduleAfter(nowMs, revealedAfterMs, reveal)], { wamid: readable });
}

/** The content of a first contact can be read now; on a number that left the API meanwhile it never can. */
export function revealMessage(
  world: ReadonlyWorld,
  command: RevealMessage,
  nowMs: EpochMs,
): Decision<undefined> {
  const { wamid, ...message } = command.message;
  const parties = findParties(world, message);
  if ('kind' in parties) return mistake('Number or customer of a first contact are gone.');
  const letter: Letter = { world, ...parties, message, random: chanceOf(world), nowMs };
  const events =
    visibilityOf(world, parties) === 'content' ? showContent(letter, wamid) : hide(letter, wamid, 'nothing');
  return accept(events, undefined);
}

function hide(letter: Letter, wamid: Wamid, shownAs: 'unavailable' | 'nothing'): WorldEvent[] {
  const received: MessageReceived = { type: 'message-received', ...letter.message, wamid, shownAs };
  return shownAs === 'nothing' ? [received] : [received, emit(letter, wamid, unsupportedContent(131060))];
}

function showContent(letter: Letter, wamid: Wamid): WorldEvent[] {
  const { content } = letter.message;
  const media = isMediaContent(content)
    ? mintMedia(letter.random, mediaTypes[content.kind], letter.nowMs)
    : undefined;
  const received: MessageReceived = {
    type: 'message-received',
    ...letter.message,
    wamid,
    ...(media && { mediaId: media.id }),
    shownAs: 'content',
  };
  const webhook = emit(letter, wamid, renderContent(content, media));
  return media ? [attach(letter, media), received, webhook] : [received, webhook];
}

const attach = ({ message }: Letter, media: MintedMedia): WorldEvent =>
  mediaAttached(message.phoneNumberId, media);

function emit(letter: Letter, wamid: Wamid, content: InboundItem['content']): WorldEvent {
  const { world, number, customer, message } = letter;
  const item: InboundItem = {
    wamid,
    sentAtSeconds: message.sentAtSeconds,
    content,
    extras: {
      ...contextOf(letter),
      ...(message.viaAd ? { referral: renderReferral(letter.random, message.viaAd) } : {}),
    },
  };
  return emitForNumber(number, 'messages', renderInbound(world, number, customer, item));
}

/** What a message refers to: another message, a product; or that it was not written for this chat. */
function contextOf(letter: Letter): { readonly context?: JsonObject } {
  const { replyTo, product, forwarded } = letter.message;
  const context = {
    ...(replyTo === undefined ? {} : quoted(letter, replyTo)),
    ...(product === undefined
      ? {}
      : { referred_product: { catalog_id: catalogId, product_retailer_id: product } }),
    ...(forwarded === undefined
      ? {}
      : { [forwarded === 'once' ? 'forwarded' : 'frequently_forwarded']: true }),
  };
  return Object.keys(context).length === 0 ? {} : { context };
}

/** What is not known to be the customer's own was written by the business, most likely on the phone. */
function quoted({ world, number, customer }: Letter, replyTo: Wamid): JsonObject {
  if (messageOf(world, replyTo)?.direction !== 'received') return { from: number.waId, id: replyTo };
  const isHidden = isNumberHidden(customer, world.behaviour);
  return { ...(isHidden ? { from_user_id: customer.userId } : { from: customer.waId }), id: replyTo };
}

/** The file of a message as it can be asked for now: the same id, a new address. */
export function currentMedia(
  world: ReadonlyWorld,
  id: MediaId,
  nowMs: EpochMs,
): Omit<MintedMedia, 'seed'> | undefined {
  const file = fileOf(world, id);
  return file && { id, ...file, url: mediaUrl({ id, sha256: file.sha256 }, nowMs) };
}
