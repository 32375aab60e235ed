/** Takes messages of the API, or says why not; and marks messages as read. */
import { accept, mistake, refuse, type Decision, type Refusal } from '../../../core/decision.ts';
import { forcedFailure, type FailureTaken } from '../../../core/forced-failure.ts';
import { scheduleAfter } from '../../../core/events.ts';
import { mintWamid, type UserId, type WaId, type Wamid } from '../../../core/identifiers.ts';
import type { EpochMs } from '../../../core/time.ts';
import { chanceOf, type PhoneNumber, type ReadonlyWorld } from '../../../core/world.ts';
import type {
  AdvanceStatus,
  MarkRead,
  MessageMarkedRead,
  MessageSent,
  OutboundMessage,
  Pricing,
  SendMessage,
} from '../events.ts';
import { findTemplate } from '../../message-templates/events.ts';
import { conversationOf, messageOf, waIdOf } from '../evolve.ts';
import { readWamid, wamidUserOf } from '../wamid.ts';
import { checkMessage, checkRates, findFailure } from './checks.ts';
import { freeEntryUntil } from './entry-point.ts';
import { findRecipient, type Recipient } from './recipient.ts';
import { isOnApi, notMarketing, notOnApi, readTargetUnknown, windowClosed } from './refusals.ts';
import { firstStatusAfterMs } from './statuses.ts';
import { isWindowOpen } from './window.ts';

/** What `POST /{phone-number-id}/messages` answers. */
export type SendReply =
  | {
      readonly kind: 'accepted';
      /** The recipient exactly as it was written. */
      readonly input: string;
      readonly wamid: Wamid;
      /** The one or the other, depending on how the recipient was addressed. */
      readonly waId?: WaId;
      readonly userId?: UserId;
      /** `message_status: accepted`; on templates alone. */
      readonly isTemplate: boolean;
    }
  | { readonly kind: 'marked-read' };

/**
 * Accepts a message, or refuses it as WhatsApp would at once.
 *
 * Looked at in this order: the number, the recipient, the message, throughput, the pair's rate, and the window where
 * that is refused at once. What else is wrong shows only later, as a `failed` status.
 */
export function sendMessage(world: ReadonlyWorld, command: SendMessage, nowMs: EpochMs): Decision<SendReply> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no number ${command.phoneNumberId}.`);
  if (!isOnApi(number.state)) return refuse(notOnApi(number, world.behaviour));
  const recipient = findRecipient(world, number, command.to);
  if ('refusal' in recipient) return refuse(recipient.refusal);
  if (command.marketingAlone && !isMarketing(world, number, command.message)) return refuse(notMarketing);
  const refusal = refusalOf(world, number, command.message, recipient, nowMs);
  return refusal ? refuse(refusal) : accepted(world, number, command, recipient, nowMs);
}

const isMarketing = (world: ReadonlyWorld, { wabaId }: PhoneNumber, message: OutboundMessage): boolean => {
  if (message.kind !== 'template') return false;
  const template = findTemplate(world, wabaId, message.template.name, message.template.language);
  // What does not exist is refused as such.
  return template === undefined || template.category === 'MARKETING';
};

function refusalOf(
  world: ReadonlyWorld,
  number: PhoneNumber,
  message: OutboundMessage,
  recipient: Recipient,
  nowMs: EpochMs,
): Refusal | undefined {
  const refusal = checkMessage(world, number, message) ?? checkRates(world, number, recipient, nowMs);
  if (refusal || message.kind === 'template' || world.behaviour.windowRefusal !== 'synchronous')
    return refusal;
  const conversation = conversationOf(world, number.id, recipient.waId);
  return isWindowOpen(number, conversation, nowMs) ? undefined : windowClosed;
}

function accepted(
  world: ReadonlyWorld,
  number: PhoneNumber,
  command: SendMessage,
  recipient: Recipient,
  nowMs: EpochMs,
): Decision<SendReply> {
  const { message } = command;
  const customer = world.customers.get(recipient.waId);
  const user = customer ? wamidUserOf(customer, world.behaviour) : recipient.waId;
  const wamid = mintWamid(chanceOf(world), user, 'business');
  const failure = findFailure(world, number, message, recipient, nowMs);
  const sent: MessageSent = {
    type: 'message-sent',
    phoneNumberId: number.id,
    to: recipient.waId,
    wamid,
    message,
    ...(command.replyTo !== undefined && { replyTo: command.replyTo }),
    ...(!failure &&
      opensConversation(world, number, message, recipient, nowMs) && { opensConversation: true }),
  };
  const next: AdvanceStatus = {
    type: 'advance-status',
    phoneNumberId: number.id,
    wamid,
    to: recipient.waId,
    addressedAs: recipient.addressedAs,
    status: failure ? 'failed' : 'sent',
    pricing: pricingOf(world, number, message, recipient, nowMs),
    endsWithSent: message.kind === 'reaction',
    ...('voice' in message && { isVoice: true as const }),
    ...(failure && { failure }),
    ...(command.callbackData !== undefined && { callbackData: command.callbackData }),
  };
  const taken: FailureTaken = { type: 'failure-taken' };
  const events = failure && failure === forcedFailure(world) ? [taken, sent] : [sent];
  return accept([...events, scheduleAfter(nowMs, firstStatusAfterMs, next)], {
    kind: 'accepted',
    input: command.to.input,
    wamid,
    ...(recipient.userId === undefined ? { waId: recipient.waId } : { userId: recipient.userId }),
    isTemplate: message.kind === 'template',
  });
}

const opensConversation = (
  world: ReadonlyWorld,
  number: PhoneNumber,
  message: OutboundMessage,
  { waId }: Recipient,
  nowMs: EpochMs,
): boolean =>
  message.kind === 'template' && !isWindowOpen(number, conversationOf(world, number.id, waId), nowMs);

const freeEntry: Pricing = { billable: false, category: 'referral_conversion', type: 'free_entry_point' };

const service: Pricing = { billable: false, category: 'service', type: 'free_customer_service' };

/**
 * Free-form messages are free, and so are utility templates within the window; all other templates are charged.
 *
 * @see Meta: pricing, as of July 2025 (documented). The changes of October 2026 (charged utility templates within the
 * window, a monthly allowance of free-form messages) are left out: no recording shows them yet.
 */
function pricingOf(
  world: ReadonlyWorld,
  number: PhoneNumber,
  message: OutboundMessage,
  recipient: Recipient,
  nowMs: EpochMs,
): Pricing {
  const conversation = conversationOf(world, number.id, recipient.waId);
  if (conversation && freeEntryUntil(conversation, nowMs) !== undefined) return freeEntry;
  if (message.kind !== 'template') return service;
  const { name, language } = message.template;
  const template = findTemplate(world, number.wabaId, name, language);
  const category = (template?.category.toLowerCase() ?? 'utility') as Pricing['category'];
  return category === 'utility' && isWindowOpen(number, conversation, nowMs)
    ? { billable: false, category, type: 'free_customer_service' }
    : { billable: true, category, type: 'regular' };
}

/** Marks a customer's message as read; the business's own and unknown ones are refused. */
export function markRead(world: ReadonlyWorld, command: MarkRead): Decision<SendReply> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no number ${command.phoneNumberId}.`);
  if (!isOnApi(number.state)) return refuse(notOnApi(number, world.behaviour));
  if (!isReceived(world, number, command.wamid)) return refuse(readTargetUnknown);
  const event: MessageMarkedRead = {
    type: 'message-marked-read',
    phoneNumberId: number.id,
    wamid: command.wamid,
    typing: command.typing,
  };
  return accept([event], { kind: 'marked-read' });
}

/** A message that is no longer remembered passes for received if its id says that a customer wrote it. */
function isReceived(world: ReadonlyWorld, number: PhoneNumber, wamid: Wamid): boolean {
  const record = messageOf(world, wamid);
  if (record) return record.direction === 'received' && record.phoneNumberId === number.id;
  const content = readWamid(wamid);
  if (content?.fromBusiness !== false) return false;
  return world.customers.has(content.user as WaId) || waIdOf(world, content.user as UserId) !== undefined;
}
