/** `security`: subscribers hear that the PIN of a number was set. */
import { emitForWaba } from '../../core/events.ts';
import { reacts, type Feature } from '../../core/feature.ts';
import type { PinSet } from '../phone-number/events.ts';

export const securityFeature: Feature = {
  name: 'security',
  fields: ['security'],
  react: reacts<PinSet>({
    'pin-set': (world, { phoneNumberId }, nowMs) => {
      const number = world.phoneNumbers.get(phoneNumberId);
      if (!number) return [];
      const value = { display_phone_number: number.waId, event: 'PIN_CHANGED' };
      return [emitForWaba(number.wabaId, 'security', nowMs, value)];
    },
  }),
};
