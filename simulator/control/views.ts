/** A world as the control API shows it. Secrets and tokens stay inside. */
import type { WorldHandle } from '../index.ts';

export function showWorld(world: WorldHandle): object {
  const { apps, wabas, phoneNumbers, customers } = world.world;
  return {
    name: world.name,
    now: new Date(world.nowMs()).toISOString(),
    exchanges: world.journal.newest,
    events: world.log.length,
    apps: [...apps.values()].map(({ id, fields, callback }) => ({
      id,
      fields,
      callback: callback?.url ?? null,
    })),
    numbers: [...phoneNumbers.values()].map((number) => ({
      phoneNumberId: number.id,
      wabaId: number.wabaId,
      displayPhoneNumber: number.displayPhoneNumber,
      name: number.verifiedName,
      state: number.state,
      subscribedApps: [...(wabas.get(number.wabaId)?.subscriptions.keys() ?? [])],
    })),
    customers: [...customers.values()]
      .slice(0, 1_000)
      .map(({ waId, userId, name }) => ({ waId, userId, name })),
  };
}
