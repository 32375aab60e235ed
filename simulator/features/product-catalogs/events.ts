/** Catalogs linked to an account. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { WabaId } from '../../core/identifiers.ts';

/** `GET /{waba-id}/product_catalogs`. */
export interface ListCatalogs extends Command {
  readonly type: 'list-catalogs';
  readonly wabaId: WabaId;
}

/** `POST /{waba-id}/product_catalogs`. */
export interface LinkCatalog extends Command {
  readonly type: 'link-catalog';
  readonly wabaId: WabaId;
  readonly catalogId: string;
}

export type CatalogCommand = ListCatalogs | LinkCatalog;

export interface CatalogLinked extends WorldEvent {
  readonly type: 'catalog-linked';
  readonly wabaId: WabaId;
  readonly catalogId: string;
}
