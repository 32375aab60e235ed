/** Catalogs of an account; closed to accounts that hold a number of the WhatsApp Business app. */
import { accept, mistake, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import type { WabaId } from '../../core/identifiers.ts';
import { slice, type ReadonlyWorld } from '../../core/world.ts';
import { isInBusinessApp } from '../phone-number/events.ts';
import type { CatalogLinked, LinkCatalog, ListCatalogs } from './events.ts';

/** Catalogs by account; an account without any has no entry. */
export const catalogs = slice<Map<WabaId, Set<string>>>('product-catalogs', () => new Map());

/** WhatsApp Manager can link a catalog to such an account; the API neither links nor lists it. */
export const smbBusiness: Refusal = {
  code: 10,
  httpStatus: 400,
  message: 'This operation can not be performed on SMB business type',
  evidence: 'observed',
  source: 'recorded by more than six integrators',
};

export function listCatalogs(world: ReadonlyWorld, command: ListCatalogs): Decision<readonly string[]> {
  if (!world.wabas.has(command.wabaId)) return mistake(`There is no account ${command.wabaId}.`);
  if (isSmb(world, command.wabaId)) return refuse(smbBusiness);
  return accept([], [...(catalogs.of(world).get(command.wabaId) ?? [])]);
}

export function linkCatalog(world: ReadonlyWorld, command: LinkCatalog): Decision<undefined> {
  if (!world.wabas.has(command.wabaId)) return mistake(`There is no account ${command.wabaId}.`);
  if (isSmb(world, command.wabaId)) return refuse(smbBusiness);
  const linked: CatalogLinked = {
    type: 'catalog-linked',
    wabaId: command.wabaId,
    catalogId: command.catalogId,
  };
  return accept([linked], undefined);
}

/** A disconnected number is still one of the app (assumed). */
const isSmb = (world: ReadonlyWorld, wabaId: WabaId): boolean =>
  [...world.phoneNumbers.values()].some(
    (number) => number.wabaId === wabaId && (isInBusinessApp(number) || number.state === 'disconnected'),
  );
