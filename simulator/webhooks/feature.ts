/** The pure half of the room, mounted beside the features: emissions become deliveries, answers settle them. */
import type { WebhookEmitted } from '../core/events.ts';
import { commands, reacts, type Feature } from '../core/feature.ts';
import {
  clearFaults,
  decideAttempt,
  decideConclusion,
  decideFault,
  decideRedelivery,
  queueDeliveries,
} from './decide.ts';
import { evolveDeliveries } from './deliveries.ts';
import type { WebhookCommand } from './events.ts';

/** Emits no field of its own; delivers everybody's. */
export const webhooksFeature: Feature = {
  name: 'webhooks',
  commands: commands<WebhookCommand>({
    'attempt-delivery': decideAttempt,
    'conclude-attempt': decideConclusion,
    'set-webhook-fault': decideFault,
    'clear-webhook-faults': clearFaults,
    redeliver: decideRedelivery,
  }),
  evolve: evolveDeliveries,
  react: reacts<WebhookEmitted>({ 'webhook-emitted': queueDeliveries }),
};
