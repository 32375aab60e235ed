/** Reading numbers, and changing the PIN or the callback of one. */
import { accept, mistake, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import type { NumberOverridden } from '../../core/events.ts';
import type { Handshake } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { slice, type PhoneNumber, type ReadonlyWorld } from '../../core/world.ts';
import { automationOf } from '../conversational-automation/events.ts';
import { tierOf } from '../messages/events.ts';
import { appOfToken } from '../oauth-access-token/events.ts';
import { mayOverride, refusalOfOverride } from '../subscribed-apps/events.ts';
import type { ListPhoneNumbers, PinSet, ReadPhoneNumber, UpdatePhoneNumber } from './events.ts';
import type { ShownNumber } from './fields.ts';
import { isInBusinessApp } from './in-business-app.ts';
import { objectMissing } from '../../core/refusals.ts';
import { overrideDenied, pinDenied } from './refusals.ts';

/** Numbers whose two-step verification is on. */
export const pinnedNumbers = slice<Set<PhoneNumberId>>('phone-number', () => new Set());

/** The node of one number; of a disconnected one nothing can be seen. */
export function readPhoneNumber(world: ReadonlyWorld, command: ReadPhoneNumber): Decision<ShownNumber> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (number.state === 'disconnected') return refuse(objectMissing(number.id, 'get'));
  return accept([], show(world, number, command.token));
}

/** The account's numbers, newest onboarded first; disconnected ones are missing (assumed). */
export function listPhoneNumbers(
  world: ReadonlyWorld,
  command: ListPhoneNumbers,
): Decision<readonly ShownNumber[]> {
  const numbers = [...world.phoneNumbers.values()]
    .filter(({ wabaId, state }) => wabaId === command.wabaId && state !== 'disconnected')
    .sort((a, b) => ((b.onboardedAtMs ?? 0) - (a.onboardedAtMs ?? 0)) * (command.oldestFirst ? -1 : 1));
  return accept(
    [],
    numbers.map((number) => show(world, number, command.token)),
  );
}

/**
 * Sets the PIN, the callback, or both.
 *
 * A number of the app has neither: its PIN is the owner's, and the override is refused although the account's own
 * (`subscribed_apps`) works. Keys that are not about these two succeed without effect.
 */
export function updatePhoneNumber(world: ReadonlyWorld, command: UpdatePhoneNumber): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  const refusal =
    number.state === 'disconnected'
      ? objectMissing(number.id, 'post')
      : (refusalOfPin(number, command) ?? refusalOfConfiguration(world, number, command));
  if (refusal) return refuse(refusal);
  const events: (PinSet | NumberOverridden)[] = [];
  if (command.pin !== undefined) events.push({ type: 'pin-set', phoneNumberId: number.id, pin: command.pin });
  if (command.override)
    events.push({
      type: 'number-overridden',
      phoneNumberId: number.id,
      ...(command.override.url !== '' && { callback: command.override }),
    });
  return accept(events, undefined);
}

/** The callback that has to answer before the command is decided; none where it will be refused anyway. */
export function handshakeFor(world: ReadonlyWorld, command: UpdatePhoneNumber): Handshake | undefined {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  const waba = number && world.wabas.get(number.wabaId);
  const app = appOfToken(world, command.token);
  const { override } = command;
  if (!waba || !app || !override || number.state === 'disconnected' || isInBusinessApp(number))
    return undefined;
  const asks = override.url !== '' && mayOverride(waba, app);
  return asks ? override : undefined;
}

function show(world: ReadonlyWorld, number: PhoneNumber, token: string): ShownNumber {
  const waba = world.wabas.get(number.wabaId);
  const app = appOfToken(world, token);
  const wabaOverride = app && waba?.subscriptions.get(app.id)?.override;
  const automation = automationOf(world, number.id);
  if (!waba) throw new Error(`Phone number ${number.id} has no account.`);
  return {
    number,
    tier: tierOf(world),
    pinEnabled: pinnedNumbers.of(world).has(number.id),
    ownerBusinessId: waba.ownerBusinessId,
    ...(app && { appId: app.id }),
    ...(automation && { automation }),
    callbacks: {
      ...(app?.callback && { app: app.callback.url }),
      ...(wabaOverride && { waba: wabaOverride.url }),
      ...(number.override && { number: number.override.url }),
    },
  };
}

const refusalOfPin = (number: PhoneNumber, command: UpdatePhoneNumber): Refusal | undefined =>
  command.pin !== undefined && isInBusinessApp(number) ? pinDenied : undefined;

function refusalOfConfiguration(
  world: ReadonlyWorld,
  number: PhoneNumber,
  command: UpdatePhoneNumber,
): Refusal | undefined {
  const { override } = command;
  if (!override) return undefined;
  if (isInBusinessApp(number)) return overrideDenied;
  if (override.url === '') return undefined;
  const app = appOfToken(world, command.token);
  const waba = world.wabas.get(number.wabaId);
  return app && waba ? refusalOfOverride(waba, app, command.handshake) : overrideDenied;
}
