/** A customer moves to another number, or hides it; the chat goes on. */
import { mintWaId } from '../../../core/countries.ts';
import { accept, mistake, type Decision } from '../../../core/decision.ts';
import { emitForNumber, type CustomerMoved } from '../../../core/events.ts';
import type { WaId, Wamid } from '../../../core/identifiers.ts';
import type { JsonObject } from '../../../core/json.ts';
import { toSeconds, type EpochMs } from '../../../core/time.ts';
import { fromCustomer, metadataOf } from '../../../core/wire-content.ts';
import { chanceOf, type ReadonlyWorld } from '../../../core/world.ts';
import type { ChangeCustomerNumber, HideCustomerNumber } from '../events.ts';
import { findParties, mintCustomerWamid, visibilityOf, type Parties } from './parties.ts';

/**
 * The user id stays (assumed). Who is hidden shows no number, old or new, so that there is nothing to tell (assumed).
 *
 * @returns the new number
 */
export function changeCustomerNumber(
  world: ReadonlyWorld,
  command: ChangeCustomerNumber,
  nowMs: EpochMs,
): Decision<{ readonly waId: WaId }> {
  const parties = findParties(world, command);
  if ('kind' in parties) return parties;
  const { number, customer } = parties;
  const random = chanceOf(world);
  const wamid = mintCustomerWamid(world, customer, random);
  const waId = mintWaId(random, customer.country);
  if (waId === undefined)
    throw new Error(`There is a customer of ${customer.country}, where numbers are unknown.`);
  const moved: CustomerMoved = {
    type: 'customer-moved',
    from: customer.waId,
    customer: { ...customer, waId },
  };
  const isTold = visibilityOf(world, parties) === 'content' && !customer.hidesNumber;
  const value = systemMessage(world, parties, wamid, waId, nowMs);
  return accept(isTold ? [moved, emitForNumber(number, 'messages', value)] : [moved], { waId });
}

/** Nobody is told of it: the next webhook shows a user id and no number (assumed). */
export function hideCustomerNumber(
  world: ReadonlyWorld,
  { from, username }: HideCustomerNumber,
): Decision<undefined> {
  const customer = world.customers.get(from);
  if (!customer) return mistake(`There is no customer ${from}.`);
  const moved: CustomerMoved = {
    type: 'customer-moved',
    from,
    customer: { ...customer, username, hidesNumber: true },
  };
  return accept([moved], undefined);
}

/** No `contacts`, as Meta's sample has it; before user ids the older form. */
function systemMessage(
  { behaviour }: ReadonlyWorld,
  { number, customer }: Parties,
  wamid: Wamid,
  waId: WaId,
  nowMs: EpochMs,
): JsonObject {
  const body = `User ${customer.name} changed from ${customer.waId} to ${waId}`;
  const system = behaviour.userIds
    ? { body, wa_id: waId, type: 'user_changed_number' }
    : { body, new_wa_id: waId, type: 'customer_changed_number' };
  return {
    messaging_product: 'whatsapp',
    metadata: metadataOf(number),
    messages: [
      {
        ...fromCustomer(customer, behaviour),
        id: wamid,
        timestamp: String(toSeconds(nowMs)),
        system,
        type: 'system',
      },
    ],
  };
}
