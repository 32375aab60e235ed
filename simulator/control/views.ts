/** A world as the control API shows it. Secrets and tokens stay inside. */
import type { WorldHandle } from '../index.ts';
import { phoneView } from '../phone.ts';
import { faultsOf } from '../faults-view.ts';

/** Most customers and due items that are listed. */
const mostCustomers = 1_000;
const mostDue = 12;

export function showWorld(world: WorldHandle): object {
  const { apps, phoneNumbers, customers } = world.world;
  const names = new Map(Object.entries(world.cast?.customers ?? {}).map(([name, { waId }]) => [waId, name]));
  return {
    name: world.name,
    now: new Date(world.nowMs()).toISOString(),
    nowMs: world.nowMs(),
    speed: world.speed,
    due: world.due(mostDue),
    exchanges: world.journal.newest,
    events: world.log.length,
    apps: [...apps.values()].map(({ id, name, fields, callback }) => ({
      id,
      name,
      fields,
      callback: callback?.url ?? null,
    })),
    numbers: [...phoneNumbers.values()].map((number) => phoneView(world.world, number)),
    faults: faultsOf(world.world),
    customers: [...customers.values()]
      .slice(0, mostCustomers)
      .map(({ waId, userId, name, country, username, hidesNumber, device }) => ({
        /** How steps speak of the customer; missing where no step can. */
        ...(names.has(waId) && { as: names.get(waId) }),
        waId,
        userId,
        name,
        country,
        ...(username !== undefined && { username }),
        hidesNumber,
        device,
      })),
  };
}
