/** What becomes of a message that was accepted: one status after the other, each scheduling the next. */
import type { Behaviour } from '../../../core/behaviour.ts';
import { accept, type Decision, type WorldEvent } from '../../../core/decision.ts';
import { emitForNumber, scheduleAfter } from '../../../core/events.ts';
import type { JsonObject } from '../../../core/json.ts';
import { createRandom, hashSeed } from '../../../core/random.ts';
import { plusMs, toTimestamp, type EpochMs } from '../../../core/time.ts';
import { customerContact, isNumberHidden, metadataOf } from '../../../core/wire-content.ts';
import { hasReceiver, type Customer, type PhoneNumber, type ReadonlyWorld } from '../../../core/world.ts';
import type { AdvanceStatus, StatusAdvanced } from '../events.ts';
import { freeForMs } from './entry-point.ts';
import { renderFailure } from './failures.ts';
import { isOnApi } from './refusals.ts';
import { windowMs } from './window.ts';

/** From the answer to `sent` or `failed`: under a second as recorded. */
export const firstStatusAfterMs = 300;

/** From `sent` to `delivered`, and from there to `read`; recorded are 0 to 6 s for the first. */
export const deliveredAfterMs = 2_000;
export const readAfterMs = 2_000;

/** A number that left the API meanwhile hears no more of its messages. */
export function advanceStatus(
  world: ReadonlyWorld,
  command: AdvanceStatus,
  nowMs: EpochMs,
): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number || !isOnApi(number.state)) return accept([], undefined);
  const advanced: StatusAdvanced = {
    type: 'status-advanced',
    phoneNumberId: command.phoneNumberId,
    to: command.to,
    wamid: command.wamid,
    status: command.status,
    ...(command.failure && { code: command.failure.code }),
  };
  const events: WorldEvent[] = [advanced];
  // Three webhooks for each message add up; where nobody would get them, they are not even made.
  if (hasReceiver(world, number)) {
    events.push(emitForNumber(number, 'messages', renderStatus(world, number, command, nowMs)));
  }
  const next = nextStatus(world.behaviour, command);
  if (next) {
    const following: AdvanceStatus = { ...command, status: next.status };
    events.push(scheduleAfter(nowMs, next.afterMs, following));
  }
  return accept(events, undefined);
}

function nextStatus(
  behaviour: Behaviour,
  { status, endsWithSent, isVoice }: AdvanceStatus,
): { readonly status: 'delivered' | 'read' | 'played'; readonly afterMs: number } | undefined {
  if (behaviour.recipients === 'unreachable' || endsWithSent) return undefined;
  if (status === 'sent') return { status: 'delivered', afterMs: deliveredAfterMs };
  if (behaviour.recipients !== 'read') return undefined;
  if (status === 'delivered') return { status: 'read', afterMs: readAfterMs };
  if (status === 'read' && isVoice) return { status: 'played', afterMs: readAfterMs };
  return undefined;
}

function renderStatus(
  world: ReadonlyWorld,
  number: PhoneNumber,
  command: AdvanceStatus,
  nowMs: EpochMs,
): JsonObject {
  const { behaviour } = world;
  const customer = world.customers.get(command.to);
  const isFailed = command.status === 'failed';
  const status = {
    id: command.wamid,
    status: command.status,
    timestamp: toTimestamp(nowMs),
    ...renderRecipient(command, customer, behaviour),
    ...(showsPricing(behaviour, command.status)
      ? { ...renderConversation(world, number, command, nowMs), pricing: renderPricing(command) }
      : {}),
    ...(command.failure ? { errors: [renderFailure(command.failure)] } : {}),
    ...(command.callbackData === undefined ? {} : { biz_opaque_callback_data: command.callbackData }),
  };
  return {
    messaging_product: 'whatsapp',
    metadata: metadataOf(number),
    // Usernames come with `delivered` and `read`, not with `sent` (Meta's page on user ids); names never do.
    ...(customer && behaviour.userIds && !isFailed
      ? {
          contacts: [
            customerContact(customer, behaviour, {
              withName: false,
              withUsername: command.status !== 'sent',
            }),
          ],
        }
      : {}),
    statuses: [status],
  };
}

/**
 * `recipient_id` and `recipient_user_id`. A failed message names only what it was addressed to, so that a number the
 * business wrote to is never missing from the news that this did not work.
 */
function renderRecipient(
  command: AdvanceStatus,
  customer: Customer | undefined,
  behaviour: Behaviour,
): JsonObject {
  const byNumber = { recipient_id: command.to };
  if (!customer || !behaviour.userIds) return byNumber;
  const byUser = { recipient_user_id: customer.userId };
  if (command.addressedAs === 'user') return byUser;
  if (command.status === 'failed') return byNumber;
  return isNumberHidden(customer, behaviour) ? byUser : { ...byNumber, ...byUser };
}

const showsPricing = (behaviour: Behaviour, status: AdvanceStatus['status']): boolean =>
  status === 'sent' || status === 'delivered' || (status === 'read' && behaviour.pricingOn === 'all');

/** First version whose statuses show a conversation only where it is a free entry point (documented). */
const firstWithoutConversation = 24;

/**
 * `conversation`, with its end on `sent` alone (observed in 2023 and 2025; that the id is one of
 * number, customer and category is assumed).
 */
function renderConversation(
  { behaviour, seed }: ReadonlyWorld,
  number: PhoneNumber,
  { status, to, pricing }: AdvanceStatus,
  nowMs: EpochMs,
): JsonObject {
  const isFreeEntry = pricing.type === 'free_entry_point';
  if (behaviour.webhookVersion >= firstWithoutConversation && !isFreeEntry) return {};
  const random = createRandom(hashSeed(`${seed} ${number.id} ${to} ${pricing.category}`));
  return {
    conversation: {
      id: random.text(32, '0123456789abcdef'),
      ...(status === 'sent' && {
        expiration_timestamp: toTimestamp(plusMs(nowMs, isFreeEntry ? freeForMs : windowMs)),
      }),
      origin: { type: pricing.category },
    },
  };
}

const renderPricing = ({ pricing }: AdvanceStatus): JsonObject => ({
  billable: pricing.billable,
  pricing_model: 'PMP',
  category: pricing.category,
  type: pricing.type,
});
