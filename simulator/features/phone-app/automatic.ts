/** Greeting and away messages: what the app writes by itself, and when. */
import { accept, type Decision, type WorldEvent } from '../../core/decision.ts';
import { scheduleAfter } from '../../core/events.ts';
import { evolves, reacts } from '../../core/feature.ts';
import type { PhoneNumberId, WaId } from '../../core/identifiers.ts';
import { dayMs, secondMs, type EpochMs } from '../../core/time.ts';
import { slice, type PhoneNumber, type ReadonlyWorld, type World } from '../../core/world.ts';
import type { MessageReceived } from '../messages/events.ts';
import type { AppMessageSent, SendFromApp } from '../smb-message-echoes/events.ts';
import type { AutomaticMessage, AutomaticMessageSet, SetAutomaticMessage } from './events.ts';

/** A greeting goes to who writes first, or first after this long. Recorded as the app's own rule (observed). */
export const greetingSilenceMs = 14 * dayMs;

/** From the customer's message to the automatic one: recorded 1 to 4 s, five times (observed). */
export const automaticAfterMs = 2 * secondMs;

/** Nobody gets the away message twice within this long; the app publishes no figure (assumed). */
export const awaySilenceMs = dayMs;

interface Automatic {
  readonly texts: Map<string, string>;
  /** When somebody last wrote in a chat, before the message that is being answered. */
  readonly touchedAtMs: Map<string, { lastMs: EpochMs; beforeMs: EpochMs | undefined }>;
  readonly awayAtMs: Map<string, EpochMs>;
}

const state = slice<Automatic>('phone-app-automatic', () => ({
  texts: new Map(),
  touchedAtMs: new Map(),
  awayAtMs: new Map(),
}));

const key = (id: PhoneNumberId, of: WaId | AutomaticMessage): string => `${id} ${of}`;

/** The text of an automatic message; missing where it is off. */
export const automaticText = (
  world: ReadonlyWorld,
  id: PhoneNumberId,
  message: AutomaticMessage,
): string | undefined => state.of(world).texts.get(key(id, message));

export function setAutomaticMessage(
  { message, text }: SetAutomaticMessage,
  { id }: PhoneNumber,
): Decision<undefined> {
  const set: AutomaticMessageSet = {
    type: 'automatic-message-set',
    phoneNumberId: id,
    message,
    ...(text !== undefined && { text }),
  };
  return accept([set], undefined);
}

function touch(world: World, id: PhoneNumberId, waId: WaId, atMs: EpochMs): void {
  const { texts, touchedAtMs } = state.in(world);
  // Where the app answers nobody, there is nothing to remember.
  if (texts.size === 0) return;
  touchedAtMs.set(key(id, waId), { lastMs: atMs, beforeMs: touchedAtMs.get(key(id, waId))?.lastMs });
}

export const automaticEvolves = evolves<AutomaticMessageSet | MessageReceived | AppMessageSent>({
  'automatic-message-set': (world, { phoneNumberId, message, text }) => {
    const { texts } = state.in(world);
    if (text === undefined) texts.delete(key(phoneNumberId, message));
    else texts.set(key(phoneNumberId, message), text);
  },
  'message-received': (world, { phoneNumberId, from }, atMs) => touch(world, phoneNumberId, from, atMs),
  'app-message-sent': (world, { phoneNumberId, to, automatic }, atMs) => {
    if (automatic === 'away') state.in(world).awayAtMs.set(key(phoneNumberId, to), atMs);
    else if (automatic === undefined) touch(world, phoneNumberId, to, atMs);
  },
});

export const automaticReacts = reacts<MessageReceived>({
  'message-received': (world, { phoneNumberId, from }, nowMs) =>
    dueMessages(world, phoneNumberId, from, nowMs).map((message): WorldEvent => {
      const send: SendFromApp = {
        type: 'send-from-app',
        phoneNumberId,
        to: from,
        content: { kind: 'text', text: automaticText(world, phoneNumberId, message) ?? '' },
        automatic: message,
        device: 'phone',
      };
      return scheduleAfter(nowMs, automaticAfterMs, send);
    }),
});

function dueMessages(
  world: ReadonlyWorld,
  id: PhoneNumberId,
  from: WaId,
  nowMs: EpochMs,
): readonly AutomaticMessage[] {
  if (state.of(world).texts.size === 0) return [];
  const beforeMs = state.of(world).touchedAtMs.get(key(id, from))?.beforeMs;
  const awayAtMs = state.of(world).awayAtMs.get(key(id, from));
  const greets = beforeMs === undefined || nowMs - beforeMs >= greetingSilenceMs;
  const isAway = awayAtMs === undefined || nowMs - awayAtMs >= awaySilenceMs;
  return (['greeting', 'away'] as const).filter(
    (message) =>
      automaticText(world, id, message) !== undefined && (message === 'greeting' ? greets : isAway),
  );
}
