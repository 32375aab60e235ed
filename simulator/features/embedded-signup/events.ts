/** What stands in the way of onboarding a number of the WhatsApp Business app. */
import type { Command, Refusal, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { slice, type PhoneNumber, type ReadonlyWorld } from '../../core/world.ts';
import { refusals } from './refusals.ts';

/** A precondition that fails. */
export type SignupObstacle =
  'app-version' | 'account-type' | 'other-partner' | 'other-account' | 'activity' | 'country';

/** From now on a precondition of the number fails, or none does. */
export interface BlockSignup extends Command {
  readonly type: 'block-signup';
  readonly phoneNumberId: PhoneNumberId;
  readonly by: SignupObstacle | 'nothing';
}

export interface SignupBlocked extends WorldEvent {
  readonly type: 'signup-blocked';
  readonly phoneNumberId: PhoneNumberId;
  readonly by: SignupObstacle | 'nothing';
}

export const obstacles = slice('embedded-signup', () => new Map<PhoneNumberId, SignupObstacle>());

/** What fails for a number, if anything does. */
export const obstacleOf = (world: ReadonlyWorld, id: PhoneNumberId): SignupObstacle | undefined =>
  obstacles.of(world).get(id);

/** What Meta says to a person who tries to onboard the number; nothing where nothing stands in the way. */
export function signupRefusal(world: ReadonlyWorld, number: Pick<PhoneNumber, 'id'>): Refusal | undefined {
  const obstacle = obstacleOf(world, number.id);
  return obstacle && refusals[obstacle];
}
