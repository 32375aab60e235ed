/** What is known of conversations: how open they are, how busy a number is, and the messages one may point at. */
import type { Content } from '../../core/content.ts';
import type { CustomerCreated, CustomerMoved } from '../../core/events.ts';
import { evolves } from '../../core/feature.ts';
import type { MediaId, PhoneNumberId, UserId, WaId, Wamid } from '../../core/identifiers.ts';
import { createNewest, type Newest } from '../../core/newest.ts';
import { secondMs, type EpochMs } from '../../core/time.ts';
import { slice, type ReadonlyWorld, type World } from '../../core/world.ts';
import type { MediaAttached, MediaDeleted, MediaUploaded } from '../media/events.ts';
import type { MessageReceived, MessagesEvent } from './events.ts';
import { freeEntryUntil } from './outbound/entry-point.ts';
import { countOpened } from './outbound/messaging-limit.ts';
import { costOfMessageMs } from './outbound/pair-rate.ts';

/** One customer on one number. */
export interface Conversation {
  /** When the API last got something from the customer; what happened before onboarding does not count. */
  lastReceivedAtMs?: EpochMs;
  /** When the customer last came through an ad, until the business answers. */
  cameThroughAdAtMs?: EpochMs;
  /** Until when a free entry point lasts. */
  freeEntryUntilMs?: EpochMs;
  /** Until when the business has used up its share of messages to this customer. */
  pairPaidUntilMs: number;
}

/** A message somebody may answer, edit, revoke or mark as read. */
export interface MessageRecord {
  readonly phoneNumberId: PhoneNumberId;
  readonly waId: WaId;
  readonly direction: 'received' | 'sent';
  readonly atMs: EpochMs;
  /** `content.kind` or the kind of an API message. */
  readonly kind: string;
  /** What was written, as far as it can be edited; with a customer's file: an edited caption comes with both. */
  readonly content?: Content | undefined;
  readonly mediaId?: MediaId;
  revoked: boolean;
}

/** Messages of one number within the current second of virtual time. */
interface Throughput {
  second: number;
  count: number;
}

interface KnownFile {
  readonly mimeType: string;
  /** Bytes; known of what was uploaded. */
  readonly fileSize?: number;
  readonly sha256: string;
}

interface MessagesState {
  readonly conversations: Map<PhoneNumberId, Map<WaId, Conversation>>;
  readonly messages: Newest<Wamid, MessageRecord>;
  readonly throughput: Map<PhoneNumberId, Throughput>;
  readonly waIds: Map<UserId, WaId>;
  readonly files: Newest<MediaId, KnownFile>;
}

/** Most messages and files that a world remembers for certain; see {@link createNewest}. */
const remembered = 5_000;

const state = slice<MessagesState>('messages', () => ({
  conversations: new Map(),
  messages: createNewest(remembered),
  throughput: new Map(),
  waIds: new Map(),
  files: createNewest(remembered),
}));

export const conversationOf = (
  world: ReadonlyWorld,
  phoneNumberId: PhoneNumberId,
  waId: WaId,
): Readonly<Conversation> | undefined => state.of(world).conversations.get(phoneNumberId)?.get(waId);

export const messageOf = (world: ReadonlyWorld, wamid: Wamid): Readonly<MessageRecord> | undefined =>
  state.of(world).messages.get(wamid);

export const fileOf = (world: ReadonlyWorld, mediaId: MediaId): KnownFile | undefined =>
  state.of(world).files.get(mediaId);

export const waIdOf = (world: ReadonlyWorld, userId: UserId): WaId | undefined =>
  state.of(world).waIds.get(userId);

/** Messages sent and received by the number in this second. */
export function countInSecond(world: ReadonlyWorld, phoneNumberId: PhoneNumberId, nowMs: EpochMs): number {
  const throughput = state.of(world).throughput.get(phoneNumberId);
  return throughput?.second === secondOf(nowMs) ? throughput.count : 0;
}

const secondOf = (instant: EpochMs): number => Math.floor(instant / secondMs);

function openConversation(world: World, phoneNumberId: PhoneNumberId, waId: WaId): Conversation {
  const { conversations } = state.in(world);
  let ofNumber = conversations.get(phoneNumberId);
  if (!ofNumber) conversations.set(phoneNumberId, (ofNumber = new Map<WaId, Conversation>()));
  let conversation = ofNumber.get(waId);
  if (!conversation) ofNumber.set(waId, (conversation = { pairPaidUntilMs: 0 }));
  return conversation;
}

function countMessage(world: World, phoneNumberId: PhoneNumberId, atMs: EpochMs): void {
  const { throughput } = state.in(world);
  const second = secondOf(atMs);
  const current = throughput.get(phoneNumberId);
  if (!current) throughput.set(phoneNumberId, { second, count: 1 });
  else if (current.second === second) current.count += 1;
  else {
    current.second = second;
    current.count = 1;
  }
}

/** The API got something from a customer: that opens the window, and takes its part of the throughput. */
function receive(world: World, phoneNumberId: PhoneNumberId, waId: WaId, atMs: EpochMs): void {
  openConversation(world, phoneNumberId, waId).lastReceivedAtMs = atMs;
  countMessage(world, phoneNumberId, atMs);
}

function rememberReceived(world: World, event: MessageReceived, atMs: EpochMs): void {
  state.in(world).messages.set(event.wamid, {
    phoneNumberId: event.phoneNumberId,
    waId: event.from,
    direction: 'received',
    atMs,
    kind: event.content.kind,
    content: event.content,
    ...(event.mediaId !== undefined && { mediaId: event.mediaId }),
    revoked: false,
  });
  if (event.shownAs === 'nothing') return;
  receive(world, event.phoneNumberId, event.from, atMs);
  if (event.viaAd) openConversation(world, event.phoneNumberId, event.from).cameThroughAdAtMs = atMs;
}

const rememberFile = (world: World, event: MediaAttached | MediaUploaded): void => {
  state.in(world).files.set(event.mediaId, {
    mimeType: event.mimeType,
    sha256: event.sha256,
    ...('fileSize' in event && { fileSize: event.fileSize }),
  });
};

export const messagesEvolves = evolves<
  MessagesEvent | CustomerCreated | CustomerMoved | MediaAttached | MediaUploaded | MediaDeleted
>({
  'customer-created': (world, { customer }) => {
    state.in(world).waIds.set(customer.userId, customer.waId);
  },
  'customer-moved': (world, { customer }) => {
    state.in(world).waIds.set(customer.userId, customer.waId);
  },
  'media-attached': rememberFile,
  'media-uploaded': rememberFile,
  'media-deleted': (world, event) => {
    state.in(world).files.delete(event.mediaId);
  },
  'message-received': rememberReceived,
  'customer-reacted': (world, event, atMs) => {
    state.in(world).messages.set(event.wamid, {
      phoneNumberId: event.phoneNumberId,
      waId: event.from,
      direction: 'received',
      atMs,
      kind: 'reaction',
      revoked: false,
    });
    if (event.isShown) receive(world, event.phoneNumberId, event.from, atMs);
  },
  'customer-edited': (world, event, atMs) => {
    if (event.isShown) countMessage(world, event.phoneNumberId, atMs);
  },
  'customer-revoked': (world, event, atMs) => {
    const original = state.in(world).messages.get(event.original);
    if (original) original.revoked = true;
    if (event.isShown) countMessage(world, event.phoneNumberId, atMs);
  },
  'message-sent': (world, event, atMs) => {
    const { phoneNumberId, to } = event;
    state.in(world).messages.set(event.wamid, {
      phoneNumberId,
      waId: to,
      direction: 'sent',
      atMs,
      kind: event.message.kind,
      content: event.message.kind === 'text' ? event.message : undefined,
      revoked: false,
    });
    countMessage(world, phoneNumberId, atMs);
    const number = world.phoneNumbers.get(phoneNumberId);
    if (event.opensConversation && number) countOpened(world, number, to, atMs);
    // A number that nobody has cannot be bothered; keeping no conversation for it keeps the world bounded.
    if (!world.customers.has(to)) return;
    const conversation = openConversation(world, phoneNumberId, to);
    const freeUntilMs = freeEntryUntil(conversation, atMs);
    if (freeUntilMs !== undefined) conversation.freeEntryUntilMs = freeUntilMs;
    delete conversation.cameThroughAdAtMs;
    conversation.pairPaidUntilMs = Math.max(conversation.pairPaidUntilMs, atMs) + costOfMessageMs;
  },
});

/** When the customer last wrote to the number; missing: never. */
export const lastReceivedAtMs = (
  world: ReadonlyWorld,
  phoneNumberId: PhoneNumberId,
  waId: WaId,
): EpochMs | undefined => conversationOf(world, phoneNumberId, waId)?.lastReceivedAtMs;
