/** The phone's address book, as it was and as it changes. */
import type { Bot } from './bot.ts';
import type { Conduct } from './conduct.ts';
import { known, type Customer, type Customers } from './customers.ts';
import type { Syncs } from './sync.ts';
import { instantMs, type ContactChange, type Value } from './wire.ts';

export interface Contacts {
  /** `value` of the field `smb_app_state_sync`. */
  take(phoneNumberId: string, value: Value): void;
}

interface Parts {
  readonly conduct: Conduct;
  readonly customers: Customers;
  readonly syncs: Syncs;
  readonly bot: Bot;
  readonly forget: (customer: Customer) => void;
}

export function createContacts(parts: Parts): Contacts {
  const { conduct, customers, syncs } = parts;
  return {
    take(phoneNumberId, value) {
      syncs.noteContacts(phoneNumberId);
      if (!conduct.followsContacts()) return;
      for (const change of value.state_sync ?? []) {
        const person = known(change.contact?.phone_number, change.contact?.user_id);
        if (person) apply(parts, customers.meet(phoneNumberId, person), change);
      }
    },
  };
}

/** The newest change counts, not the last to arrive. `add` is also what an edit looks like; `remove` carries no name. */
function apply({ conduct, bot, forget }: Parts, customer: Customer, change: ContactChange): void {
  if (change.type !== 'contact') return;
  const atMs = instantMs(change.metadata?.timestamp);
  if (conduct.isOutdated(atMs, customer.contact?.atMs ?? 0)) return;
  if (change.action === 'remove') {
    customer.contact = { atMs };
    conduct.onContactRemoved(() => forget(customer));
  }
  if (change.action === 'add') {
    const name = change.contact?.full_name ?? change.contact?.first_name ?? change.contact?.username;
    customer.contact = { atMs, ...(name === undefined ? {} : { name }) };
    conduct.onContactAdded(() => bot.welcome(customer));
  }
}
