/** The WhatsApp Business app itself: what stays in it, what coexistence turns off, and what it does unasked. */
import { commands, type Feature } from '../../core/feature.ts';
import { automaticEvolves, automaticReacts } from './automatic.ts';
import { broadcast, decideInApp, decideSetting, readInApp, turnOnInApp } from './decide.ts';
import { devicesEvolves } from './devices.ts';
import type { PhoneAppCommand } from './events.ts';

export const phoneAppFeature: Feature = {
  name: 'phone-app',
  commands: commands<PhoneAppCommand>({
    'send-to-group-from-app': decideInApp,
    'post-status': decideInApp,
    'call-from-app': decideInApp,
    broadcast,
    'turn-on-in-app': turnOnInApp,
    'read-in-app': readInApp,
    'set-automatic-message': decideSetting,
    'link-device': decideSetting,
    'unlink-device': decideSetting,
  }),
  evolve: { ...automaticEvolves, ...devicesEvolves },
  react: automaticReacts,
};
