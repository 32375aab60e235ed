/** The messages of the business that can still be pointed at: edited, revoked, quoted. */
import type { Content } from '../../core/content.ts';
import type { PhoneNumberId, WaId, Wamid } from '../../core/identifiers.ts';
import { createNewest, type Newest } from '../../core/newest.ts';
import type { EpochMs } from '../../core/time.ts';
import type { WireMedia } from '../../core/wire-content.ts';
import { slice, type ReadonlyWorld, type World } from '../../core/world.ts';
import { messageOf } from '../messages/events.ts';
import type { AppMessageEdited, AppMessageRevoked, AppMessageSent } from './events.ts';

/** A message of the business, from the app or by the API: the chat on the phone shows both. */
export interface OwnMessage {
  readonly phoneNumberId: PhoneNumberId;
  readonly to: WaId;
  readonly atMs: EpochMs;
  /** The API knows of it. */
  readonly isKnown: boolean;
  /** Missing where it is nothing that could be edited. */
  readonly content?: Content;
  readonly media?: Omit<WireMedia, 'url'>;
  readonly isRevoked: boolean;
}

interface EchoesState {
  readonly own: Newest<Wamid, OwnMessage>;
}

/** Most messages that a world remembers for certain; older ones can no longer be edited here. */
const remembered = 10_000;

/** The part of the world that this feature alone writes. */
export const echoesState = slice<EchoesState>('smb-message-echoes', () => ({
  own: createNewest(remembered),
}));

/** A message of the business; of those that the API sent, which the chat on the phone shows, too, only text can be edited. */
export function ownMessage(world: ReadonlyWorld, wamid: Wamid): OwnMessage | undefined {
  const own = echoesState.of(world).own.get(wamid);
  if (own) return own;
  const sent = messageOf(world, wamid);
  if (sent?.direction !== 'sent') return undefined;
  const { phoneNumberId, waId, atMs, content } = sent;
  return { phoneNumberId, to: waId, atMs, isKnown: true, ...(content && { content }), isRevoked: false };
}

/** A message of the app can be pointed at from now on. */
export function evolveAppMessage(world: World, event: AppMessageSent, atMs: EpochMs): void {
  const { phoneNumberId, to, content, media } = event;
  echoesState.in(world).own.set(event.wamid, {
    phoneNumberId,
    to,
    atMs,
    isKnown: event.isEchoed,
    content,
    ...(media && { media }),
    isRevoked: false,
  });
}

/** A second edit starts from the first. */
export function evolveEdited(world: World, { original, content }: AppMessageEdited): void {
  change(world, original, { content });
}

/** Nothing more can be done with the message. */
export function evolveRevoked(world: World, { original }: AppMessageRevoked): void {
  change(world, original, { isRevoked: true });
}

function change(world: World, wamid: Wamid, changes: Partial<OwnMessage>): void {
  const message = ownMessage(world, wamid);
  if (message) echoesState.in(world).own.set(wamid, { ...message, ...changes });
}
