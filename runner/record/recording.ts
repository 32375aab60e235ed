/** What a recording holds: exchanges in the order in which they began, redacted. Pure. */
import type { Fields } from './json.ts';

/** A webhook that came, and what the system under test made of it. */
export interface RecordedWebhook {
  readonly kind: 'webhook';
  /** When it came, milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** The redacted body; missing where it was no JSON. */
  readonly body?: Fields;
  /** The system's answer; missing while there is none, and where it could not be reached. */
  status?: number;
}

/** A Graph call of the system under test. */
export interface RecordedCall {
  readonly kind: 'call';
  readonly atMs: number;
  readonly method: string;
  /** Redacted, without its query. */
  readonly path: string;
  /** Query and body, redacted; missing where they were no text. */
  readonly params?: Fields;
  /** Of the Graph API; missing while there is none. */
  status?: number;
  answer?: Fields;
}

export type Recorded = RecordedWebhook | RecordedCall;

export const isAccepted = (status: number | undefined): boolean =>
  status !== undefined && status >= 200 && status < 300;
