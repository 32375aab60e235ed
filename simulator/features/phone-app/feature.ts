/** What stays in the WhatsApp Business app: groups, status, calls, and features that coexistence turns off. */
import { commands, type Feature } from '../../core/feature.ts';
import { broadcast, decideInApp, turnOnInApp } from './decide.ts';
import type { PhoneAppCommand } from './events.ts';

export const phoneAppFeature: Feature = {
  name: 'phone-app',
  commands: commands<PhoneAppCommand>({
    'send-to-group-from-app': decideInApp,
    'post-status': decideInApp,
    'call-from-app': decideInApp,
    broadcast,
    'turn-on-in-app': turnOnInApp,
  }),
};
