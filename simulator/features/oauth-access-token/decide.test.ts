import { describe, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import type { Behaviour } from '../../core/behaviour.ts';
import type { Command } from '../../core/decision.ts';
import { createEngine, type Engine, type Outcome } from '../../core/engine.ts';
import type { SignupCodeIssued } from '../../core/events.ts';
import { commands, type Feature, type GraphRequest } from '../../core/feature.ts';
import { furniture, type CreateApp, type IssueToken } from '../../core/furniture.ts';
import type { AccessToken, AppId, SignupCode, WabaId } from '../../core/identifiers.ts';
import { epochMs, plusMs } from '../../core/time.ts';
import { createWorld } from '../../core/world.ts';
import { codeLifeMs, tokenLifeMs, type IssuedToken } from './decide.ts';
import { oauthAccessTokenFeature } from './feature.ts';
import { parseToken, renderToken } from './wire.ts';

const startMs = epochMs(1_760_000_000_000);
const code = 'AQsecret' as SignupCode;
const wabaId = '102290129340398' as WabaId;
const [app, otherApp] = ['670843887433847', '770843887433848'] as [AppId, AppId];

const issuer: Feature = {
  name: 'issuer',
  commands: commands<Command & { type: 'issue-code'; event: SignupCodeIssued }>({
    'issue-code': (_world, { event }) => ({ kind: 'accepted', events: [event], reply: undefined }),
  }),
};

function stage(behaviour: Partial<Behaviour> = {}): Engine {
  const engine = createEngine(
    createWorld('oauth', behaviour),
    [furniture, issuer, oauthAccessTokenFeature],
    startMs,
  );
  for (const appId of [app, otherApp]) {
    const create: CreateApp = {
      type: 'create-app',
      appId,
      name: 'inbox',
      secret: `secret ${appId}`,
      fields: [],
    };
    engine.execute(create);
  }
  const event: SignupCodeIssued = {
    type: 'signup-code-issued',
    code,
    appId: app,
    wabaId,
    issuedAtMs: startMs,
  };
  engine.execute({ type: 'issue-code', event } as Command);
  return engine;
}

const request = (params: Record<string, string | number>): GraphRequest => ({
  method: 'GET',
  nodeId: '',
  token: '',
  params: { client_id: app, client_secret: `secret ${app}`, ...params },
});

const ask = (engine: Engine, params: Record<string, string | number>): Outcome<IssuedToken> =>
  engine.execute<IssuedToken>(parseToken(request(params)));

const codeOf = (outcome: Outcome): string =>
  outcome.kind === 'refused'
    ? [outcome.refusal.code, outcome.refusal.subcode].filter((part) => part !== undefined).join('/')
    : outcome.kind;

function replyOf(outcome: Outcome<IssuedToken>): IssuedToken {
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.reply;
}

describe('exchanging a code', () => {
  it.each([
    [0, 'accepted'],
    [codeLifeMs, 'accepted'],
    [codeLifeMs + 1, '100/36007'],
  ])('%i ms after it was issued: %s', (ageMs, outcome) => {
    const engine = stage();
    engine.moveTo(plusMs(startMs, ageMs));
    expect(codeOf(ask(engine, { code }))).toBe(outcome);
  });

  it('works once, and a used code is used rather than expired', () => {
    const engine = stage();
    expect(codeOf(ask(engine, { code }))).toBe('accepted');
    expect(codeOf(ask(engine, { code }))).toBe('100/36009');
    engine.moveTo(plusMs(startMs, codeLifeMs + 1));
    expect(codeOf(ask(engine, { code }))).toBe('100/36009');
  });

  it.each<[string, Record<string, string | number>, string]>([
    ['another code', { code: 'AQother' }, '100/36008'],
    [
      'an app that did not ask',
      { code, client_id: otherApp, client_secret: `secret ${otherApp}` },
      '100/36008',
    ],
    ['a wrong secret', { code, client_secret: 'guess' }, '1'],
    ['an unknown app', { code, client_id: '1' }, '101'],
    ['an app id that is none', { code, client_id: 'my-app' }, '101'],
    ['an app id as a number', { code, client_id: Number(app) }, 'accepted'],
    [
      'a redirect_uri, which the SDK’s code does not have',
      { code, redirect_uri: 'https://a.example/' },
      'accepted',
    ],
  ])('with %s', (_what, params, outcome) => {
    expect(codeOf(ask(stage(), params))).toBe(outcome);
  });

  it('spends nothing when it is refused', () => {
    const engine = stage();
    ask(engine, { code, client_secret: 'guess' });
    expect(codeOf(ask(engine, { code }))).toBe('accepted');
  });

  it.each<[Behaviour['signupTokenLife'], number | undefined]>([
    ['unlimited', undefined],
    ['60-days', 5_184_000],
  ])('gives a token for the account: %s', (signupTokenLife, expiresIn) => {
    const engine = stage({ signupTokenLife });
    const issued = replyOf(ask(engine, { code }));
    const grant = engine.world.tokens.get(issued.token);
    expect(grant).toMatchObject({ appId: app, kind: 'business-integration', wabaIds: [wabaId] });
    expect(grant?.expiresAtMs).toBe(expiresIn === undefined ? undefined : startMs + tokenLifeMs);
    expect(renderToken(issued)['expires_in']).toBe(expiresIn);
    expect(responseValidator('oauth-access-token')(renderToken(issued))).toEqual([]);
  });
});

describe('client_credentials', () => {
  it('gives the app’s token, the same each time', () => {
    const engine = stage();
    const first = replyOf(ask(engine, { grant_type: 'client_credentials' }));
    expect(first.token).toMatch(new RegExp(`^${app}\\|`));
    expect(replyOf(ask(engine, { grant_type: 'client_credentials' }))).toEqual(first);
    expect(engine.world.tokens.get(first.token)).toMatchObject({ kind: 'app', appId: app });
  });

  it('wants the secret', () => {
    expect(codeOf(ask(stage(), { grant_type: 'client_credentials', client_secret: '' }))).toBe('1');
  });
});

describe('fb_exchange_token', () => {
  const extend = (engine: Engine, token: string): Outcome<IssuedToken> =>
    ask(engine, { grant_type: 'fb_exchange_token', fb_exchange_token: token });

  it('gives a token of the same rights that lives for 60 days', () => {
    const engine = stage();
    const old = replyOf(ask(engine, { code }));
    const issued = replyOf(extend(engine, old.token));
    expect(issued.expiresInMs).toBe(tokenLifeMs);
    expect(issued.token).not.toBe(old.token);
    expect(engine.world.tokens.get(issued.token)).toMatchObject({ wabaIds: [wabaId] });
  });

  it.each([
    [tokenLifeMs - 1, 'accepted'],
    [tokenLifeMs, '190'],
  ])('takes a token that is %i ms old: %s', (ageMs, outcome) => {
    const engine = stage({ signupTokenLife: '60-days' });
    const old = replyOf(ask(engine, { code }));
    engine.moveTo(plusMs(startMs, ageMs));
    expect(codeOf(extend(engine, old.token))).toBe(outcome);
  });

  it('takes neither what is no token nor another app’s', () => {
    const engine = stage();
    const foreign: IssueToken = {
      type: 'issue-token',
      token: 'EAAforeign' as AccessToken,
      appId: otherApp,
      kind: 'system-user',
      scopes: [],
    };
    engine.execute(foreign);
    expect(codeOf(extend(engine, 'EAAnone'))).toBe('190');
    expect(codeOf(extend(engine, 'EAAforeign'))).toBe('190');
  });
});
