/** Who is who on a line: sheets by number and by user id, put together when two turn out to be one. */
import type { Chat } from './chat.ts';
import type { Session } from './desk.ts';

export interface Name {
  readonly number?: string | undefined;
  readonly userId?: string | undefined;
}

/** A Brazilian mobile with and without its ninth digit is the same one. */
export const alike = (alias: string): string => alias.replace(/^(55\d\d)9(?=\d{8}$)/, '$1');

/** The sheet of somebody who has been named, a new one on first sight; nothing for nobody. */
export function sheetOf(session: Session, line: string, { number, userId }: Name): string | undefined {
  const aliases = [number === undefined ? undefined : alike(number), userId].filter(
    (one) => one !== undefined,
  );
  const [first] = aliases;
  if (first === undefined) return undefined;
  const drawer = session.drawer(line);
  const found = [...new Set(aliases.map((alias) => drawer.people[alias]).filter((one) => one !== undefined))];
  const sheet = found[0] ?? `p${Object.keys(drawer.people).length + 1}`;
  for (const other of found.slice(1)) unite(session, line, sheet, other);
  for (const alias of aliases) drawer.people[alias] = sheet;
  const chat = session.chat(line, sheet);
  if (number !== undefined && number.length >= (chat.number ?? '').length) chat.number = number;
  if (userId !== undefined) chat.userId = userId;
  return sheet;
}

export const findSheet = (session: Session, line: string, alias: string): string | undefined =>
  session.drawer(line).people[alike(alias)];

function unite(session: Session, line: string, sheet: string, other: string): void {
  const drawer = session.drawer(line);
  const [into, from]: readonly [Chat, Chat] = [session.chat(line, sheet), session.chat(line, other)];
  Object.assign(into.messages, from.messages);
  into.manUntil = Math.max(into.manUntil, from.manUntil);
  into.heardAt = Math.max(into.heardAt ?? 0, from.heardAt ?? 0);
  into.answered.push(...from.answered);
  for (const [alias, where] of Object.entries(drawer.people))
    if (where === other) drawer.people[alias] = sheet;
  for (const id of Object.keys(from.messages)) drawer.where[id] = sheet;
}
