/** What can be asked about the chat history of the app, and what happens to it. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId, WaId } from '../../core/identifiers.ts';
import type { EpochMs } from '../../core/time.ts';
import type { HistorySharing } from '../account-update/events.ts';

/** How much history the phone holds. All of it is made from this, message by message, whenever it is needed. */
export interface HistoryAmount {
  /** Whole number, at most {@link mostHistoryMessages}. */
  readonly messages: number;
  /** How many chats they are spread over; whole number, at least 1. */
  readonly threads: number;
  /** How far back they reach; whole days, at least 1. WhatsApp shares the last 180. */
  readonly days: number;
  /** Of a thousand messages, how many are media. */
  readonly mediaPerMille: number;
  /** Whom the first threads are with; the others are with invented people. */
  readonly customers: readonly WaId[];
}

/** The largest recorded account shared some thirty thousand; beyond this somebody mistyped. */
export const mostHistoryMessages = 100_000_000;

/** Sets up what the phone holds; before the sync is asked for. A second one replaces the first. */
export interface FillHistory extends Command, HistoryAmount {
  readonly type: 'fill-history';
  readonly phoneNumberId: PhoneNumberId;
  /** Counts where no signup says otherwise: on numbers that were set up as connected. */
  readonly sharing: HistorySharing;
}

/** A filled history: the amount, and what makes each message the same whenever it is asked for. */
export interface HistoryFill extends HistoryAmount {
  /** 32-bit whole number. */
  readonly seed: number;
  /** Every message is older than this. */
  readonly endsAtMs: EpochMs;
}

/** The phone came to hold a history. */
export interface HistoryFilled extends WorldEvent {
  readonly type: 'history-filled';
  readonly phoneNumberId: PhoneNumberId;
  readonly sharing: HistorySharing;
  readonly fill: HistoryFill;
}

/** One synchronisation: which history, in which onboarding. */
interface Synchronisation {
  readonly phoneNumberId: PhoneNumberId;
  /** Which of the number's fills, from 0. */
  readonly fill: number;
  /** The sync ends by itself when this is no longer the number's onboarding. */
  readonly onboardedAtMs: EpochMs;
}

/** Due: the next chunk leaves, and the one after it is scheduled. */
export interface SendHistoryChunk extends Command, Synchronisation {
  readonly type: 'send-history-chunk';
  /** How many chunks have left before it. */
  readonly step: number;
}

/** Due: the file behind a placeholder leaves, and the next one is scheduled. */
export interface SendHistoryMedia extends Command, Synchronisation {
  readonly type: 'send-history-media';
  /** Index of the message, 0 for the newest. */
  readonly message: number;
}

/** Due: WhatsApp tells that the owner shares nothing. */
export interface TellHistoryDeclined extends Command {
  readonly type: 'tell-history-declined';
  readonly phoneNumberId: PhoneNumberId;
}

/** Every command that this feature decides. */
export type HistoryCommand = FillHistory | SendHistoryChunk | SendHistoryMedia | TellHistoryDeclined;
