import { describe, expect, it } from 'vitest';
import { webhookValidator } from '../../../contracts/catalogue.ts';
import type { Behaviour } from '../../core/behaviour.ts';
import type { Command, WorldEvent } from '../../core/decision.ts';
import { createEngine, type Engine } from '../../core/engine.ts';
import type { WebhookEmitted } from '../../core/events.ts';
import { commands, type Feature } from '../../core/feature.ts';
import { furniture, type CreateApp, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { AppId, BusinessId, PhoneNumberId } from '../../core/identifiers.ts';
import { dayMs, epochMs, plusMs, type EpochMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { StayedInTheApp } from '../phone-app/events.ts';
import type { EchoSent } from '../smb-message-echoes/events.ts';
import type {
  AccountCommand,
  ChangeDevice,
  CompleteSignup,
  DisconnectionReason,
  LeaveCoexistence,
  SignupResult,
} from './events.ts';
import { accountUpdateFeature } from './feature.ts';
import { inactivityMs, webhooksStopMs } from './heartbeat.ts';
import { reconnectAfterMs } from './leaving.ts';

const startMs = epochMs(1_760_000_000_000);
const appId = '670843887433847' as AppId;
const businessId = '204000000000777' as BusinessId;

/** Says what other features would say of the phone. */
interface Say extends Command {
  readonly type: 'say';
  readonly event: EchoSent | StayedInTheApp;
}
const others: Feature = {
  name: 'others',
  commands: commands<Say>({
    say: (_world, { event }) => ({ kind: 'accepted', events: [event], reply: undefined }),
  }),
};

interface Stage {
  readonly engine: Engine;
  readonly phoneNumberId: PhoneNumberId;
  readonly wabaId: string;
  readonly state: () => NumberState | undefined;
  /** Runs everything that is due on the way. */
  readonly pass: (durationMs: number) => void;
  readonly does: (command: AccountCommand) => string;
  readonly hears: (event: EchoSent | StayedInTheApp) => void;
  readonly webhooks: () => readonly WebhookEmitted[];
  readonly events: (type: string) => readonly WorldEvent[];
}

function stage(state: NumberState, behaviour: Partial<Behaviour> = {}): Stage {
  const engine = createEngine(
    createWorld('account', behaviour),
    [furniture, accountUpdateFeature, others],
    startMs,
  );
  const app: CreateApp = { type: 'create-app', appId, businessId, name: 'inbox', secret: 's', fields: [] };
  const number: CreateNumber = { type: 'create-number', state, country: 'US', subscribedAppId: appId };
  engine.execute(app);
  const created = engine.execute<CreatedNumber>(number);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const { phoneNumberId, wabaId } = created.reply;
  const events = (type: string): readonly WorldEvent[] =>
    engine.log.recent().flatMap(({ event }) => (event.type === type ? [event] : []));
  return {
    engine,
    phoneNumberId,
    wabaId,
    state: () => engine.world.phoneNumbers.get(phoneNumberId)?.state,
    pass: (durationMs) => {
      const until: EpochMs = plusMs(engine.nowMs, durationMs);
      while (engine.runNextDue(until));
      engine.moveTo(until);
    },
    does: (command) => engine.execute(command).kind,
    hears: (event) => {
      const say: Say = { type: 'say', event };
      engine.execute(say);
    },
    webhooks: () => events('webhook-emitted') as readonly WebhookEmitted[],
    events,
  };
}

const signup = (phoneNumberId: PhoneNumberId): CompleteSignup => ({
  type: 'complete-signup',
  phoneNumberId,
  history: 'shared',
});

describe('completing the signup', () => {
  it.each<[NumberState, string]>([
    ['fresh', 'accepted'],
    ['app-only', 'accepted'],
    ['disconnected', 'accepted'],
    ['offboarded', 'accepted'],
    ['coexistence', 'mistaken'],
    ['cloud-api', 'mistaken'],
  ])('from %s is %s', (state, outcome) => {
    const { does, phoneNumberId, state: now } = stage(state);
    expect(does(signup(phoneNumberId))).toBe(outcome);
    expect(now()).toBe(outcome === 'accepted' ? 'coexistence' : state);
  });

  it('hands the page a code and an event that names the account alone', () => {
    const { engine, phoneNumberId, wabaId } = stage('app-only');
    const outcome = engine.execute<SignupResult>(signup(phoneNumberId));
    if (outcome.kind !== 'accepted') throw new Error('The signup was not accepted.');
    expect(outcome.reply.sessionEvent).toEqual({
      data: { waba_id: wabaId },
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
      version: 3,
    });
    expect(engine.world.signupCodes.get(outcome.reply.code)).toMatchObject({ appId, wabaId, used: false });
    expect(engine.world.phoneNumbers.get(phoneNumberId)?.onboardedAtMs).toBe(startMs);
  });

  it('tells the partner, under the partner’s portfolio', () => {
    const { does, phoneNumberId, wabaId, webhooks, events } = stage('app-only');
    does({ ...signup(phoneNumberId), history: 'declined' });
    expect(webhooks().map(({ entryId, timeSeconds }) => [entryId, timeSeconds])).toEqual([
      [businessId, 1_760_000_000],
      [businessId, 1_760_000_000],
    ]);
    expect(webhooks().map(({ value }) => value)).toMatchObject([
      { event: 'PARTNER_ADDED', waba_info: { waba_id: wabaId } },
      { event: 'PARTNER_APP_INSTALLED', waba_info: { waba_id: wabaId, partner_app_id: appId } },
    ]);
    expect(events('signup-completed')).toMatchObject([{ phoneNumberId, appId, history: 'declined' }]);
  });

  it('needs an app', () => {
    const { does, phoneNumberId } = stage('app-only');
    expect(does({ ...signup(phoneNumberId), appId: '1' as AppId })).toBe('mistaken');
  });
});

describe('the heartbeat', () => {
  it.each([
    [inactivityMs - 1, 'coexistence'],
    [inactivityMs, 'disconnected'],
    [13 * dayMs, 'coexistence'],
  ])('after %i ms without the phone the number is %s', (idleMs, expected) => {
    const { pass, state } = stage('coexistence');
    pass(idleMs);
    expect(state()).toBe(expected);
  });

  it('is kept by a number that came by signup, too', () => {
    const { does, pass, phoneNumberId, state, webhooks } = stage('app-only');
    pass(20 * dayMs);
    does(signup(phoneNumberId));
    pass(inactivityMs - 1);
    expect(state()).toBe('coexistence');
    pass(1);
    expect(state()).toBe('disconnected');
    expect(webhooks().at(-1)?.value).toMatchObject({
      event: 'PARTNER_REMOVED',
      disconnection_info: { reason: 'PRIMARY_INACTIVITY', initiated_by: 'SYSTEM' },
    });
  });

  const echo = (id: PhoneNumberId, over: Partial<EchoSent> = {}): EchoSent =>
    ({ type: 'echo-sent', phoneNumberId: id, what: 'message', device: 'phone', ...over }) as EchoSent;
  it.each<[string, boolean, (staged: Stage) => void]>([
    ['opening the app', true, (s) => s.does({ type: 'open-app', phoneNumberId: s.phoneNumberId })],
    ['a message typed on the phone', true, (s) => s.hears(echo(s.phoneNumberId))],
    ['a message from WhatsApp Web', false, (s) => s.hears(echo(s.phoneNumberId, { device: 'web' }))],
    ['an away message', false, (s) => s.hears(echo(s.phoneNumberId, { automatic: 'away' }))],
    [
      'a status',
      true,
      (s) => s.hears({ type: 'stayed-in-the-app', phoneNumberId: s.phoneNumberId, what: 'status' }),
    ],
  ])('%s counts as use: %s', (_what, counts, use) => {
    const staged = stage('coexistence');
    staged.pass(10 * dayMs);
    use(staged);
    staged.pass(inactivityMs - 1);
    expect(staged.state()).toBe(counts ? 'coexistence' : 'disconnected');
    staged.pass(1);
    expect(staged.state()).toBe('disconnected');
  });

  it('is one only, however often the connection began anew', () => {
    const { does, engine, events, pass, phoneNumberId, state } = stage('coexistence');
    does({ type: 'change-device', phoneNumberId, staysConnected: true });
    pass(reconnectAfterMs);
    pass(inactivityMs - 1);
    expect(state()).toBe('coexistence');
    pass(1);
    expect(state()).toBe('disconnected');
    expect(engine.nextDueMs()).toBeUndefined();
    // One check of the first connection, which is moot, and one of the second.
    expect(
      events('command-due').filter((due) => 'command' in due && due.command === 'check-heartbeat'),
    ).toHaveLength(2);
  });

  it.each<[NumberState, string]>([
    ['app-only', 'accepted'],
    ['disconnected', 'accepted'],
    ['fresh', 'mistaken'],
    ['cloud-api', 'mistaken'],
  ])('opening the app of a number that is %s is %s', (state, outcome) => {
    const { does, phoneNumberId } = stage(state);
    expect(does({ type: 'open-app', phoneNumberId })).toBe(outcome);
  });
});

describe('webhooks that stop early', () => {
  const early = { webhooksStopEarly: true };

  it.each([
    [webhooksStopMs - 1, {}, 0],
    [webhooksStopMs, {}, 0],
    [webhooksStopMs - 1, early, 0],
    [webhooksStopMs, early, 1],
    [inactivityMs - 1, early, 1],
  ])('after %i ms with %o: %i pauses', (idleMs, behaviour, pauses) => {
    const { events, pass, state } = stage('coexistence', behaviour);
    pass(idleMs);
    expect(events('webhooks-paused')).toHaveLength(pauses);
    expect(state()).toBe('coexistence');
  });

  it('flow again when the app is opened, and the link lives on', () => {
    const { does, events, pass, phoneNumberId, state } = stage('coexistence', early);
    pass(webhooksStopMs);
    does({ type: 'open-app', phoneNumberId });
    does({ type: 'open-app', phoneNumberId });
    expect(events('webhooks-resumed')).toHaveLength(1);
    pass(webhooksStopMs);
    expect(events('webhooks-paused')).toHaveLength(2);
    expect(state()).toBe('coexistence');
  });

  it('flow again after a new signup', () => {
    const { does, events, pass, phoneNumberId } = stage('coexistence', early);
    pass(inactivityMs);
    expect(events('webhooks-resumed')).toHaveLength(0);
    does(signup(phoneNumberId));
    expect(events('webhooks-resumed')).toHaveLength(1);
  });
});

describe('leaving', () => {
  it.each<[DisconnectionReason, string]>([
    ['PRIMARY_INACTIVITY', 'SYSTEM'],
    ['COMPANION_INACTIVITY', 'SYSTEM'],
    ['BUSINESS_DOWNGRADE', 'USER'],
    ['ACCOUNT_DISCONNECTED', 'USER'],
    ['CHANGE_NUMBER', 'USER'],
    ['USER_RE_REGISTERED', 'USER'],
  ])('for %s is initiated by %s', (reason, initiator) => {
    const { does, phoneNumberId, webhooks, state } = stage('coexistence');
    does({ type: 'leave-coexistence', phoneNumberId, reason });
    expect(webhooks()[0]?.value).toMatchObject({
      disconnection_info: { reason, initiated_by: initiator },
    });
    expect(state()).toBe('disconnected');
  });

  it.each<[LeaveCoexistence['reason'], 'USER' | 'SYSTEM', string]>([
    ['ACCOUNT_DISCONNECTED', 'SYSTEM', 'accepted'],
    ['ACCOUNT_DISCONNECTED', 'USER', 'accepted'],
    ['CHANGE_NUMBER', 'SYSTEM', 'mistaken'],
    ['PRIMARY_INACTIVITY', 'USER', 'mistaken'],
  ])('for %s by %s is %s', (reason, initiatedBy, outcome) => {
    const { does, phoneNumberId } = stage('coexistence');
    expect(does({ type: 'leave-coexistence', phoneNumberId, reason, initiatedBy })).toBe(outcome);
  });

  it.each<[NumberState, string]>([
    ['coexistence', 'accepted'],
    ['offboarded', 'accepted'],
    ['app-only', 'mistaken'],
    ['disconnected', 'mistaken'],
    ['cloud-api', 'mistaken'],
  ])('a number that is %s is %s', (state, outcome) => {
    const { does, phoneNumberId } = stage(state);
    expect(does({ type: 'leave-coexistence', phoneNumberId, reason: 'CHANGE_NUMBER' })).toBe(outcome);
  });

  it.each<[Partial<Behaviour>, unknown]>([
    [{}, undefined],
    [
      { appDisconnectReason: 'account-disconnected' },
      { reason: 'ACCOUNT_DISCONNECTED', initiated_by: 'USER' },
    ],
    [{ appDisconnectReason: 'account-disconnected', disconnectionInfo: false }, undefined],
  ])('in the app, with %o, says %o', (behaviour, info) => {
    const { does, phoneNumberId, webhooks } = stage('coexistence', behaviour);
    does({ type: 'disconnect-in-app', phoneNumberId });
    const value = webhooks()[0]?.value as Record<string, unknown>;
    expect(value['event']).toBe('PARTNER_REMOVED');
    expect(value['disconnection_info']).toEqual(info);
  });

  it('in the app, from elsewhere, is a mistake', () => {
    const { does, phoneNumberId } = stage('offboarded');
    expect(does({ type: 'disconnect-in-app', phoneNumberId })).toBe('mistaken');
  });

  it('has two shapes', () => {
    const byReference = stage('coexistence');
    const byPage = stage('coexistence', { partnerRemovedShape: 'phone-number' });
    for (const { does, phoneNumberId } of [byReference, byPage])
      does({ type: 'disconnect-in-app', phoneNumberId });
    expect(byReference.webhooks()[0]).toMatchObject({
      entryId: businessId,
      value: { waba_info: { waba_id: byReference.wabaId } },
    });
    expect(byPage.webhooks()[0]).toMatchObject({
      entryId: byPage.wabaId,
      value: { phone_number: byPage.engine.world.phoneNumbers.get(byPage.phoneNumberId)?.waId },
    });
  });
});

describe('changing the device', () => {
  const change = (phoneNumberId: PhoneNumberId, staysConnected: boolean): ChangeDevice => ({
    type: 'change-device',
    phoneNumberId,
    staysConnected,
  });

  it.each([
    [true, reconnectAfterMs - 1, 'offboarded', ['ACCOUNT_OFFBOARDED']],
    [true, reconnectAfterMs, 'coexistence', ['ACCOUNT_OFFBOARDED', 'ACCOUNT_RECONNECTED']],
    [false, 30 * dayMs, 'offboarded', ['ACCOUNT_OFFBOARDED']],
  ])('with the opt-in %s, after %i ms: %s', (stays, afterMs, expected, said) => {
    const { does, pass, phoneNumberId, state, wabaId, webhooks } = stage('coexistence');
    does(change(phoneNumberId, stays));
    pass(afterMs);
    expect(state()).toBe(expected);
    expect(webhooks().map(({ value }) => value)).toEqual(said.map((event) => ({ event })));
    expect(webhooks().map(({ entryId }) => entryId)).toEqual(said.map(() => wabaId));
  });

  it('begins no new onboarding', () => {
    const { does, engine, pass, phoneNumberId } = stage('app-only');
    does(signup(phoneNumberId));
    pass(dayMs);
    does(change(phoneNumberId, true));
    pass(reconnectAfterMs);
    expect(engine.world.phoneNumbers.get(phoneNumberId)).toMatchObject({
      state: 'coexistence',
      onboardedAtMs: startMs,
    });
  });

  it('does not come back where somebody else ended it meanwhile', () => {
    const { does, pass, phoneNumberId, state } = stage('coexistence');
    does(change(phoneNumberId, true));
    does({ type: 'leave-coexistence', phoneNumberId, reason: 'USER_RE_REGISTERED' });
    pass(reconnectAfterMs);
    expect(state()).toBe('disconnected');
  });

  it('does not come back for an opt-in that was given the time before', () => {
    const { does, pass, phoneNumberId, state } = stage('coexistence');
    does(change(phoneNumberId, true));
    pass(60_000);
    does(signup(phoneNumberId));
    does(change(phoneNumberId, false));
    pass(reconnectAfterMs);
    expect(state()).toBe('offboarded');
  });

  it('is for numbers in coexistence', () => {
    const { does, phoneNumberId } = stage('app-only');
    expect(does(change(phoneNumberId, true))).toBe('mistaken');
  });
});

it('emits what the contract describes, in every shape', () => {
  const validate = webhookValidator('account_update');
  for (const behaviour of [
    {},
    { partnerRemovedShape: 'phone-number' as const },
    { disconnectionInfo: false },
    { appDisconnectReason: 'account-disconnected' as const },
  ]) {
    const { does, pass, phoneNumberId, webhooks } = stage('app-only', behaviour);
    does(signup(phoneNumberId));
    does({ type: 'change-device', phoneNumberId, staysConnected: true });
    pass(reconnectAfterMs);
    does({ type: 'disconnect-in-app', phoneNumberId });
    does(signup(phoneNumberId));
    pass(inactivityMs);
    expect(webhooks()).toHaveLength(8);
    for (const { value } of webhooks()) expect(validate(value)).toEqual([]);
  }
});
