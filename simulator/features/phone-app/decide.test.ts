import { describe, expect, it } from 'vitest';
import { createEngine } from '../../core/engine.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { PhoneNumberId, WaId } from '../../core/identifiers.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { PhoneAppCommand } from './events.ts';
import { phoneAppFeature } from './feature.ts';

const customer = '16505551234' as WaId;
const phone = '1' as PhoneNumberId;

function does(state: NumberState, command: PhoneAppCommand): { outcome: string; wrote: unknown[] } {
  const engine = createEngine(createWorld('phone'), [furniture, phoneAppFeature], epochMs(0));
  const create: CreateNumber = { type: 'create-number', state, country: 'US' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const { phoneNumberId } = created.reply;
  const before = engine.log.length;
  const outcome = engine.execute({ ...command, phoneNumberId } as PhoneAppCommand);
  return {
    outcome: outcome.kind === 'refused' ? outcome.refusal.message : outcome.kind,
    wrote: engine.log
      .recent()
      .slice(before)
      .map(({ event }) => event),
  };
}

describe('what stays in the app', () => {
  it.each<[PhoneAppCommand, string]>([
    [{ type: 'send-to-group-from-app', phoneNumberId: phone, text: 'a' }, 'group-message'],
    [{ type: 'post-status', phoneNumberId: phone, text: 'a' }, 'status'],
    [{ type: 'call-from-app', phoneNumberId: phone, to: customer, video: false }, 'voice-call'],
    [{ type: 'call-from-app', phoneNumberId: phone, to: customer, video: true }, 'video-call'],
  ])('%o is written down as %s, and no webhook leaves', (command, what) => {
    const { outcome, wrote } = does('coexistence', command);
    expect(outcome).toBe('accepted');
    expect(wrote).toMatchObject([{ type: 'stayed-in-the-app', what }]);
  });

  it.each<[NumberState, string]>([
    ['app-only', 'accepted'],
    ['disconnected', 'accepted'],
    ['offboarded', 'accepted'],
    ['fresh', 'mistaken'],
    ['cloud-api', 'mistaken'],
  ])('on a number that is %s is %s', (state, outcome) => {
    expect(does(state, { type: 'post-status', phoneNumberId: phone, text: 'a' }).outcome).toBe(outcome);
  });
});

describe('what coexistence turns off', () => {
  const live: PhoneAppCommand = { type: 'turn-on-in-app', phoneNumberId: phone, feature: 'live-location' };
  const list: PhoneAppCommand = { type: 'broadcast', phoneNumberId: phone, to: [customer], text: 'a' };
  const denied = /can't be used while this number is connected/;

  it.each<[PhoneAppCommand, NumberState, RegExp]>([
    [live, 'coexistence', denied],
    [live, 'offboarded', denied],
    [live, 'app-only', /^accepted$/],
    [live, 'disconnected', /^accepted$/],
    [live, 'cloud-api', /^mistaken$/],
    [list, 'coexistence', denied],
    [list, 'offboarded', denied],
    [list, 'app-only', /^accepted$/],
    [list, 'fresh', /^mistaken$/],
  ])('%o on a number that is %s: %s', (command, state, outcome) => {
    const answer = does(state, command);
    expect(answer.outcome).toMatch(outcome);
    expect(answer.wrote).toHaveLength(answer.outcome === 'accepted' ? 1 : 0);
  });
});
