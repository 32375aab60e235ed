/** The heartbeat: coexistence lasts only while the phone is used. */
import { accept, mistake, type Decision, type WorldEvent } from '../../core/decision.ts';
import { schedule, type NumberCreated, type NumberMoved } from '../../core/events.ts';
import { reacts } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { dayMs, plusMs, type EpochMs } from '../../core/time.ts';
import type { ReadonlyWorld } from '../../core/world.ts';
import type { AppOpened, CheckHeartbeat, OpenApp, WebhooksPaused, WebhooksResumed } from './events.ts';
import { accountUpdates, isTypedOnPhone, type Connection, type PhoneUsed } from './evolve.ts';
import { removePartner } from './leaving.ts';

/** Unused for this long, the phone is cut off: “about 14 days”. @see Meta: webhooks/reference/account_update (documented) */
export const inactivityMs = 14 * dayMs;

/** Where `webhooksStopEarly` is set, webhooks stop after this long; said by three providers (observed). */
export const webhooksStopMs = 13 * dayMs;

export function openApp(world: ReadonlyWorld, command: OpenApp): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (number.state === 'fresh' || number.state === 'cloud-api')
    return mistake(
      `${number.displayPhoneNumber} is not in the WhatsApp Business app.`,
      'Begin with a number that is app-only or coexistence.',
    );
  const opened: AppOpened = { type: 'app-opened', phoneNumberId: number.id };
  return accept([opened], undefined);
}

/** Ends the connection of a phone that was not used, or looks again when that could be so at the earliest. */
export function checkHeartbeat(
  world: ReadonlyWorld,
  command: CheckHeartbeat,
  nowMs: EpochMs,
): Decision<undefined> {
  const connection = accountUpdates.of(world).connections.get(command.phoneNumberId);
  if (connection?.connectedAtMs !== command.connectedAtMs) return accept([], undefined);
  if (nowMs - connection.lastUsedAtMs >= inactivityMs)
    return accept(
      removePartner(world, command.phoneNumberId, nowMs, {
        reason: 'PRIMARY_INACTIVITY',
        initiatedBy: 'SYSTEM',
      }),
      undefined,
    );
  const next = nextCheck(world, command.phoneNumberId, connection, nowMs);
  return accept([...pauseWebhooks(world, command.phoneNumberId, connection, nowMs), next], undefined);
}

function pauseWebhooks(
  world: ReadonlyWorld,
  phoneNumberId: PhoneNumberId,
  connection: Connection,
  nowMs: EpochMs,
): readonly WorldEvent[] {
  if (!world.behaviour.webhooksStopEarly || nowMs - connection.lastUsedAtMs < webhooksStopMs) return [];
  const paused: WebhooksPaused = { type: 'webhooks-paused', phoneNumberId };
  return [paused];
}

function nextCheck(
  world: ReadonlyWorld,
  phoneNumberId: PhoneNumberId,
  connection: Connection,
  nowMs: EpochMs,
): WorldEvent {
  const stopsEarly = world.behaviour.webhooksStopEarly && nowMs - connection.lastUsedAtMs < webhooksStopMs;
  const check: CheckHeartbeat = {
    type: 'check-heartbeat',
    phoneNumberId,
    connectedAtMs: connection.connectedAtMs,
  };
  return schedule(plusMs(connection.lastUsedAtMs, stopsEarly ? webhooksStopMs : inactivityMs), check);
}

function resumeWebhooks(world: ReadonlyWorld, phoneNumberId: PhoneNumberId): readonly WorldEvent[] {
  if (!accountUpdates.of(world).paused.has(phoneNumberId)) return [];
  const resumed: WebhooksResumed = { type: 'webhooks-resumed', phoneNumberId };
  return [resumed];
}

/** A connection that just began is watched, and what a former one left paused flows again. */
function watch(
  world: ReadonlyWorld,
  event: NumberCreated | NumberMoved,
  nowMs: EpochMs,
): readonly WorldEvent[] {
  const connection = accountUpdates.of(world).connections.get(event.phoneNumberId);
  if (!connection) return [];
  return [
    ...resumeWebhooks(world, event.phoneNumberId),
    nextCheck(world, event.phoneNumberId, connection, nowMs),
  ];
}

const used = (world: ReadonlyWorld, event: PhoneUsed): readonly WorldEvent[] =>
  resumeWebhooks(world, event.phoneNumberId);

export const react = reacts<NumberCreated | NumberMoved | PhoneUsed>({
  'number-created': watch,
  'number-moved': watch,
  'app-opened': used,
  'echo-sent': (world, event) => (isTypedOnPhone(event) ? used(world, event) : []),
  'stayed-in-the-app': used,
  'chat-read-in-app': used,
});
