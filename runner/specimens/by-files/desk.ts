/** The desk: a folder in which each line has a drawer, and each chat a sheet of paper. What is not written down is not known. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newChat, type Change, type Chat } from './chat.ts';

export interface Drawer {
  account?: string;
  /** Which sheet a number or a user id is on. */
  people: Record<string, string>;
  /** Changes whose message is on no sheet yet. */
  loose: Record<string, Change[]>;
  /** Which sheet a message is on. */
  where: Record<string, string>;
  machineWords: string[];
  book: Record<string, { readonly name?: string; readonly at: number }>;
  history: { asked: boolean; declined: boolean; started: boolean; progress: number };
}

export interface AccountSheet {
  away: boolean;
  at: number;
  token?: string;
}

const newDrawer = (): Drawer => ({
  people: {},
  loose: {},
  where: {},
  machineWords: [],
  book: {},
  history: { asked: false, declined: false, started: false, progress: 0 },
});

/** What is out of the drawers while one piece of work is done; `close` puts it back. */
export interface Session {
  drawer(line: string): Drawer;
  chat(line: string, sheet: string): Chat;
  account(id: string): AccountSheet;
  knows(account: string): boolean;
  close(): void;
}

/** @param folder - exists already; outlives the process unless somebody removes it */
export function openDesk(folder: string): () => Session {
  const fileOf = (key: string): string => path.join(folder, `${key.replaceAll('/', '_')}.json`);
  return () => {
    const out = new Map<string, unknown>();
    const take = <T>(key: string, blank: () => T): T => {
      const held = out.get(key);
      if (held !== undefined) return held as T;
      const file = fileOf(key);
      const read = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : blank();
      out.set(key, read);
      return read;
    };
    return {
      drawer: (line) => take(`line-${line}`, newDrawer),
      chat: (line, sheet) => take(`chat-${line}-${sheet}`, newChat),
      account: (id) => take<AccountSheet>(`account-${id}`, () => ({ away: false, at: 0 })),
      knows: (account) => out.has(`account-${account}`) || existsSync(fileOf(`account-${account}`)),
      close() {
        mkdirSync(folder, { recursive: true });
        for (const [key, value] of out) writeFileSync(fileOf(key), JSON.stringify(value));
      },
    };
  };
}
