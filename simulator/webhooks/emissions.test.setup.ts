/** A small world for this room's tests: one app, some numbers, and a feature that emits what it is told to. */
import { accept, type Command, type WorldEvent } from '../core/decision.ts';
import { createEngine, type Engine } from '../core/engine.ts';
import { emitForNumber, emitForWaba, type LazyValue } from '../core/events.ts';
import { commands, type Feature } from '../core/feature.ts';
import { furniture, type CreateApp, type CreatedNumber, type CreateNumber } from '../core/furniture.ts';
import type { AppId } from '../core/identifiers.ts';
import type { JsonObject } from '../core/json.ts';
import { epochMs, type EpochMs } from '../core/time.ts';
import { createWorld, type PhoneNumber, type World } from '../core/world.ts';
import { webhooksFeature } from './feature.ts';

interface Happen extends Command {
  readonly type: 'happen';
  readonly events: readonly WorldEvent[];
}

/** Lets events happen, and renders `{ repeat }` as so many letters. */
export const happening: Feature = {
  name: 'happening',
  commands: commands<Happen>({ happen: (_world, { events }) => accept(events, undefined) }),
  renderLazy: (_world, { repeat }) => ({ text: 'x'.repeat(Number(repeat)) }),
};

export const appId = '10' as AppId;
export const secret = 'sim-secret-01';
const allFields = ['messages', 'smb_message_echoes', 'history', 'account_update'];

export interface Emissions {
  readonly world: World;
  readonly engine: Engine;
  readonly numbers: readonly [PhoneNumber, ...PhoneNumber[]];
  /** Everything that has happened, oldest first. */
  readonly events: readonly (WorldEvent & { readonly atMs: EpochMs })[];
  happen(...events: readonly WorldEvent[]): void;
  /** A webhook of a message field, of the first number where none is named. */
  emit(field: string, value: JsonObject | LazyValue, number?: PhoneNumber): void;
  emitForAccount(field: string, value: JsonObject): void;
  /** Runs what is due at this instant. */
  readonly drain: () => void;
}

/** @param url - the app's callback */
export function createEmissions(url: string, numbers = 1): Emissions {
  const world = createWorld('webhooks');
  const engine = createEngine(world, [furniture, webhooksFeature, happening], epochMs(1_790_000_000_000));
  const events: (WorldEvent & { readonly atMs: EpochMs })[] = [];
  engine.log.subscribe(({ event, atMs }) => events.push({ ...event, atMs }));
  const app: CreateApp = {
    type: 'create-app',
    appId,
    name: 'Test',
    secret,
    callback: { url, verifyToken: 'token' },
    fields: allFields,
  };
  engine.execute(app);
  const create: CreateNumber = {
    type: 'create-number',
    state: 'coexistence',
    country: 'US',
    subscribedAppId: appId,
  };
  const [first, ...others] = Array.from({ length: numbers }, () => {
    const outcome = engine.execute<CreatedNumber>(create);
    const number = outcome.kind === 'accepted' && world.phoneNumbers.get(outcome.reply.phoneNumberId);
    if (!number) throw new Error('The number was not created.');
    return number;
  });
  if (!first) throw new Error('At least one number.');
  const happen = (...happened: readonly WorldEvent[]): void => {
    const command: Happen = { type: 'happen', events: happened };
    engine.execute(command);
  };
  return {
    world,
    engine,
    numbers: [first, ...others],
    events,
    happen,
    emit: (field, value, number = first) => happen(emitForNumber(number, field, value)),
    emitForAccount: (field, value) => happen(emitForWaba(first.wabaId, field, engine.nowMs, value)),
    drain() {
      while (engine.runNextDue(engine.nowMs)) {
        // All the work is in the condition.
      }
    },
  };
}
