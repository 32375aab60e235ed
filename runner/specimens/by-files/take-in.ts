/** Everything that a webhook says is written down here, before it is acknowledged. Sends nothing; says what is to be answered. */
import { change, heard, overheard, put, type Change, type Message } from './chat.ts';
import type { Session } from './desk.ts';
import { sheetOf } from './people.ts';

interface Item {
  readonly id?: string;
  readonly from?: string;
  readonly from_user_id?: string;
  readonly to?: string;
  readonly to_user_id?: string;
  readonly timestamp?: string | number;
  readonly type?: string;
  readonly group_id?: string;
  readonly context?: { readonly id?: string };
  readonly history_context?: { readonly from_me?: boolean; readonly status?: string };
  readonly edit?: { readonly original_message_id?: string; readonly message?: Item };
  readonly revoke?: { readonly original_message_id?: string };
  readonly text?: { readonly body?: string };
  readonly [part: string]: unknown;
}

interface Value {
  readonly metadata?: { readonly phone_number_id?: string; readonly display_phone_number?: string };
  readonly messages?: readonly Item[];
  readonly message_echoes?: readonly Item[];
  readonly contacts?: readonly { readonly wa_id?: string; readonly user_id?: string }[];
  readonly statuses?: readonly {
    readonly id?: string;
    readonly status?: string;
    readonly errors?: readonly { readonly code?: number }[];
  }[];
  readonly history?: readonly Part[];
  readonly state_sync?: readonly {
    readonly action?: string;
    readonly contact?: {
      readonly full_name?: string;
      readonly phone_number?: string;
      readonly user_id?: string;
    };
    readonly metadata?: { readonly timestamp?: string | number };
  }[];
  readonly event?: string;
  readonly waba_info?: { readonly waba_id?: string };
}

interface Part {
  readonly metadata?: { readonly progress?: number };
  readonly errors?: readonly { readonly code?: number }[];
  readonly threads?: readonly {
    readonly id?: string;
    readonly context?: { readonly wa_id?: string; readonly user_id?: string };
    readonly messages?: readonly Item[];
  }[];
}

export interface Webhook {
  readonly entry?: readonly {
    readonly id?: string;
    readonly time?: number;
    readonly changes?: readonly { readonly field?: string; readonly value?: Value }[];
  }[];
}

/** A customer's message that wants an answer. */
export interface Question {
  readonly line: string;
  readonly sheet: string;
  readonly askedAt: number;
}

export function takeIn(session: Session, webhook: Webhook): readonly Question[] {
  const questions: Question[] = [];
  for (const entry of webhook.entry ?? [])
    for (const { field, value } of entry.changes ?? []) {
      if (!value) continue;
      if (field === 'account_update') accountNews(session, entry.id, entry.time ?? 0, value);
      const line = value.metadata?.phone_number_id;
      if (line === undefined || entry.id === undefined) continue;
      session.drawer(line).account = entry.id;
      session.account(entry.id);
      questions.push(...lineNews(session, line, field, value));
    }
  return questions;
}

const ends = ['PARTNER_REMOVED', 'PARTNER_APP_UNINSTALLED', 'ACCOUNT_DELETED', 'ACCOUNT_OFFBOARDED'];

function accountNews(session: Session, entryId: string | undefined, time: number, value: Value): void {
  const id = value.waba_info?.waba_id ?? entryId;
  const { event = '' } = value;
  if (id === undefined) return;
  const account = session.account(id);
  const isEnd = ends.includes(event);
  if (time < account.at || (!isEnd && event !== 'ACCOUNT_RECONNECTED')) return;
  account.at = time;
  account.away = isEnd;
}

function lineNews(
  session: Session,
  line: string,
  field: string | undefined,
  value: Value,
): readonly Question[] {
  switch (field) {
    case 'messages':
      for (const { id, status, errors } of value.statuses ?? [])
        if (id !== undefined && status !== undefined) {
          const errorCode = errors?.[0]?.code;
          alterSomewhere(session, line, id, {
            to: 'state',
            state: status,
            ...(errorCode !== undefined && { errorCode }),
          });
        }
      return (value.messages ?? []).flatMap((item) => fromCustomer(session, line, item, value));
    case 'smb_message_echoes':
      for (const item of value.message_echoes ?? []) fromPhone(session, line, item, value, true);
      return [];
    case 'history':
      for (const part of value.history ?? []) pastPart(session, line, part, value);
      for (const item of value.messages ?? []) keep(session, line, nameIn(item, 'from', value), item, 'them');
      for (const item of value.message_echoes ?? []) fromPhone(session, line, item, value, false);
      return [];
    case 'smb_app_state_sync':
      for (const one of value.state_sync ?? []) bookNews(session, line, one);
      return [];
    default:
      return [];
  }
}

const seconds = (stamp: string | number | undefined): number => {
  const given = Number(stamp ?? 0);
  return given > 1e11 ? Math.floor(given / 1_000) : given;
};

function nameIn(item: Item, side: 'from' | 'to', { contacts = [] }: Value) {
  const named = { number: item[side], userId: item[`${side}_user_id`] };
  const [only, second] = contacts;
  const isNamed = named.number !== undefined || named.userId !== undefined;
  return isNamed || !only || second ? named : { number: only.wa_id, userId: only.user_id };
}

function fromCustomer(session: Session, line: string, item: Item, value: Value): readonly Question[] {
  if (item.group_id !== undefined || !item.id) return [];
  const kept = keep(session, line, nameIn(item, 'from', value), item, 'them');
  if (!kept) return [];
  const at = seconds(item.timestamp);
  const chat = session.chat(line, kept.sheet);
  heard(chat, at);
  if (kept.message.hollow || chat.answered.includes(item.id)) return [];
  chat.answered.push(item.id);
  return [{ line, sheet: kept.sheet, askedAt: at }];
}

function fromPhone(session: Session, line: string, item: Item, value: Value, isLive: boolean): void {
  const kept = keep(session, line, nameIn(item, 'to', value), item, 'us');
  if (kept && isLive)
    overheard(
      session.chat(line, kept.sheet),
      seconds(item.timestamp),
      kept.message.body,
      session.drawer(line).machineWords,
    );
}

const declined = 2593109;

function pastPart(session: Session, line: string, part: Part, value: Value): void {
  const { history } = session.drawer(line);
  for (const thread of part.threads ?? [])
    for (const item of thread.messages ?? []) {
      const isOurs =
        item.history_context?.from_me ??
        (item.to !== undefined || item.from === value.metadata?.display_phone_number?.replace(/\D/g, ''));
      const name = { number: thread.context?.wa_id ?? thread.id, userId: thread.context?.user_id };
      keep(session, line, name, item, isOurs ? 'us' : 'them');
    }
  history.started = true;
  history.declined ||= part.errors?.some(({ code }) => code === declined) === true;
  history.progress = Math.max(history.progress, part.metadata?.progress ?? 0);
}

/** @returns nothing for what only changes another message, or stands for nobody */
function keep(
  session: Session,
  line: string,
  name: { readonly number?: string | undefined; readonly userId?: string | undefined },
  item: Item,
  side: 'them' | 'us',
): { readonly sheet: string; readonly message: Message } | undefined {
  const sheet = sheetOf(session, line, name);
  if (sheet === undefined || !item.id || item.type === 'reaction') return undefined;
  const original = (item.edit ?? item.revoke)?.original_message_id;
  const at = seconds(item.timestamp);
  if (original !== undefined) {
    const body = item.edit && (wordsIn(item.edit.message ?? {}) ?? '');
    alterSomewhere(session, line, original, body === undefined ? { to: 'remove' } : { to: 'edit', body, at });
    return undefined;
  }
  const words = wordsIn(item);
  const state = side === 'us' ? item.history_context?.status?.toLowerCase() : undefined;
  const message: Message = {
    id: item.id,
    side,
    sentAt: at,
    body: words ?? `[${item.type ?? '?'}: look at the phone]`,
    hollow: words === undefined,
    ...(item.context?.id !== undefined && { quoting: item.context.id }),
    ...(state !== undefined && { state }),
  };
  settle(session, line, sheet, message);
  return { sheet, message };
}

/** Puts a message on its sheet, with what was heard of it before. */
export function settle(session: Session, line: string, sheet: string, message: Message): void {
  const drawer = session.drawer(line);
  const chat = session.chat(line, sheet);
  const { [message.id]: early = [], ...others } = drawer.loose;
  for (const one of early) change(chat, message.id, one);
  drawer.loose = others;
  put(chat, message);
  drawer.where[message.id] = sheet;
}

function alterSomewhere(session: Session, line: string, id: string, what: Change): void {
  const drawer = session.drawer(line);
  const sheet = drawer.where[id];
  if (sheet === undefined) (drawer.loose[id] ??= []).push(what);
  else change(session.chat(line, sheet), id, what);
}

function bookNews(session: Session, line: string, one: NonNullable<Value['state_sync']>[number]): void {
  const name = { number: one.contact?.phone_number, userId: one.contact?.user_id };
  const sheet = sheetOf(session, line, name);
  if (sheet === undefined) return;
  const { book } = session.drawer(line);
  // In its own unit here, since two changes may share a second.
  const at = Number(one.metadata?.timestamp ?? 0);
  const full = one.action === 'add' ? one.contact?.full_name : undefined;
  if (at >= (book[sheet]?.at ?? 0)) book[sheet] = { at, ...(full !== undefined && { name: full }) };
}

/** What can be read of a message; nothing where its content is not there. */
function wordsIn(item: Item): string | undefined {
  const { type = '' } = item;
  if (type === 'text') return item.text?.body;
  const part = item[type] as Readonly<Record<string, unknown>> | undefined;
  if (part === undefined || ['unsupported', 'media_placeholder', 'system'].includes(type)) return undefined;
  const spoken = [part['caption'], part['filename'], part['text'], part['name'], part['body']];
  return spoken.find((one) => typeof one === 'string') ?? `[${type}]`;
}
