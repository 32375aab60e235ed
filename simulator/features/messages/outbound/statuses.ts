/** What becomes of a message that was accepted: one status after the other, each scheduling the next. */
import type { Behaviour } from '../../../core/behaviour.ts';
import { accept, type Decision, type WorldEvent } from '../../../core/decision.ts';
import { emitForNumber, scheduleAfter } from '../../../core/events.ts';
import type { JsonObject } from '../../../core/json.ts';
import { toTimestamp, type EpochMs } from '../../../core/time.ts';
import { customerContact, isNumberHidden, metadataOf } from '../../../core/wire-content.ts';
import { hasReceiver, type Customer, type PhoneNumber, type ReadonlyWorld } from '../../../core/world.ts';
import type { AdvanceStatus, StatusAdvanced } from '../events.ts';
import { renderFailure } from './failures.ts';
import { isOnApi } from './refusals.ts';

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
  { status, endsWithSent }: AdvanceStatus,
): { readonly status: 'delivered' | 'read'; readonly afterMs: number } | undefined {
  if (behaviour.recipients === 'unreachable' || endsWithSent) return undefined;
  if (status === 'sent') return { status: 'delivered', afterMs: deliveredAfterMs };
  if (status === 'delivered' && behaviour.recipients === 'read')
    return { status: 'read', afterMs: readAfterMs };
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
    ...(showsPricing(behaviour, command.status) ? { pricing: renderPricing(command) } : {}),
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
  status !== 'failed' && (behaviour.pricingOn === 'all' || status !== 'read');

const renderPricing = ({ pricing }: AdvanceStatus): JsonObject => ({
  billable: pricing.billable,
  pricing_model: 'PMP',
  category: pricing.category,
  type: pricing.type,
});
