/** `deregister`: a number off the Cloud API. */
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { attemptLimit, deregisterNumber, deregistrations } from './decide.ts';
import type { DeregisterNumber, NumberDeregistered } from './events.ts';

export const deregisterFeature: Feature = {
  name: 'deregister',
  edges: [
    edge<DeregisterNumber, undefined>({
      method: 'POST',
      node: 'phone-number',
      edge: 'deregister',
      contract: 'deregister',
      permission: 'whatsapp_business_management',
      parse: ({ nodeId }) => ({ type: 'deregister-number', phoneNumberId: nodeId as PhoneNumberId }),
      render: () => ({ success: true }),
    }),
  ],
  commands: commands<DeregisterNumber>({ 'deregister-number': deregisterNumber }),
  evolve: evolves<NumberDeregistered>({
    'number-deregistered': (world, event, atMs) => {
      const calls = deregistrations.in(world);
      const before = calls.get(event.phoneNumberId) ?? [];
      calls.set(event.phoneNumberId, [...before, atMs].slice(-attemptLimit.attempts));
    },
  }),
};
