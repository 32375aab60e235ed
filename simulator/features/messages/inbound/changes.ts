/** Customers react to messages, edit their own and revoke them. */
import type { Content } from '../../../core/content.ts';
import { accept, mistake, type Decision, type WorldEvent } from '../../../core/decision.ts';
import { emitForNumber } from '../../../core/events.ts';
import type { Wamid } from '../../../core/identifiers.ts';
import { dayMs, minuteMs, toSeconds, type EpochMs } from '../../../core/time.ts';
import {
  isMediaContent,
  renderContent,
  unsupportedContent,
  type WireContent,
} from '../../../core/wire-content.ts';
import { chanceOf, type ReadonlyWorld } from '../../../core/world.ts';
import type {
  CustomerEdited,
  CustomerReacted,
  CustomerRevoked,
  EditAsCustomer,
  ReactAsCustomer,
  RevokeAsCustomer,
} from '../events.ts';
import type { MessageRecord } from '../evolve.ts';
import { currentMedia } from './decide.ts';
import { findOwnMessage, findParties, mintCustomerWamid, visibilityOf, type Parties } from './parties.ts';
import { renderInbound } from './wire.ts';

/** How long a text or caption can be edited. @see Meta: webhooks/reference/messages/edit (documented) */
export const editableMs = 15 * minuteMs;

/** How long a message can be deleted for everyone. @see Meta: webhooks/reference/messages/revoke (documented) */
export const revocableMs = 2 * dayMs;

interface WithWamid {
  readonly wamid: Wamid;
}

export function reactAsCustomer(
  world: ReadonlyWorld,
  command: ReactAsCustomer,
  nowMs: EpochMs,
): Decision<WithWamid> {
  const parties = findParties(world, command);
  if ('kind' in parties) return parties;
  const isShown = visibilityOf(world, parties) !== 'nothing';
  const wamid = mintCustomerWamid(world, parties.customer, chanceOf(world));
  const event: CustomerReacted = {
    type: 'customer-reacted',
    phoneNumberId: command.phoneNumberId,
    from: command.from,
    wamid,
    target: command.wamid,
    emoji: command.emoji,
    isShown,
  };
  const content: WireContent = {
    reaction: {
      message_id: command.wamid,
      // A reaction that is taken back comes without an emoji, not with an empty one.
      ...(command.emoji === '' ? {} : { emoji: command.emoji }),
    },
    type: 'reaction',
  };
  return accept([event, ...emit(world, parties, wamid, content, nowMs)], { wamid });
}

export function editAsCustomer(
  world: ReadonlyWorld,
  command: EditAsCustomer,
  nowMs: EpochMs,
): Decision<WithWamid> {
  const parties = findParties(world, command);
  if ('kind' in parties) return parties;
  const original = findOwnMessage(world, command);
  if (!('direction' in original)) return original;
  const edited = editedContent(original, command.text);
  if (!edited) return mistake('Only texts and captions can be edited.');
  if (nowMs - original.atMs > editableMs) return mistake('A message can be edited for 15 minutes.');
  const wamid = mintCustomerWamid(world, parties.customer, chanceOf(world));
  const event: CustomerEdited = {
    type: 'customer-edited',
    phoneNumberId: command.phoneNumberId,
    from: command.from,
    wamid,
    original: command.wamid,
    text: command.text,
    isShown: visibilityOf(world, parties) !== 'nothing',
  };
  const content = renderEdit(world, parties, command, edited, original, nowMs);
  return accept([event, ...emit(world, parties, wamid, content, nowMs)], { wamid });
}

function editedContent({ content }: MessageRecord, text: string): Content | undefined {
  if (content?.kind === 'text') return { kind: 'text', text };
  return content && isMediaContent(content) ? { ...content, caption: text } : undefined;
}

/** Only coexistence numbers can show an edit. `M0` is what Meta's examples have in `context`. */
function renderEdit(
  world: ReadonlyWorld,
  { number }: Parties,
  command: EditAsCustomer,
  edited: Content,
  original: MessageRecord,
  nowMs: EpochMs,
): WireContent {
  if (number.state !== 'coexistence') return unsupportedContent(131051, 'edit');
  const media = original.mediaId === undefined ? undefined : currentMedia(world, original.mediaId, nowMs);
  const { type, ...content } = renderContent(edited, media);
  return {
    edit: {
      original_message_id: command.wamid,
      message: { context: { id: 'M0' }, type, ...content },
    },
    type: 'edit',
  };
}

export function revokeAsCustomer(
  world: ReadonlyWorld,
  command: RevokeAsCustomer,
  nowMs: EpochMs,
): Decision<WithWamid> {
  const parties = findParties(world, command);
  if ('kind' in parties) return parties;
  const original = findOwnMessage(world, command);
  if (!('direction' in original)) return original;
  if (nowMs - original.atMs > revocableMs) return mistake('A message can be revoked for two days.');
  const wamid = mintCustomerWamid(world, parties.customer, chanceOf(world));
  const event: CustomerRevoked = {
    type: 'customer-revoked',
    phoneNumberId: command.phoneNumberId,
    from: command.from,
    wamid,
    original: command.wamid,
    isShown: visibilityOf(world, parties) !== 'nothing',
  };
  const content: WireContent =
    parties.number.state === 'coexistence'
      ? { revoke: { original_message_id: command.wamid }, type: 'revoke' }
      : // Meta's list of unsupported kinds names edits, but not this one (assumed).
        unsupportedContent(131051);
  return accept([event, ...emit(world, parties, wamid, content, nowMs)], { wamid });
}

/** From an unsupported companion even a change comes as 131060, if it comes. */
function emit(
  world: ReadonlyWorld,
  parties: Parties,
  wamid: Wamid,
  content: WireContent,
  nowMs: EpochMs,
): readonly WorldEvent[] {
  const visibility = visibilityOf(world, parties);
  if (visibility === 'nothing') return [];
  const value = renderInbound(world, parties.number, parties.customer, {
    wamid,
    sentAtSeconds: toSeconds(nowMs),
    content: visibility === 'content' ? content : unsupportedContent(131060),
  });
  return [emitForNumber(parties.number, 'messages', value)];
}
