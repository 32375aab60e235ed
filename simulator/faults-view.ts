/** What stands in the way of webhooks and Graph calls right now. */
import type { ReadonlyWorld } from './core/world.ts';
import { graphFaultLeft, type GraphFault } from './graph/faults.ts';
import { ordersLeft } from './graph/forced.ts';
import { deliveries } from './webhooks/deliveries.ts';
import type { Fault } from './webhooks/faults.ts';

export interface FaultsView {
  readonly webhooks: readonly Fault[];
  readonly graph: (GraphFault & { readonly times: number }) | null;
  /** Errors that the next calls or messages of an edge meet. */
  readonly refusals: readonly { readonly edge: string; readonly code: number; readonly times: number }[];
}

export const faultsOf = (world: ReadonlyWorld): FaultsView => ({
  webhooks: deliveries.of(world).faults,
  graph: graphFaultLeft(world) ?? null,
  refusals: ordersLeft(world),
});
