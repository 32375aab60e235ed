/** Names of a scenario as ids of the world. */
import type { WaId, Wamid } from '../core/identifiers.ts';
import type { Cast } from './cast.ts';

/** A name that stands for nobody and nothing in this world. */
export class UnknownName extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnknownName';
  }
}

/** @throws {@link UnknownName} for a customer that is not in the cast */
export function waIdOf(cast: Cast, name: string): WaId {
  const customer = Object.hasOwn(cast.customers, name) ? cast.customers[name] : undefined;
  if (customer) return customer.waId;
  throw new UnknownName(`There is no customer “${name}” in this world.`);
}

/**
 * A message by the name it was sent under, or by its own id.
 *
 * @throws {@link UnknownName} for a message that was not sent yet
 */
export function wamidOf(cast: Cast, name: string): Wamid {
  const wamid = cast.messages.get(name);
  if (wamid !== undefined) return wamid;
  if (name.startsWith('wamid.')) return name as Wamid;
  throw new UnknownName(`No message was sent as “${name}” yet.`);
}
