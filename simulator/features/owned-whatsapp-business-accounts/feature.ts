/** The accounts of a portfolio: its own, and those that clients shared with it. */
import { accept, type Command, type Decision } from '../../core/decision.ts';
import { commands, edge, type Feature } from '../../core/feature.ts';
import type { BusinessId } from '../../core/identifiers.ts';
import type { ReadonlyWorld } from '../../core/world.ts';
import { showWaba, shownWaba, wabaFields, type ShownWaba } from '../waba/events.ts';

/** `GET /{business-id}/owned_whatsapp_business_accounts` and `/client_whatsapp_business_accounts`. */
interface ListAccounts extends Command {
  readonly type: 'list-accounts-of-business';
  readonly businessId: BusinessId;
  readonly which: 'owned' | 'client';
}

/** A client's account is one that sends its webhooks to an app of this portfolio. */
function listAccounts(
  world: ReadonlyWorld,
  { businessId, which }: ListAccounts,
): Decision<readonly ShownWaba[]> {
  const apps = [...world.apps.values()].filter((app) => app.businessId === businessId);
  const found = [...world.wabas.values()].filter((waba) =>
    which === 'owned'
      ? waba.ownerBusinessId === businessId
      : waba.ownerBusinessId !== businessId && apps.some(({ id }) => waba.subscriptions.has(id)),
  );
  return accept(
    [],
    found.map((waba) => shownWaba(world, waba)),
  );
}

const list = (which: ListAccounts['which']) =>
  edge<ListAccounts, readonly ShownWaba[]>({
    method: 'GET',
    node: 'business',
    edge: `${which}_whatsapp_business_accounts`,
    contract: 'owned-whatsapp-business-accounts',
    permission: 'business_management',
    parse: ({ nodeId }) => ({ type: 'list-accounts-of-business', businessId: nodeId as BusinessId, which }),
    render: (shown) => ({ data: shown.map(showWaba) }),
    selects: wabaFields,
    pages: true,
  });

export const ownedWhatsappBusinessAccountsFeature: Feature = {
  name: 'owned-whatsapp-business-accounts',
  edges: [list('owned'), list('client')],
  commands: commands<ListAccounts>({ 'list-accounts-of-business': listAccounts }),
};
