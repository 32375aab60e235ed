/** Message by message: who wrote what to whom. A pure function of the fill and an index, so that none is ever kept. */
import type { Content, MediaKind } from '../../core/content.ts';
import { mintWamid, type WaId, type Wamid } from '../../core/identifiers.ts';
import { createRandom, type Random } from '../../core/random.ts';
import type { HistoryFill } from './events.ts';
import type { Phrases } from './phrases.ts';
import { drawJitter, sentAtSeconds } from './plan.ts';

/** `history_context.status`. @see Meta: webhooks/reference/history (documented) */
export type HistoryStatus = 'DELIVERED' | 'ERROR' | 'PENDING' | 'PLAYED' | 'READ' | 'SENT';

/** What a message is; `media` stands for a placeholder. */
export type HistoryKind = 'text' | 'media' | 'location' | 'reaction' | 'unsupported' | 'errors';

/** What is decided about a message before its words. */
export interface HistoryMessage {
  readonly index: number;
  readonly sentAtSeconds: number;
  readonly fromMe: boolean;
  readonly kind: HistoryKind;
  readonly status: HistoryStatus;
  /** Which phrase, file or place it is; any whole number from 0 to 999. */
  readonly choice: number;
  /** The rest of this message's own chance; its id is the first thing made of it. */
  readonly random: Random;
}

/** Most messages of one thread in a row, so that chats read as questions and answers. */
const longestTalk = 6;

const talkLength = (fill: HistoryFill): number =>
  Math.min(longestTalk, Math.max(1, Math.floor(fill.messages / fill.threads)));

/** The thread of a message. The newest talks take every thread once, scenario's customers first; the rest is chance. */
export function threadOf(fill: HistoryFill, index: number): number {
  const talk = Math.floor(index / talkLength(fill));
  return talk < fill.threads ? talk : createRandom(~fill.seed, talk).integer(0, fill.threads - 1);
}

/** The message of this index, 0 for the newest; the same for the same fill, however often it is asked for. */
export function messageAt(fill: HistoryFill, index: number): HistoryMessage {
  const random = createRandom(fill.seed, index);
  const jitter = drawJitter(random);
  const length = talkLength(fill);
  const turn = length - 1 - (index % length);
  const roll = random.integer(0, 999);
  const answers = turn % 2 === 1;
  const fromMe = random.integer(0, 99) < 15 ? !answers : answers;
  const kind = kindOf(fill, index, roll, turn);
  return {
    index,
    sentAtSeconds: sentAtSeconds(fill, index, jitter),
    fromMe,
    kind,
    status: statusOf(random, fromMe, kind),
    choice: random.integer(0, 999),
    random,
  };
}

/** Shares beside text and media are assumed; recordings show that they occur, not how often. */
function kindOf(fill: HistoryFill, index: number, roll: number, turn: number): HistoryKind {
  const beside = roll - fill.mediaPerMille;
  if (beside < 0) return 'media';
  if (beside < 10) return 'location';
  // A reaction needs an older message of the same talk to react to.
  if (beside < 25) return turn > 0 && index + 1 < fill.messages ? 'reaction' : 'text';
  if (beside < 30) return 'unsupported';
  if (beside < 34) return 'errors';
  return 'text';
}

function statusOf(random: Random, fromMe: boolean, kind: HistoryKind): HistoryStatus {
  const roll = random.integer(0, 99);
  if (!fromMe) return roll < 90 ? 'READ' : 'DELIVERED';
  if (roll < 2) return roll === 0 ? 'ERROR' : 'PENDING';
  if (roll < 6) return 'SENT';
  if (roll < 25) return 'DELIVERED';
  return kind === 'media' && roll < 45 ? 'PLAYED' : 'READ';
}

/** Whether a message is media, without making more of it than that needs. */
export function isMedia(fill: HistoryFill, index: number): boolean {
  if (fill.mediaPerMille === 0) return false;
  const random = createRandom(fill.seed, index);
  drawJitter(random);
  return random.integer(0, 999) < fill.mediaPerMille;
}

/** The message's id: the same in a placeholder, a repetition, and the webhook that brings the file. */
export const wamidOf = (message: HistoryMessage, userId: WaId, origin: 'android' | 'iphone' | 'web'): Wamid =>
  mintWamid(message.random, userId, message.fromMe ? 'business' : origin);

/** Words of a text message. */
export const textOf = (message: HistoryMessage, phrases: Phrases): string => {
  const list = message.fromMe ? phrases.business : phrases.customer;
  return list[message.choice % list.length] ?? '';
};

const fileKinds: readonly [MediaKind, ...MediaKind[]] = [
  'image',
  'image',
  'image',
  'audio',
  'document',
  'video',
];

/** What a media message brings, once it is told in full. */
export function mediaContentOf(
  message: HistoryMessage,
  phrases: Phrases,
): Extract<Content, { kind: MediaKind }> {
  const kind = fileKinds[message.choice % fileKinds.length] ?? 'image';
  if (kind === 'audio') return { kind, voice: true };
  if (kind === 'document') return { kind, filename: `${message.choice}.pdf` };
  return message.choice % 3 === 0 ? { kind, caption: textOf(message, phrases) } : { kind };
}
