/** The flows that there are. */
import { evolves } from '../../core/feature.ts';
import type { WabaId } from '../../core/identifiers.ts';
import { slice, type ReadonlyWorld } from '../../core/world.ts';
import type { Flow, FlowDeleted, FlowWritten } from './events.ts';

/** Flows by id, the oldest first. */
export const flows = slice<Map<string, Flow>>('flows', () => new Map());

export const flowsOf = (world: ReadonlyWorld, wabaId: WabaId): readonly Flow[] =>
  [...flows.of(world).values()].filter((flow) => flow.wabaId === wabaId);

/** An account's flow, by id or by name. */
export const findFlow = (world: ReadonlyWorld, wabaId: WabaId, idOrName: string): Flow | undefined =>
  flowsOf(world, wabaId).find(({ id, name }) => id === idOrName || name === idOrName);

export const evolve = evolves<FlowWritten | FlowDeleted>({
  'flow-written': (world, { flow }) => {
    world.nodes.set(flow.id, 'flow');
    world.owners.set(flow.id, { wabaId: flow.wabaId });
    flows.in(world).set(flow.id, flow);
  },
  'flow-deleted': (world, { id }) => {
    world.nodes.delete(id);
    world.owners.delete(id);
    flows.in(world).delete(id);
  },
});
