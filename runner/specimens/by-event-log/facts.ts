/** Facts: everything this inbox has ever learned, each appended once and never changed. All that is shown is folded from them. */

/** Who is on the other side, as far as it is known. */
export interface Party {
  readonly number?: string;
  readonly userId?: string;
}

export type Fact =
  Said | Amended | StatusHeard | Booked | AccountHeard | HistoryHeard | SyncAsked | Connected | Answered;

/** Something was said, by either side, live or long ago. */
export interface Said {
  readonly fact: 'said';
  readonly line: string;
  readonly by: 'customer' | 'phone';
  readonly party: Party;
  readonly id: string;
  readonly text: string;
  /** Only that there was something is known. */
  readonly blank: boolean;
  readonly atMs: number;
  readonly quotes?: string;
  readonly past: boolean;
  readonly status?: string;
}

/** Either side changed or took back what it had said. */
export interface Amended {
  readonly fact: 'amended';
  readonly line: string;
  readonly id: string;
  /** Missing: taken back. */
  readonly text?: string;
  readonly atMs: number;
}

export interface StatusHeard {
  readonly fact: 'status';
  readonly line: string;
  readonly id: string;
  readonly status: string;
  readonly error?: number;
}

/** The phone's address book: a name, or none any more. */
export interface Booked {
  readonly fact: 'booked';
  readonly line: string;
  readonly party: Party;
  readonly name?: string;
  readonly atMs: number;
}

/** What `account_update` says; of an account, or of a number by its digits. */
export interface AccountHeard {
  readonly fact: 'account';
  readonly account: string;
  readonly event: string;
  readonly atSeconds: number;
}

export interface HistoryHeard {
  readonly fact: 'history';
  readonly line: string;
  readonly progress: number;
  readonly declined: boolean;
}

export interface SyncAsked {
  readonly fact: 'asked';
  readonly line: string;
  readonly sync: 'history' | 'smb_app_state_sync';
}

/** A line (a phone number id) belongs to an account; with a token: its owner signed up just now. */
export interface Connected {
  readonly fact: 'connected';
  readonly line: string;
  readonly account: string;
  readonly token?: string;
}

/** An attempt to answer came to its end. */
export interface Answered {
  readonly fact: 'answered';
  readonly line: string;
  readonly party: Party;
  readonly id: string;
  readonly text: string;
  readonly atMs: number;
  readonly status: 'accepted' | 'failed' | 'unknown';
  readonly error?: number;
}
