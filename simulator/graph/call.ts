/** A request on its way through the Graph, and the world it is for. */
import type { Engine } from '../core/engine.ts';
import type { GraphRequest } from '../core/feature.ts';
import type { GraphExchange } from '../core/journal.ts';
import type { JsonObject } from '../core/json.ts';
import type { AnswerHead } from './answer.ts';
import type { GraphFault } from './faults.ts';
import type { RawRequest, Target } from './read-request.ts';

/** One of the simulator's worlds, as the Graph needs it. */
export interface GraphWorld {
  readonly engine: Engine;
  /**
   * Brings the world up to now, so that a decision sees everything that was due, and every answer to a webhook that was
   * given before this call. A promise where such an answer may still be on its way in.
   */
  catchUp(): void | Promise<void>;
  /** Lets what the call caused go out. */
  pump(): void;
  /** How many exchanges there have been; makes trace ids differ. */
  readonly exchanges: number;
  /** Tells the journal. */
  record(exchange: GraphRecord): void;
}

/** One call and its answer, without what the journal knows by itself. */
export type GraphRecord = Omit<GraphExchange, 'kind' | 'number' | 'atMs' | 'wallMs'>;

/** What is known of a request so far. */
export interface Call {
  readonly raw: RawRequest;
  readonly target: Target;
  readonly world: GraphWorld;
  /** Major version that answers. */
  readonly served: number;
  /** Major version asked for, where the app has all calls upgraded. */
  readonly upgradedFrom: number | undefined;
  readonly params: JsonObject;
  readonly files: GraphRequest['files'] | undefined;
  readonly token: string;
  /** Set once it is known whose call it is; in place, since every call passes here and a copy is dear. */
  usage: AnswerHead['usage'];
  /** Of the monotonic clock, milliseconds. */
  readonly arrivedMs: number;
  /** What will befall the answer. */
  readonly fault: GraphFault | undefined;
}

/** Address of what is called, without query, as the client sees the simulator. */
export const addressOf = ({ raw, target }: Call): string =>
  `http://${raw.host ?? 'graph.facebook.com'}${target.path}`;
