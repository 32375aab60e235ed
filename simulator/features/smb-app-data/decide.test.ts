import { describe, expect, it } from 'vitest';
import { graphErrors, requestValidator, responseValidator } from '../../../contracts/catalogue.ts';
import type { Behaviour } from '../../core/behaviour.ts';
import { createEngine, type Engine, type Outcome } from '../../core/engine.ts';
import type { NumberMoved } from '../../core/events.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import { commands, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { accept, type Command } from '../../core/decision.ts';
import type { JsonObject } from '../../core/json.ts';
import { dayMs, epochMs, plusMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { SyncAccepted } from './decide.ts';
import type { RequestSync, SyncType } from './events.ts';
import { smbAppDataFeature } from './feature.ts';
import { objectMissing } from '../../core/refusals.ts';
import { late, notInTheApp, notLinked, repeated } from './refusals.ts';
import { parseSync, renderSync } from './wire.ts';

const onboardedAtMs = epochMs(1_760_000_000_000);

/** Lets a test move a number as account-update would. */
const mover: Feature = {
  name: 'mover',
  commands: commands<Command & { type: 'move'; event: NumberMoved }>({
    move: (_world, command) => accept([command.event], null),
  }),
};

interface Arranged {
  readonly engine: Engine;
  readonly phoneNumberId: PhoneNumberId;
  /** The body of an accepted request. */
  readonly answer: () => JsonObject;
  readonly ask: (syncType: SyncType) => Outcome<SyncAccepted>;
  readonly move: (from: NumberState, to: NumberState, onboarding?: number) => void;
}

function arrange(state: NumberState, behaviour: Partial<Behaviour> = {}): Arranged {
  const engine = createEngine(
    createWorld('sync', behaviour),
    [furniture, smbAppDataFeature, mover],
    onboardedAtMs,
  );
  const create: CreateNumber = { type: 'create-number', state, country: 'US', onboardedAtMs };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const { phoneNumberId } = created.reply;
  const ask = (syncType: SyncType): Outcome<SyncAccepted> => {
    const command: RequestSync = { type: 'request-sync', phoneNumberId, syncType };
    return engine.execute<SyncAccepted>(command);
  };
  return {
    engine,
    phoneNumberId,
    ask,
    answer: () => {
      const outcome = ask('history');
      if (outcome.kind !== 'accepted') throw new Error('The request was not accepted.');
      return renderSync(outcome.reply);
    },
    move: (from, to, onboarding) => {
      const event: NumberMoved = {
        type: 'number-moved',
        phoneNumberId,
        from,
        to,
        ...(onboarding !== undefined && { onboardedAtMs: epochMs(onboarding) }),
      };
      engine.execute({ type: 'move', event } as Command);
    },
  };
}

const codeOf = (outcome: Outcome): string => {
  if (outcome.kind !== 'refused') return outcome.kind;
  const { code, subcode } = outcome.refusal;
  return subcode === undefined ? String(code) : `${code}/${subcode}`;
};

describe('asking for a synchronisation', () => {
  it.each<[SyncType, string]>([
    ['history', 'history-sync-requested'],
    ['smb_app_state_sync', 'contact-sync-requested'],
  ])('of %s answers a request id and says so in the log', (syncType, eventType) => {
    const { engine, phoneNumberId, ask } = arrange('coexistence');
    const outcome = ask(syncType);
    expect(outcome).toMatchObject({ kind: 'accepted' });
    const requestId = outcome.kind === 'accepted' ? outcome.reply.requestId : '';
    expect(requestId).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    expect(engine.log.recent().at(-1)?.event).toEqual({ type: eventType, phoneNumberId, requestId });
  });

  it('takes the two types independently, in either order', () => {
    const { ask } = arrange('coexistence');
    expect(codeOf(ask('history'))).toBe('accepted');
    expect(codeOf(ask('smb_app_state_sync'))).toBe('accepted');
  });

  it.each<[number, string]>([
    [0, 'accepted'],
    [dayMs - 1, 'accepted'],
    [dayMs, 'accepted'],
    [dayMs + 1, '2593108'],
    [30 * dayMs, '2593108'],
  ])('%d ms after onboarding: %s', (afterMs, expected) => {
    const { engine, ask } = arrange('coexistence');
    engine.moveTo(plusMs(onboardedAtMs, afterMs));
    expect(codeOf(ask('history'))).toBe(expected);
  });

  it.each<[NumberState, string]>([
    ['fresh', '133010'],
    ['app-only', '133010'],
    ['offboarded', '133010'],
    ['cloud-api', '131000'],
    ['disconnected', '100/33'],
  ])('is refused on a number that is %s: %s', (state, expected) => {
    expect(codeOf(arrange(state).ask('history'))).toBe(expected);
  });

  it.each<[Behaviour['syncRefusals'], string, string]>([
    ['documented', '2593107', '2593108'],
    ['subcode', '4/2593107', '4/2593108'],
    ['generic', '135000', '135000'],
  ])('is refused in the form “%s” as %s when repeated and %s when late', (syncRefusals, repeat, tooLate) => {
    const first = arrange('coexistence', { syncRefusals });
    first.ask('history');
    expect(codeOf(first.ask('history'))).toBe(repeat);
    const second = arrange('coexistence', { syncRefusals });
    second.engine.moveTo(plusMs(onboardedAtMs, dayMs + 1));
    expect(codeOf(second.ask('history'))).toBe(tooLate);
  });

  it('is refused as a repeat after the account reconnected: that is no new onboarding', () => {
    const { engine, ask, move } = arrange('coexistence');
    ask('history');
    move('coexistence', 'offboarded');
    engine.moveTo(plusMs(onboardedAtMs, 3 * dayMs));
    move('offboarded', 'coexistence');
    expect(codeOf(ask('history'))).toBe('2593107');
    expect(codeOf(ask('smb_app_state_sync'))).toBe('2593108');
  });

  it('is open again, for a day, after a new onboarding', () => {
    const { engine, ask, move } = arrange('coexistence');
    ask('history');
    move('coexistence', 'disconnected');
    const againMs = plusMs(onboardedAtMs, 10 * dayMs);
    engine.moveTo(againMs);
    move('disconnected', 'coexistence', againMs);
    expect(codeOf(ask('history'))).toBe('accepted');
    expect(codeOf(ask('history'))).toBe('2593107');
  });
});

describe('the answer', () => {
  it.each([
    [false, { messaging_product: 'whatsapp', request_id: 'r' }],
    [true, { messaging_product: 'whatsapp', success: true, request_id: 'r' }],
  ])('with success %s', (withSuccess, body) => {
    expect(renderSync({ requestId: 'r', withSuccess })).toEqual(body);
    const { request_id } = arrange('coexistence').answer();
    expect(responseValidator('smb-app-data')({ ...body, request_id })).toEqual([]);
  });

  it('shows success where the behaviour says so', () => {
    const outcome = arrange('coexistence', { syncAnswersSuccess: true }).ask('history');
    expect(outcome).toMatchObject({ reply: { withSuccess: true } });
  });
});

describe('the contract', () => {
  it.each<[SyncType]>([['history'], ['smb_app_state_sync']])('lets %s through to the command', (syncType) => {
    const params = { messaging_product: 'whatsapp', sync_type: syncType };
    expect(requestValidator('smb-app-data')(params)).toEqual([]);
    expect(parseSync({ method: 'POST', nodeId: '123', params, token: 't' })).toEqual({
      type: 'request-sync',
      phoneNumberId: '123',
      syncType,
    });
  });

  it('lists every refusal, with the same texts', () => {
    const forms = ['documented', 'subcode', 'generic'] as const;
    const given = [
      ...forms.flatMap((form) => [repeated(form), late(form)]),
      notLinked,
      notInTheApp,
      objectMissing('{id}', 'post'),
    ];
    const listed = graphErrors('smb-app-data');
    for (const { code, subcode, httpStatus, message, details } of given) {
      const same = listed.filter((error) => error.code === code && error.subcode === subcode);
      expect(same).toMatchObject([{ httpStatus, message, ...(details !== undefined && { details }) }]);
    }
  });
});
