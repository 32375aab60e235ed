/** `product_catalogs`: refused to accounts of the WhatsApp Business app, ordinary otherwise. */
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import type { WabaId } from '../../core/identifiers.ts';
import { catalogs, linkCatalog, listCatalogs } from './decide.ts';
import type { CatalogCommand, CatalogLinked, LinkCatalog, ListCatalogs } from './events.ts';

const place = {
  node: 'waba',
  edge: 'product_catalogs',
  contract: 'product-catalogs',
  permission: 'whatsapp_business_management',
} as const;

export const productCatalogsFeature: Feature = {
  name: 'product-catalogs',
  edges: [
    edge<ListCatalogs, readonly string[]>({
      ...place,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'list-catalogs', wabaId: nodeId as WabaId }),
      // A catalog's name is not known here; Graph leaves out what it does not know.
      render: (ids) => ({ data: ids.map((id) => ({ id })) }),
    }),
    edge<LinkCatalog, undefined>({
      ...place,
      method: 'POST',
      parse: ({ nodeId, params }) => {
        const catalogId = params['catalog_id'];
        return {
          type: 'link-catalog',
          wabaId: nodeId as WabaId,
          catalogId: typeof catalogId === 'string' || typeof catalogId === 'number' ? String(catalogId) : '',
        };
      },
      render: () => ({ success: true }),
    }),
  ],
  commands: commands<CatalogCommand>({ 'list-catalogs': listCatalogs, 'link-catalog': linkCatalog }),
  evolve: evolves<CatalogLinked>({
    'catalog-linked': (world, event) => {
      const linked = catalogs.in(world);
      const before = linked.get(event.wabaId) ?? [];
      linked.set(event.wabaId, new Set([...before, event.catalogId]));
    },
  }),
};
