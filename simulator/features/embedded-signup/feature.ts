/** Preconditions of Embedded Signup, which a scenario or a tester makes fail; completing it is `account-update`'s. */
import { accept, mistake } from '../../core/decision.ts';
import { commands, evolves, type Feature } from '../../core/feature.ts';
import { obstacles, type BlockSignup, type SignupBlocked } from './events.ts';

export const embeddedSignupFeature: Feature = {
  name: 'embedded-signup',
  commands: commands<BlockSignup>({
    'block-signup': (world, { phoneNumberId, by }) => {
      if (!world.phoneNumbers.has(phoneNumberId))
        return mistake(`There is no phone number ${phoneNumberId}.`);
      const blocked: SignupBlocked = { type: 'signup-blocked', phoneNumberId, by };
      return accept([blocked], undefined);
    },
  }),
  evolve: evolves<SignupBlocked>({
    'signup-blocked': (world, { phoneNumberId, by }) => {
      if (by === 'nothing') obstacles.in(world).delete(phoneNumberId);
      else obstacles.in(world).set(phoneNumberId, by);
    },
  }),
};
