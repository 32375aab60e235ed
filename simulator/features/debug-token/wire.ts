/** `/debug_token` as JSON. */
import type { GraphRequest } from '../../core/feature.ts';
import { mintGraphId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { createRandom, hashSeed } from '../../core/random.ts';
import { hourMs, plusMs, toSeconds, type EpochMs } from '../../core/time.ts';
import type { Bearer } from '../oauth-access-token/events.ts';
import { expirySeconds, type TokenReport } from './decide.ts';
import type { DebugToken } from './events.ts';

export function parseDebugToken(request: GraphRequest): DebugToken {
  const inputToken = request.params['input_token'];
  return {
    type: 'debug-token',
    inputToken: typeof inputToken === 'string' ? inputToken : '',
    callerToken: request.token,
  };
}

/** The keys are as clients read them (observed); the forms of tokens that are none are assumed. */
export function renderReport(report: TokenReport): JsonObject {
  switch (report.kind) {
    case 'valid':
      return { data: describe(report.token, report.bearer) };
    case 'unknown':
      return invalid({ code: 190, message: 'Invalid OAuth access token - Cannot parse access token' });
    case 'expired':
      return invalid({
        code: 190,
        message: `Error validating access token: Session has expired on ${pacificTime(report.expiredAtMs)}. The current time is ${pacificTime(report.nowMs)}.`,
        subcode: 463,
      });
  }
}

const invalid = (error: JsonObject): JsonObject => ({ data: { error, is_valid: false, scopes: [] } });

function describe(token: string, bearer: Bearer): JsonObject {
  const { app, grant } = bearer;
  const shared = {
    app_id: app.id,
    application: app.name,
    expires_at: expirySeconds(bearer),
    is_valid: true,
    scopes: [...grant.scopes],
  };
  if (grant.kind === 'app') return { ...shared, type: 'APP' };
  return {
    ...shared,
    type: 'SYSTEM_USER',
    data_access_expires_at: 0,
    issued_at: grant.issuedAtMs === undefined ? 0 : toSeconds(grant.issuedAtMs),
    granular_scopes: grant.scopes.map((scope) => granular(scope, grant.wabaIds)),
    // Nobody else needs a system user, so one is made of the token it belongs to.
    user_id: mintGraphId(createRandom(hashSeed(token))),
  };
}

/** Without `target_ids` the scope reaches every account. */
const granular = (scope: string, wabaIds: readonly string[] | undefined): JsonObject => ({
  scope,
  ...(wabaIds && { target_ids: [...wabaIds] }),
});

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Tuesday, 14-Apr-26 05:32:31 PST`: as Meta's texts print an instant; always eight hours behind UTC here. */
export function pacificTime(instant: EpochMs): string {
  const there = new Date(plusMs(instant, -8 * hourMs));
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${two(there.getUTCDate())}-${months[there.getUTCMonth()] ?? ''}-${two(there.getUTCFullYear() % 100)}`;
  const time = [there.getUTCHours(), there.getUTCMinutes(), there.getUTCSeconds()].map(two).join(':');
  return `${weekdays[there.getUTCDay()] ?? ''}, ${day} ${time} PST`;
}
