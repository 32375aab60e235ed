/** A chat as it lies in its file, and what can happen to it. Pure. */

export interface Message {
  readonly id: string;
  readonly side: 'them' | 'us' | 'machine';
  readonly sentAt: number;
  body: string;
  /** Its content never came, or has not come yet. */
  hollow: boolean;
  quoting?: string;
  state?: string;
  errorCode?: number;
  editedAt?: number;
  removed?: boolean;
}

export interface Chat {
  number?: string;
  userId?: string;
  messages: Record<string, Message>;
  /** Changes of messages that are not here yet, by id. */
  waiting: Record<string, Change[]>;
  /** Seconds since the epoch, by WhatsApp's stamps: their last live word, the last of all, when the chat began. */
  heardAt?: number;
  lastAt?: number;
  begunAt?: number;
  /** Until then a person has the word. */
  manUntil: number;
  answered: string[];
}

export type Change =
  | { readonly to: 'edit'; readonly body: string; readonly at: number }
  | { readonly to: 'remove' }
  | { readonly to: 'state'; readonly state: string; readonly errorCode?: number };

export const newChat = (): Chat => ({ messages: {}, waiting: {}, manUntil: 0, answered: [] });

/** @returns whether it was not there before */
export function put(chat: Chat, message: Message): boolean {
  const known = chat.messages[message.id];
  if (known) {
    if (known.hollow && !message.hollow) Object.assign(known, { body: message.body, hollow: false });
    return false;
  }
  chat.messages[message.id] = message;
  const { [message.id]: early = [], ...others } = chat.waiting;
  for (const change of early) alter(message, change);
  chat.waiting = others;
  return true;
}

export function change(chat: Chat, id: string, what: Change): void {
  const message = chat.messages[id];
  if (message) alter(message, what);
  else (chat.waiting[id] ??= []).push(what);
}

const steps = ['accepted', 'sent', 'delivered', 'read', 'played'];

function alter(message: Message, what: Change): void {
  switch (what.to) {
    case 'edit':
      if (message.removed === true || what.at < (message.editedAt ?? 0)) return;
      message.body = what.body;
      message.editedAt = what.at;
      return;
    case 'remove':
      message.removed = true;
      message.body = '';
      return;
    case 'state': {
      const [from, to] = [steps.indexOf(message.state ?? ''), steps.indexOf(what.state)];
      const isNews = what.state === 'failed' ? from < steps.indexOf('delivered') : to > from;
      if (message.state === 'failed' || !isNews) return;
      message.state = what.state;
      if (what.errorCode !== undefined) message.errorCode = what.errorCode;
    }
  }
}

const day = 24 * 3_600;

/** A customer wrote just now. */
export function heard(chat: Chat, at: number): void {
  if (at - (chat.lastAt ?? -Infinity) > 14 * day) chat.begunAt = at;
  chat.heardAt = Math.max(chat.heardAt ?? 0, at);
  chat.lastAt = Math.max(chat.lastAt ?? 0, at);
}

/**
 * Somebody or something wrote on the phone: the app itself, if it comes within seconds of the chat's beginning or with
 * words that it is known for; else a person, who then has the word for half a day.
 *
 * @param machineWords - texts of this line that were the app's own
 */
export function overheard(chat: Chat, at: number, body: string, machineWords: string[]): void {
  const since = at - (chat.begunAt ?? -Infinity);
  const soon = at - (chat.heardAt ?? -Infinity);
  const isMachine = (since >= 1 && since <= 5) || (machineWords.includes(body) && soon >= 0 && soon <= 5);
  if (!isMachine) chat.manUntil = Math.max(chat.manUntil, at + day / 2);
  else if (!machineWords.includes(body)) machineWords.push(body);
  chat.lastAt = Math.max(chat.lastAt ?? 0, at);
}

/** @param hostNow - our own clock, seconds; WhatsApp's may be ahead of it */
export const mayAnswer = (chat: Chat, askedAt: number, hostNow: number): boolean =>
  askedAt >= chat.manUntil && Math.max(hostNow, chat.heardAt ?? 0) - (chat.heardAt ?? -Infinity) < day;
