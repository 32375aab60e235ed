/** Blocks customers, and takes them off the list again; each of them by itself. */
import { accept, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import type { UserId, WaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { isRefusal, seenNumber } from '../../core/refusals.ts';
import { hourMs, type EpochMs } from '../../core/time.ts';
import type { Customer, ReadonlyWorld } from '../../core/world.ts';
import { lastReceivedAtMs } from '../messages/events.ts';
import { blockLists, type BlockListChanged, type ChangeBlockList, type ListBlocked } from './events.ts';

/** Most entries of a list; and how lately a customer must have written. @see Meta: block users (documented) */
const longestList = 64_000;
const writtenWithinMs = 24 * hourMs;

/** One customer of the request: `input` as it was written. */
export interface Entry {
  readonly input: string;
  readonly waId: WaId;
}

/** What went well; the rest is beside the refusal. */
export interface BlockReply {
  readonly kind: ChangeBlockList['type'];
  readonly done: readonly Entry[];
}

type Outcome = Entry | { readonly input: string; readonly why: JsonObject };

export function changeBlockList(
  world: ReadonlyWorld,
  command: ChangeBlockList,
  nowMs: EpochMs,
): Decision<BlockReply> {
  const number = seenNumber(world, command.phoneNumberId, command.type === 'block-users' ? 'post' : 'delete');
  if (isRefusal(number)) return refuse(number);
  const isBlocking = command.type === 'block-users';
  const list = blockLists.of(world).get(number.id) ?? new Set();
  if (isBlocking && list.size + command.users.length > longestList) return refuse(listFull);
  const outcomes = command.users.map((input): Outcome => {
    const customer = findCustomer(world, input);
    if (!customer) return { input, why: failure('The user is not on WhatsApp.') };
    if (!isBlocking) return { input, waId: customer.waId };
    const wroteAtMs = lastReceivedAtMs(world, number.id, customer.waId);
    if (wroteAtMs === undefined || nowMs - wroteAtMs > writtenWithinMs)
      return { input, why: failure('The user has not sent a message within the last 24 hours.') };
    return { input, waId: customer.waId };
  });
  const done = outcomes.filter((outcome) => 'waId' in outcome);
  const failed = outcomes.filter((outcome) => 'why' in outcome);
  const changed: BlockListChanged = {
    type: 'block-list-changed',
    phoneNumberId: number.id,
    waIds: done.map(({ waId }) => waId),
    blocked: isBlocking,
  };
  const events = done.length > 0 ? [changed] : [];
  const reply: BlockReply = { kind: command.type, done };
  if (failed.length === 0) return accept(events, reply);
  return refuse({ ...someFailed, beside: renderChange(reply, failed) }, events);
}

/** By number, however it is written, or by user id. */
const findCustomer = (world: ReadonlyWorld, input: string): Customer | undefined =>
  world.customers.get(input.replace(/\D/g, '') as WaId) ??
  [...world.customers.values()].find(({ userId }) => userId === (input as UserId));

/** @param failed - only where some were */
export function renderChange(
  { kind, done }: BlockReply,
  failed: readonly { readonly input: string; readonly why: JsonObject }[] = [],
): JsonObject {
  return {
    messaging_product: 'whatsapp',
    block_users: {
      [kind === 'block-users' ? 'added_users' : 'removed_users']: done.map(({ input, waId }) => ({
        input,
        wa_id: waId,
      })),
      ...(failed.length > 0 && {
        failed_users: failed.map(({ input, why }) => ({
          input,
          wa_id: input.replace(/\D/g, ''),
          errors: [why],
        })),
      }),
    },
  };
}

/** The code of a single entry's failure is assumed; the shape is documented. */
const failure = (details: string): JsonObject => ({
  message: 'Failed to block/unblock user',
  code: 139100,
  error_data: { details },
});

const someFailed: Refusal = {
  code: 139100,
  httpStatus: 400,
  message: 'Failed to block/unblock users',
  details: 'Failed to block some users, see the block_users response list for details',
  evidence: 'documented',
  source: 'Meta: block users; the details are assumed',
};

const listFull: Refusal = {
  code: 139101,
  httpStatus: 400,
  message: 'Blocklist limit reached',
  evidence: 'documented',
  source: 'Meta: block users',
};

export function listBlocked(world: ReadonlyWorld, command: ListBlocked): Decision<readonly WaId[]> {
  const number = seenNumber(world, command.phoneNumberId, 'get');
  if (isRefusal(number)) return refuse(number);
  return accept([], [...(blockLists.of(world).get(number.id) ?? [])]);
}
