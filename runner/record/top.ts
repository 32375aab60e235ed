/** The top of a scenario: number, people, and what the phone held. Pure. */
import type { Connection } from './account-steps.ts';
import type { Moment } from './changes.ts';
import type { Draft, Participant } from './draft.ts';
import { textOf, type Fields } from './json.ts';
import { countryOf } from './phone-numbers.ts';
import type { Findings } from './take.ts';

/** Where the number stands before the first step: whether the signup is part of the recording. */
export function stateAtFirst(moments: readonly Moment[]): Connection['state'] {
  for (const moment of moments) {
    if (moment.kind === 'call') continue;
    const { event } = moment.value;
    if (event === 'PARTNER_ADDED' || event === 'PARTNER_APP_INSTALLED') return 'app-only';
    // Whatever else is told, is told of a number that is connected.
    return event === 'ACCOUNT_RECONNECTED' ? 'offboarded' : 'coexistence';
  }
  return 'coexistence';
}

/** Keys in the order of the file, without the steps. */
export function topOf(
  { nodes, past, firstContacts, moments }: Findings,
  draft: Draft,
  contacts: readonly Fields[],
  begins: Connection['state'],
): Fields {
  const country = countryOf(nodes.displayPhoneNumber ?? '');
  const neighbourCountry = countryOf(nodes.neighbourPhoneNumber ?? '');
  const behaviour = {
    ...behaviourOf(firstContacts.followUp, moments),
    ...(past.echoed.size > 0 && { historicMediaAsEchoes: true }),
  };
  const customers = [...draft.participants.values()].map(customerOf);
  const number = {
    // Webhooks flow however the system goes about its signup.
    ...(begins === 'coexistence' ? {} : { state: begins, subscribed: true }),
    ...(country !== undefined && { country }),
  };
  return {
    ...(Object.keys(number).length > 0 && { number }),
    ...(nodes.neighbourId !== undefined && {
      neighbour: neighbourCountry === undefined ? {} : { country: neighbourCountry },
    }),
    ...(customers.length > 0 && { customers: Object.fromEntries(customers) }),
    ...(past.history && { history: past.history }),
    ...(contacts.length > 0 && { contacts }),
    ...(Object.keys(behaviour).length > 0 && { behaviour }),
  };
}

function customerOf({ person, hidden }: Participant): [string, Fields] {
  const { key, name, country, ordinal } = person;
  const username = person.username ?? (hidden ? `person.${ordinal}` : undefined);
  return [
    key,
    {
      name,
      ...(country !== undefined && { country }),
      // Whoever hides the number on the way has the username from then on.
      ...(hidden && { username, hidesNumber: true }),
    },
  ];
}

function behaviourOf(followUp: string | undefined, moments: readonly Moment[]): Fields {
  const items = moments.flatMap((moment) => (moment.kind === 'item' ? [moment] : []));
  const messages = items.filter(({ message }) => message !== undefined);
  const showsUserIds = messages.some(
    ({ message }) => message && ('from_user_id' in message || 'to_user_id' in message),
  );
  const removed = items.find(({ value }) => value['event'] === 'PARTNER_REMOVED')?.value;
  return {
    ...(messages.length > 0 && !showsUserIds && { userIds: false }),
    ...(followUp !== undefined && followUp !== 'new-wamid' && { firstContactFollowUp: followUp }),
    ...(removed && textOf(removed['phone_number']) !== undefined && { partnerRemovedShape: 'phone-number' }),
  };
}
