/** Embedded Signup up to its end: obstacles, the owner's consent, and the flow for numbers that are in no app. */
import type { NumberMoved } from '../../core/events.ts';
import { commands, evolves, type Feature } from '../../core/feature.ts';
import { abandon, begin, block, confirm, shareAccount } from './decide.ts';
import {
  signups,
  type AbandonSignup,
  type BeginSignup,
  type BlockSignup,
  type ConfirmSignup,
  type ShareAccount,
  type SignupStageEvent,
} from './events.ts';

export const embeddedSignupFeature: Feature = {
  name: 'embedded-signup',
  commands: commands<BlockSignup | BeginSignup | ConfirmSignup | AbandonSignup | ShareAccount>({
    'block-signup': block,
    'begin-signup': begin,
    'confirm-signup': confirm,
    'abandon-signup': abandon,
    'share-account': shareAccount,
  }),
  evolve: evolves<SignupStageEvent | NumberMoved>({
    'signup-blocked': (world, { phoneNumberId, by }) => {
      const { obstacles } = signups.in(world);
      if (by === 'nothing') obstacles.delete(phoneNumberId);
      else obstacles.set(phoneNumberId, by);
    },
    'signup-begun': (world, { phoneNumberId, appId, verification }) => {
      signups.in(world).pending.set(phoneNumberId, { appId, verification });
    },
    'signup-confirmed': (world, { phoneNumberId, history }) => {
      const { pending } = signups.in(world);
      const begun = pending.get(phoneNumberId);
      if (begun) pending.set(phoneNumberId, { ...begun, history });
    },
    'signup-abandoned': (world, { phoneNumberId }) => {
      signups.in(world).pending.delete(phoneNumberId);
    },
    // It came to its end, or the number went elsewhere meanwhile.
    'number-moved': (world, { phoneNumberId }) => {
      signups.in(world).pending.delete(phoneNumberId);
    },
  }),
};
