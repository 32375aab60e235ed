/** `user_preferences`: a customer stops marketing messages, and may resume them. */
import { accept, mistake, type Decision } from '../../core/decision.ts';
import { emitForNumber } from '../../core/events.ts';
import { commands, evolves, type Feature } from '../../core/feature.ts';
import { toSeconds, type EpochMs } from '../../core/time.ts';
import { customerContact, isNumberHidden, metadataOf } from '../../core/wire-content.ts';
import type { ReadonlyWorld } from '../../core/world.ts';
import { pairKey, stopped, type MarketingPreferenceSet, type SetMarketingPreference } from './events.ts';

/** @see Meta: webhooks/reference/user_preferences (documented) */
const details = {
  stop: 'User requested to stop marketing messages',
  resume: 'User requested to resume marketing messages',
} as const;

function setPreference(
  world: ReadonlyWorld,
  { phoneNumberId, from, to }: SetMarketingPreference,
  nowMs: EpochMs,
): Decision<undefined> {
  const number = world.phoneNumbers.get(phoneNumberId);
  const customer = world.customers.get(from);
  if (!number || !customer)
    return mistake(`There is no phone number ${phoneNumberId}, or no customer ${from}.`);
  const { behaviour } = world;
  const set: MarketingPreferenceSet = { type: 'marketing-preference-set', phoneNumberId, waId: from, to };
  const value = {
    messaging_product: 'whatsapp',
    metadata: metadataOf(number),
    contacts: [customerContact(customer, behaviour, { withName: true, withUsername: true })],
    user_preferences: [
      {
        ...(!isNumberHidden(customer, behaviour) && { wa_id: from }),
        ...(behaviour.userIds && { user_id: customer.userId }),
        detail: details[to],
        category: 'marketing_messages',
        value: to,
        timestamp: toSeconds(nowMs),
      },
    ],
  };
  return accept([set, emitForNumber(number, 'user_preferences', value)], undefined);
}

export const userPreferencesFeature: Feature = {
  name: 'user-preferences',
  fields: ['user_preferences'],
  commands: commands<SetMarketingPreference>({ 'set-marketing-preference': setPreference }),
  evolve: evolves<MarketingPreferenceSet>({
    'marketing-preference-set': (world, { phoneNumberId, waId, to }) => {
      const pairs = stopped.in(world);
      if (to === 'stop') pairs.add(pairKey(phoneNumberId, waId));
      else pairs.delete(pairKey(phoneNumberId, waId));
    },
  }),
};
