/** Faults of the Graph that are no refusals: slow answers, broken servers, lost connections. */
import { accept, type Command, type Decision, type WorldEvent } from '../core/decision.ts';
import { commands, evolves, type Feature } from '../core/feature.ts';
import { slice, type ReadonlyWorld } from '../core/world.ts';
import type { GraphAnswer } from './answer.ts';

/**
 * - `latency`: the answer comes late
 * - `error`: an HTTP status of 500 and more, in the shape that Meta's servers and proxies have
 * - `reset`: the connection is closed without an answer
 * - `hang`: no answer at all, until the client gives up
 */
export type GraphFaultKind = 'latency' | 'error' | 'reset' | 'hang';

export interface GraphFault {
  readonly kind: GraphFaultKind;
  /** Contract of the edge; missing: every edge. */
  readonly edge?: string;
  /** Of `error`: 500 to 504. */
  readonly status: number;
  /** Of `latency`: real milliseconds, whatever the world's clock does. */
  readonly byMs: number;
  /** The request is carried out before the client learns nothing of it. Always so with `latency`. */
  readonly applied: boolean;
}

export interface SetGraphFault extends Command, GraphFault {
  readonly type: 'set-graph-fault';
  readonly times: number;
}

interface GraphFaultSet extends WorldEvent {
  readonly type: 'graph-fault-set';
  readonly fault: GraphFault;
  readonly times: number;
}

export interface TakeGraphFault extends Command {
  readonly type: 'take-graph-fault';
}

/** The Graph is well again: no fault, no ordered refusal, no ordered failure. */
export interface ClearGraphFaults extends Command {
  readonly type: 'clear-graph-faults';
}

export interface GraphFaultsCleared extends WorldEvent {
  readonly type: 'graph-faults-cleared';
}

interface GraphFaultTaken extends WorldEvent {
  readonly type: 'graph-fault-taken';
}

const current = slice<{ fault: GraphFault | undefined; times: number }>('graph-faults', () => ({
  fault: undefined,
  times: 0,
}));

function setFault(
  _world: ReadonlyWorld,
  { type: _type, times, ...asked }: SetGraphFault,
): Decision<undefined> {
  // An answer that comes late is an answer to something.
  const fault: GraphFault = { ...asked, applied: asked.applied || asked.kind === 'latency' };
  const set: GraphFaultSet = { type: 'graph-fault-set', fault, times };
  return accept([set], undefined);
}

/** The fault that the next call of an edge meets, if any. */
export function graphFault(world: ReadonlyWorld, edge: string): GraphFault | undefined {
  const { fault } = current.of(world);
  return fault && (fault.edge ?? edge) === edge ? fault : undefined;
}

/** The fault that is set, and how many calls it still meets. */
export function graphFaultLeft(world: ReadonlyWorld): (GraphFault & { readonly times: number }) | undefined {
  const { fault, times } = current.of(world);
  return fault && { ...fault, times };
}

/** Mounted beside the features. */
export const graphFaults: Feature = {
  name: 'graph-faults',
  commands: commands<SetGraphFault | TakeGraphFault | ClearGraphFaults>({
    'set-graph-fault': setFault,
    'clear-graph-faults': () => {
      const cleared: GraphFaultsCleared = { type: 'graph-faults-cleared' };
      return accept([cleared], undefined);
    },
    'take-graph-fault': () => {
      const taken: GraphFaultTaken = { type: 'graph-fault-taken' };
      return accept([taken], undefined);
    },
  }),
  evolve: evolves<GraphFaultSet | GraphFaultTaken | GraphFaultsCleared>({
    'graph-faults-cleared': (world) => {
      current.in(world).fault = undefined;
    },
    'graph-fault-set': (world, { fault, times }) => {
      Object.assign(current.in(world), { fault, times });
    },
    'graph-fault-taken': (world) => {
      const state = current.in(world);
      state.times -= 1;
      if (state.times <= 0) state.fault = undefined;
    },
  }),
};

const page = (status: number): string =>
  `<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1><p>${status}</p></body></html>`;

/**
 * What a client gets of a call that met a fault, in place of `answer`.
 *
 * 502 and 504 come from proxies and are pages; 500 and 503 are Graph errors that say they are transient (the shapes are
 * assumed; code 1 and 2 are documented).
 *
 * @param answer - of the request; {@link noAnswer} where it was not carried out
 */
export function spoil(fault: GraphFault, answer: GraphAnswer, traceId: string): GraphAnswer {
  if (fault.kind === 'latency') return { ...answer, spoiling: { kind: 'latency', byMs: fault.byMs } };
  if (fault.kind !== 'error')
    return { ...noAnswer, spoiling: { kind: fault.kind === 'reset' ? 'reset' : 'hang' } };
  const { status } = fault;
  if (status === 502 || status === 504)
    return {
      status,
      headers: ['content-type', 'text/html; charset="utf-8"'],
      body: page(status),
      json: null,
    };
  const error = {
    message:
      status === 500
        ? 'An unknown error occurred'
        : 'An unexpected error has occurred. Please retry your request later.',
    type: 'OAuthException',
    code: status === 500 ? 1 : 2,
    is_transient: true,
    fbtrace_id: traceId,
  };
  return {
    status,
    headers: ['content-type', 'application/json; charset=UTF-8'],
    body: JSON.stringify({ error }),
    json: { error },
  };
}

/** Of a request that was not carried out, or that nobody gets an answer to. */
export const noAnswer: GraphAnswer = { status: 0, headers: [], body: '', json: null };
