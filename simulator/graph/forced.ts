/** Refusals that a scenario or operator orders: the next calls of an edge are refused with a chosen code. */
import { generalErrors, graphErrors } from '../../contracts/catalogue.ts';
import {
  accept,
  mistake,
  type Command,
  type Decision,
  type Refusal,
  type WorldEvent,
} from '../core/decision.ts';
import { commands, evolves, type Feature } from '../core/feature.ts';
import { slice, type ReadonlyWorld } from '../core/world.ts';

export interface RefuseNext extends Command {
  readonly type: 'refuse-next';
  /** Contract of the edge, such as `messages`. */
  readonly edge: string;
  readonly code: number;
  readonly times: number;
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

function refuseNext(_world: ReadonlyWorld, command: RefuseNext): Decision<undefined> {
  const known = [...graphErrors(command.edge), ...generalErrors()];
  const refusal = known.find((error) => error.code === command.code);
  if (!refusal) {
    const codes = [...new Set(known.map((error) => error.code))].join(', ');
    return mistake(`No error ${command.code} is known on the edge “${command.edge}”.`, `Known: ${codes}.`);
  }
  const event: RefusalOrdered = {
    type: 'refusal-ordered',
    edge: command.edge,
    refusal,
    times: command.times,
  };
  return accept([event], undefined);
}

/** The refusal that is ordered for `edge`, if one is left. */
export const orderedRefusal = (world: ReadonlyWorld, edge: string): Refusal | undefined =>
  ordered.of(world).get(edge)?.refusal;

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
  evolve: evolves<RefusalOrdered | RefusalTaken>({
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
