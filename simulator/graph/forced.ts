/** Errors that a scenario or operator orders: the next calls of an edge, or the next messages, meet a chosen one. */
import type { GraphFaultsCleared } from './faults.ts';
import {
  errorCatalogue,
  generalErrors,
  graphContracts,
  graphErrors,
  type CatalogueError,
  type GraphError,
} from '../../contracts/catalogue.ts';
import {
  accept,
  mistake,
  type Command,
  type Decision,
  type Refusal,
  type WorldEvent,
} from '../core/decision.ts';
import { commands, evolves, type Feature } from '../core/feature.ts';
import { orderedFailures, type FailureOrdered, type FailureTaken } from '../core/forced-failure.ts';
import { slice, type ReadonlyWorld } from '../core/world.ts';

export interface RefuseNext extends Command {
  readonly type: 'refuse-next';
  /** Contract of the edge, such as `messages`. */
  readonly edge: string;
  readonly code: number;
  readonly subcode?: number;
  readonly times: number;
  /** How an error comes that comes in both ways. Default: as an answer. */
  readonly as?: 'answer' | 'status';
}

interface RefusalOrdered extends WorldEvent {
  readonly type: 'refusal-ordered';
  readonly edge: string;
  readonly refusal: Refusal;
  readonly times: number;
}

interface RefusalTaken extends WorldEvent {
  readonly type: 'refusal-taken';
  readonly edge: string;
}

/** Takes the next ordered refusal of an edge off the list. */
export interface TakeRefusal extends Command {
  readonly type: 'take-refusal';
  readonly edge: string;
}

const ordered = slice('forced-refusals', () => new Map<string, { refusal: Refusal; times: number }>());

/** Edges whose messages can fail after they were accepted. */
const sendingEdges = ['messages', 'marketing-messages'];

/**
 * Orders any error of the catalogue. Where it comes as an answer, the next calls of the edge are refused with it, in the
 * edge's own words if it has some; where it comes as a status, the next messages are accepted and fail.
 */
function refuseNext(world: ReadonlyWorld, command: RefuseNext): Decision<undefined> {
  const { edge, code, subcode, times } = command;
  const fits = (error: { readonly code: number; readonly subcode?: number }): boolean =>
    error.code === code && (subcode === undefined || error.subcode === subcode);
  const inCatalogue = errorCatalogue().find(fits);
  const own = asHere(graphErrorsOf(edge).filter(fits), world) ?? generalErrors().find(fits);
  if (!inCatalogue && !own) return unknownError(code, subcode);
  const isStatus = inCatalogue?.side === 'async' || (inCatalogue?.side === 'both' && command.as === 'status');
  if (inCatalogue && isStatus) {
    if (!sendingEdges.includes(edge))
      return mistake(
        `Error ${code} comes as a status of a message, and “${edge}” sends none.`,
        'Order it for the edge “messages”.',
      );
    const { title, details = title } = inCatalogue;
    const failed: FailureOrdered = { type: 'failure-ordered', failure: { code, title, details }, times };
    return accept([failed], undefined);
  }
  const refusal: Refusal | undefined = own ?? (inCatalogue && refusalIn(inCatalogue));
  if (!refusal) return unknownError(code, subcode);
  const event: RefusalOrdered = { type: 'refusal-ordered', edge, refusal, times };
  return accept([event], undefined);
}

/** Of the forms of one error: the one of this world's behaviour, else the usual one, else any. */
function asHere(forms: readonly GraphError[], { behaviour }: ReadonlyWorld): GraphError | undefined {
  const settings = new Map<string, unknown>(Object.entries(behaviour));
  const isHere = (form: GraphError): boolean =>
    form.behaviour !== undefined &&
    Object.entries(form.behaviour).every(([name, setting]) => settings.get(name) === setting);
  return forms.find(isHere) ?? forms.find((form) => form.behaviour === undefined) ?? forms[0];
}

/** Edges that are answered from the specification have no list of their own. */
const graphErrorsOf = (edge: string) => (graphContracts().includes(edge) ? graphErrors(edge) : []);

const refusalIn = (error: CatalogueError): Refusal => ({
  code: error.code,
  httpStatus: error.httpStatus,
  type: error.type,
  message: error.title,
  evidence: error.evidence,
  source: error.source,
  ...(error.subcode !== undefined && { subcode: error.subcode }),
  ...(error.bare && { bare: true }),
  ...(error.details !== undefined && { details: error.details }),
  ...(error.userTitle !== undefined && { userTitle: error.userTitle }),
  ...(error.userMessage !== undefined && { userMessage: error.userMessage }),
  ...(error.transient && { isTransient: true }),
});

function unknownError(code: number, subcode: number | undefined): Decision<never> {
  const known = [...new Set(errorCatalogue().map((error) => error.code))];
  const nearest = known.sort((a, b) => Math.abs(a - code) - Math.abs(b - code)).slice(0, 5);
  return mistake(
    `No error ${code}${subcode === undefined ? '' : ` with the subcode ${subcode}`} is known.`,
    `The nearest codes are ${nearest.join(', ')}; “coex list errors” has all of them.`,
  );
}

/** The refusal that is ordered for `edge`, if one is left. */
export const orderedRefusal = (world: ReadonlyWorld, edge: string): Refusal | undefined =>
  ordered.of(world).get(edge)?.refusal;

/** What is ordered and left: refusals by edge, and a failure of messages. */
export function ordersLeft(
  world: ReadonlyWorld,
): readonly { readonly edge: string; readonly code: number; readonly times: number }[] {
  const failure = orderedFailures.of(world).current;
  return [
    ...[...ordered.of(world)].map(([edge, { refusal, times }]) => ({ edge, code: refusal.code, times })),
    ...(failure ? [{ edge: 'messages', code: failure.failure.code, times: failure.times }] : []),
  ];
}

/** Mounted beside the features. */
export const forcedRefusals: Feature = {
  name: 'forced-refusals',
  commands: commands<RefuseNext | TakeRefusal>({
    'refuse-next': refuseNext,
    'take-refusal': (_world, command) => {
      const event: RefusalTaken = { type: 'refusal-taken', edge: command.edge };
      return accept([event], undefined);
    },
  }),
  evolve: evolves<RefusalOrdered | RefusalTaken | FailureOrdered | FailureTaken | GraphFaultsCleared>({
    'graph-faults-cleared': (world) => {
      ordered.in(world).clear();
      orderedFailures.in(world).current = undefined;
    },
    'failure-ordered': (world, { failure, times }) => {
      orderedFailures.in(world).current = { failure, times };
    },
    'failure-taken': (world) => {
      const orders = orderedFailures.in(world);
      if (!orders.current) return;
      orders.current.times -= 1;
      if (orders.current.times <= 0) orders.current = undefined;
    },
    'refusal-ordered': (world, event) => {
      ordered.in(world).set(event.edge, { refusal: event.refusal, times: event.times });
    },
    'refusal-taken': (world, event) => {
      const map = ordered.in(world);
      const left = map.get(event.edge);
      if (!left) return;
      left.times -= 1;
      if (left.times <= 0) map.delete(event.edge);
    },
  }),
};
