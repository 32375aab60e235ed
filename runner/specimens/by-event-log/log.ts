/** The log: an append-only list, with the facts of each line and of each account at hand. */
import { appendFileSync } from 'node:fs';
import type { Fact } from './facts.ts';

export interface Log {
  append(fact: Fact): void;
  /** In the order in which they were learned. */
  ofLine(line: string): readonly Fact[];
  ofAccount(account: string): readonly Fact[];
}

/** @param file - gets each fact as a line of JSON; missing: the log lives as long as the process */
export function createLog(file: string | undefined): Log {
  const lines = new Map<string, Fact[]>();
  const accounts = new Map<string, Fact[]>();
  const add = (to: Map<string, Fact[]>, key: string, fact: Fact): void => {
    const known = to.get(key);
    if (known) known.push(fact);
    else to.set(key, [fact]);
  };
  return {
    append(fact) {
      // A token is no fact for a file.
      if (file !== undefined && !('token' in fact)) appendFileSync(file, `${JSON.stringify(fact)}\n`);
      if ('line' in fact) add(lines, fact.line, fact);
      if ('account' in fact) add(accounts, fact.account, fact);
    },
    ofLine: (line) => lines.get(line) ?? [],
    ofAccount: (account) => accounts.get(account) ?? [],
  };
}
