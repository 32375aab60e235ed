import { describe, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import type { Behaviour } from '../../core/behaviour.ts';
import type { AccessToken, AppId, WabaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { epochMs, plusMs } from '../../core/time.ts';
import { createWorld, type World } from '../../core/world.ts';
import { debugToken } from './decide.ts';
import { pacificTime, renderReport } from './wire.ts';

const startMs = epochMs(Date.UTC(2026, 3, 14, 13, 32, 31));
const [app, otherApp] = ['670843887433847', '770843887433848'] as [AppId, AppId];
const wabaId = '102290129340398' as WabaId;
const signupToken = 'EAAsignup' as AccessToken;
const adminToken = 'EAAadmin' as AccessToken;

function stage(behaviour: Partial<Behaviour> = {}): World {
  const world = createWorld('debug', behaviour);
  for (const id of [app, otherApp])
    world.apps.set(id, {
      id,
      name: `App ${id}`,
      secret: `secret-${id}`,
      businessId: id as never,
      fields: [],
    });
  const grant = { appId: app, scopes: ['whatsapp_business_messaging'], issuedAtMs: startMs };
  const expiresAtMs = plusMs(startMs, 1_000);
  world.tokens.set(signupToken, { ...grant, kind: 'business-integration', wabaIds: [wabaId], expiresAtMs });
  world.tokens.set(adminToken, { ...grant, kind: 'system-user' });
  return world;
}

const appToken = `${app}|secret-${app}`;

function ask(inputToken: string, callerToken = appToken, afterMs = 0, world = stage()): JsonObject {
  const decision = debugToken(
    world,
    { type: 'debug-token', inputToken, callerToken },
    plusMs(startMs, afterMs),
  );
  if (decision.kind !== 'accepted') throw new Error(JSON.stringify(decision));
  const answer = renderReport(decision.reply);
  expect(responseValidator('debug-token')(answer)).toEqual([]);
  return answer;
}

describe('a token that is valid', () => {
  it('of a signup reaches one account', () => {
    expect(ask(signupToken)).toMatchObject({
      data: {
        app_id: app,
        type: 'SYSTEM_USER',
        application: `App ${app}`,
        expires_at: 1_776_173_552,
        issued_at: 1_776_173_551,
        is_valid: true,
        granular_scopes: [{ scope: 'whatsapp_business_messaging', target_ids: [wabaId] }],
      },
    });
  });

  it('of a system user reaches every account, for ever', () => {
    const { data } = ask(adminToken);
    expect(data).toMatchObject({
      expires_at: 0,
      granular_scopes: [{ scope: 'whatsapp_business_messaging' }],
    });
    expect(JSON.stringify(data)).not.toContain('target_ids');
  });

  it('of an app has no scopes', () => {
    expect(ask(appToken)).toMatchObject({ data: { type: 'APP', is_valid: true, scopes: [] } });
  });
});

describe('a token that is not', () => {
  it('is told as such, with HTTP 200', () => {
    expect(ask('EAAnone')).toEqual({
      data: {
        error: { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' },
        is_valid: false,
        scopes: [],
      },
    });
  });

  it.each([
    [999, true],
    [1_000, false],
  ])('any more, %i ms on: valid %s', (afterMs, valid) => {
    expect(ask(signupToken, appToken, afterMs)).toMatchObject({ data: { is_valid: valid } });
  });

  it('says since when', () => {
    expect(ask(signupToken, appToken, 2_000)).toMatchObject({
      data: {
        error: {
          subcode: 463,
          message:
            'Error validating access token: Session has expired on Tuesday, 14-Apr-26 05:32:32 PST. The current time is Tuesday, 14-Apr-26 05:32:33 PST.',
        },
      },
    });
  });

  it('prints the day before where Meta’s clock is still there', () => {
    expect(pacificTime(epochMs(Date.UTC(2026, 0, 1, 7, 59, 59)))).toBe('Wednesday, 31-Dec-25 23:59:59 PST');
  });
});

describe('who may ask', () => {
  it.each([
    ['the app, by its secret', appToken, true],
    ['the token itself', signupToken, true],
    ['another token of the app', adminToken, false],
    ['another app', `${otherApp}|secret-${otherApp}`, false],
    ['a wrong secret', `${app}|guess`, false],
    ['nobody', '', false],
  ])('%s: %s', (_who, callerToken, may) => {
    const decision = debugToken(
      stage(),
      { type: 'debug-token', inputToken: signupToken, callerToken },
      startMs,
    );
    expect(decision.kind).toBe(may ? 'accepted' : 'refused');
  });

  it('is anybody where any token may call', () => {
    expect(ask(signupToken, 'whoever', 0, stage({ tokens: 'any' }))).toMatchObject({
      data: { is_valid: true },
    });
  });
});
