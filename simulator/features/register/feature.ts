/** `register`: a number on the Cloud API alone. */
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { PinSet } from '../phone-number/events.ts';
import { attemptLimit, registerNumber, registrations } from './decide.ts';
import type { RegisterNumber, RegistrationAttempted } from './events.ts';

export const registerFeature: Feature = {
  name: 'register',
  edges: [
    edge<RegisterNumber, undefined>({
      method: 'POST',
      node: 'phone-number',
      edge: 'register',
      contract: 'register',
      permission: 'whatsapp_business_management',
      parse: ({ nodeId, params }) => {
        const pin = params['pin'];
        return {
          type: 'register-number',
          phoneNumberId: nodeId as PhoneNumberId,
          pin: typeof pin === 'string' || typeof pin === 'number' ? String(pin) : '',
        };
      },
      render: () => ({ success: true }),
    }),
  ],
  commands: commands<RegisterNumber>({ 'register-number': registerNumber }),
  evolve: evolves<PinSet | RegistrationAttempted>({
    'pin-set': (world, event) => {
      registrations.in(world).pins.set(event.phoneNumberId, event.pin);
    },
    'registration-attempted': (world, event, atMs) => {
      const { attemptsAtMs } = registrations.in(world);
      const before = attemptsAtMs.get(event.phoneNumberId) ?? [];
      attemptsAtMs.set(event.phoneNumberId, [...before, atMs].slice(-attemptLimit.attempts));
    },
  }),
};
