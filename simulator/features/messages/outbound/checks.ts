/** What WhatsApp looks at before it accepts a message, and what it finds only afterwards. */
import type { Refusal } from '../../../core/decision.ts';
import { forcedFailure, type Failure } from '../../../core/forced-failure.ts';
import type { Wamid } from '../../../core/identifiers.ts';
import { dayMs, type EpochMs } from '../../../core/time.ts';
import type { PhoneNumber, ReadonlyWorld } from '../../../core/world.ts';
import { isBlocked } from '../../block-users/events.ts';
import { checkTemplate, findTemplate } from '../../message-templates/events.ts';
import { hasStoppedMarketing } from '../../user-preferences/events.ts';
import type { OutboundMessage } from '../events.ts';
import { conversationOf, countInSecond, fileOf, messageOf } from '../evolve.ts';
import { readWamid, wamidUserOf } from '../wamid.ts';
import { failureOf } from './failures.ts';
import { unsendableDetails } from './media-check.ts';
import { isLimitReached } from './messaging-limit.ts';
import { isPairExhausted } from './pair-rate.ts';
import type { Recipient } from './recipient.ts';
import * as refusals from './refusals.ts';
import { isWindowOpen } from './window.ts';

/** Messages a second of a number that is on Cloud API alone. @see Meta: throughput (documented) */
const cloudApiMps = 80;

/** The first thing about the message itself that WhatsApp would not take. */
export function checkMessage(
  world: ReadonlyWorld,
  { wabaId }: PhoneNumber,
  message: OutboundMessage,
): Refusal | undefined {
  switch (message.kind) {
    case 'template':
      return checkTemplate(world, wabaId, message.template);
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return message.mediaId !== undefined && !fileOf(world, message.mediaId)
        ? refusals.mediaUnknown
        : undefined;
    case 'unknown':
      return refusals.typeUnknown;
    case 'text':
    case 'reaction':
    case 'interactive':
    case 'location':
    case 'contacts':
      return undefined;
  }
}

/** Whether the number, then the pair, has sent all it may for now. */
export function checkRates(
  world: ReadonlyWorld,
  number: PhoneNumber,
  recipient: Recipient,
  nowMs: EpochMs,
): Refusal | undefined {
  const { behaviour } = world;
  const mps = number.state === 'cloud-api' ? cloudApiMps : behaviour.throughputMps;
  if (countInSecond(world, number.id, nowMs) >= mps)
    return refusals.throughputReached(behaviour.rateLimitStatus);
  const paidUntilMs = conversationOf(world, number.id, recipient.waId)?.pairPaidUntilMs ?? 0;
  return isPairExhausted(paidUntilMs, behaviour.pairBurst, nowMs) ? refusals.pairRateReached : undefined;
}

/** What the message will fail with, if it is accepted. */
export function findFailure(
  world: ReadonlyWorld,
  number: PhoneNumber,
  message: OutboundMessage,
  recipient: Recipient,
  nowMs: EpochMs,
): Failure | undefined {
  const forced = forcedFailure(world);
  if (forced) return forced;
  if (!world.customers.has(recipient.waId)) return failureOf(131026);
  if (isBlocked(world, number.id, recipient.waId)) return failureOf(130403);
  if (isUnwantedMarketing(world, number, message, recipient)) return failureOf(131050);
  const conversation = conversationOf(world, number.id, recipient.waId);
  if (message.kind !== 'template' && !isWindowOpen(number, conversation, nowMs)) return failureOf(131047);
  if (
    message.kind === 'template' &&
    !isWindowOpen(number, conversation, nowMs) &&
    isLimitReached(world, number, recipient.waId, nowMs)
  )
    return failureOf(131048);
  if (message.kind === 'reaction')
    return canReact(world, message.target, recipient, nowMs) ? undefined : failureOf(131009);
  if (!('mediaId' in message)) return undefined;
  const file = fileOf(world, message.mediaId);
  const details = file && unsendableDetails(message.kind, file, message.voice === true);
  return details === undefined ? undefined : failureOf(131053, details);
}

/** A marketing template to a customer who stopped them. */
const isUnwantedMarketing = (
  world: ReadonlyWorld,
  number: PhoneNumber,
  message: OutboundMessage,
  recipient: Recipient,
): boolean =>
  message.kind === 'template' &&
  hasStoppedMarketing(world, number.id, recipient.waId) &&
  findTemplate(world, number.wabaId, message.template.name, message.template.language)?.category ===
    'MARKETING';

/** How old a message may be that one reacts to. @see Meta: reaction messages (documented) */
const reactionLifeMs = 30 * dayMs;

/** Messages from the app, from history or long ago are not remembered; their ids say whose conversation they are of. */
function canReact(world: ReadonlyWorld, target: Wamid, recipient: Recipient, nowMs: EpochMs): boolean {
  const record = messageOf(world, target);
  if (record) return !record.revoked && record.kind !== 'reaction' && nowMs - record.atMs <= reactionLifeMs;
  const customer = world.customers.get(recipient.waId);
  const user = readWamid(target)?.user;
  return customer !== undefined && user === wamidUserOf(customer, world.behaviour);
}
