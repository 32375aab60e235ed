/** Reading an account, and its few switches. It stays readable when its numbers are offboarded or disconnected. */
import { accept, mistake, refuse, type Decision } from '../../core/decision.ts';
import type { ReadonlyWorld } from '../../core/world.ts';
import { isInBusinessApp } from '../phone-number/events.ts';
import type { ReadWaba, UpdateWaba, WabaSwitched } from './events.ts';
import { numbersOf, shownWaba, type ShownWaba } from './fields.ts';
import { notShared, smbBusiness } from './refusals.ts';

/** While a number is offboarded, reads work (documented); after a disconnection they are assumed to. */
export function readWaba(world: ReadonlyWorld, command: ReadWaba): Decision<ShownWaba> {
  const waba = world.wabas.get(command.wabaId);
  if (!waba) return mistake(`There is no account ${command.wabaId}.`);
  const numbers = numbersOf(world, waba.id);
  const [first] = numbers;
  if (first && numbers.every(({ state }) => state === 'app-only')) return refuse(notShared);
  return accept([], shownWaba(world, waba));
}

/** Insights stay off where a number is in the app; disconnected numbers count, too (assumed). */
export function updateWaba(world: ReadonlyWorld, command: UpdateWaba): Decision<UpdateWaba> {
  if (!world.wabas.has(command.wabaId)) return mistake(`There is no account ${command.wabaId}.`);
  const isSmb = numbersOf(world, command.wabaId).some(
    (number) => isInBusinessApp(number) || number.state === 'disconnected',
  );
  if (isSmb && command.switches.isEnabledForInsights === true) return refuse(smbBusiness);
  const switched: WabaSwitched = {
    type: 'waba-switched',
    wabaId: command.wabaId,
    switches: command.switches,
  };
  return accept([switched], command);
}
