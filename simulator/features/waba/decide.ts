/** Reading an account, and its few switches. It stays readable when its numbers are offboarded or disconnected. */
import { accept, mistake, refuse, type Decision } from '../../core/decision.ts';
import type { WabaId } from '../../core/identifiers.ts';
import { slice, type PhoneNumber, type ReadonlyWorld } from '../../core/world.ts';
import { isInBusinessApp } from '../phone-number/events.ts';
import type { ReadWaba, UpdateWaba, WabaSwitched, WabaSwitches } from './events.ts';
import type { ShownWaba } from './fields.ts';
import { notShared, smbBusiness } from './refusals.ts';

/** What was switched, by account. */
export const wabaSwitches = slice<Map<WabaId, WabaSwitches>>('waba', () => new Map());

/** While a number is offboarded, reads work (documented); after a disconnection they are assumed to. */
export function readWaba(world: ReadonlyWorld, command: ReadWaba): Decision<ShownWaba> {
  const waba = world.wabas.get(command.wabaId);
  if (!waba) return mistake(`There is no account ${command.wabaId}.`);
  const numbers = numbersOf(world, waba.id);
  const [first] = numbers;
  if (first && numbers.every(({ state }) => state === 'app-only')) return refuse(notShared);
  const canSend = numbers.some(({ state }) => state === 'coexistence' || state === 'cloud-api');
  const switches = wabaSwitches.of(world).get(waba.id) ?? {};
  return accept([], { waba, canSend, switches, ...(first && { country: first.country }) });
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

const numbersOf = (world: ReadonlyWorld, wabaId: WabaId): readonly PhoneNumber[] =>
  [...world.phoneNumbers.values()].filter((number) => number.wabaId === wabaId);
