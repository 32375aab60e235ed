/** The phone's address book, as it was and as it changes. */
import type { Conduct } from './conduct.ts';
import { known, type Customer, type Customers } from './customers.ts';
import type { Syncs } from './sync.ts';
import { instantMs, type ContactChange, type Value } from './wire.ts';

export interface Contacts {
  /** `value` of the field `smb_app_state_sync`. */
  take(phoneNumberId: string, value: Value): void;
}

export function createContacts(conduct: Conduct, customers: Customers, syncs: Syncs): Contacts {
  return {
    take(phoneNumberId, value) {
      syncs.noteContacts(phoneNumberId);
      if (!conduct.followsContacts()) return;
      for (const change of value.state_sync ?? []) {
        const person = known(change.contact?.phone_number, change.contact?.user_id);
        if (person) apply(customers.meet(phoneNumberId, person), change);
      }
    },
  };
}

/** The newest change counts, not the last to arrive. `add` is also what an edit looks like; `remove` carries no name. */
function apply(customer: Customer, change: ContactChange): void {
  if (change.type !== 'contact') return;
  const atMs = instantMs(change.metadata?.timestamp);
  if (atMs < (customer.contact?.atMs ?? 0)) return;
  if (change.action === 'remove') customer.contact = { atMs };
  if (change.action === 'add') {
    const name = change.contact?.full_name ?? change.contact?.first_name ?? change.contact?.username;
    customer.contact = { atMs, ...(name === undefined ? {} : { name }) };
  }
}
