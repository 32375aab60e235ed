/** `account_update`: coexistence begins, is kept alive by the phone, and ends. */
import { commands, type Feature } from '../../core/feature.ts';
import { completeSignup } from './decide.ts';
import type { AccountCommand } from './events.ts';
import { evolve } from './evolve.ts';
import { checkHeartbeat, openApp, react } from './heartbeat.ts';
import { changeDevice, disconnectInApp, leaveCoexistence, reconnect } from './leaving.ts';

export const accountUpdateFeature: Feature = {
  name: 'account-update',
  fields: ['account_update'],
  commands: commands<AccountCommand>({
    'complete-signup': completeSignup,
    'open-app': openApp,
    'disconnect-in-app': disconnectInApp,
    'change-device': changeDevice,
    'leave-coexistence': leaveCoexistence,
    'check-heartbeat': checkHeartbeat,
    reconnect,
  }),
  evolve,
  react,
};
