/** The phone's address book: what was in it at first, and what became of it → `contacts` and steps. Pure. */
import type { Item } from './changes.ts';
import { step, type Draft } from './draft.ts';
import { fieldsIn, fieldsOf, textOf, type Fields } from './json.ts';

export interface AddressBook {
  /**
   * Takes one webhook. The first one may as well tell all there is as a change: on the wire they are the same.
   *
   * @param ask - called before the first: somebody asked for it
   */
  take(item: Item, ask: () => void): void;
  /** For the scenario's top. */
  contacts(): readonly Fields[];
}

/** Most that a scenario may list. */
const mostContacts = 20_000;

export function createAddressBook(draft: Draft): AddressBook {
  const before: { readonly name: string; readonly number: unknown; readonly userId: unknown }[] = [];
  const known = new Set<string>();
  let isBegun = false;
  let isOver = false;

  /** Who is removed was there. */
  const noteRemoved = ({ contact, action }: Fields): void => {
    const { phone_number: number, user_id: userId } = fieldsOf(contact);
    const person = draft.lookUp(number, userId);
    if (action !== 'remove' || !person || known.has(person.key)) return;
    before.push({ name: person.name, number, userId });
    known.add(person.key);
  };

  const change = ({ contact, action }: Fields, item: Item): void => {
    const { phone_number: number, user_id: userId, full_name: fullName } = fieldsOf(contact);
    const person = draft.takePart(number, userId);
    if (!person) {
      draft.leaveOut('a contact without number and user id');
      return;
    }
    const told = { field: item.field, accepted: item.accepted };
    if (action === 'remove') {
      known.delete(person.key);
      draft.act(step('app.removes', { of: person.key }), told);
    } else {
      known.add(person.key);
      draft.act(step('app.saves', { name: textOf(fullName) ?? person.name, of: person.key }), told);
    }
  };

  return {
    take(item, ask) {
      const entries = fieldsIn(item.value['state_sync']);
      const isWhole = entries.every(({ action }) => action === 'add') && (!isBegun || entries.length > 1);
      if (isOver || !isWhole) {
        isOver = true;
        // Nothing is told of an address book that nobody has asked for.
        for (const entry of entries) noteRemoved(entry);
        ask();
        for (const entry of entries) change(entry, item);
        return;
      }
      isBegun = true;
      for (const { contact } of entries) {
        const { phone_number: number, user_id: userId, full_name: fullName } = fieldsOf(contact);
        before.push({ name: textOf(fullName) ?? 'Person', number, userId });
        const person = draft.lookUp(number, userId);
        if (person) known.add(person.key);
      }
      ask();
    },
    contacts: () =>
      before.slice(0, mostContacts).map(({ name, number, userId }) => {
        const person = draft.lookUp(number, userId);
        return { name, ...(person && draft.participants.has(person.key) && { of: person.key }) };
      }),
  };
}
