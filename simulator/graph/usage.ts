/** How many management calls each account has had in the last hour, and what happens beyond the most it may have. */
import type { Refusal } from '../core/decision.ts';
import type { GraphEdge } from '../core/feature.ts';
import type { WabaId } from '../core/identifiers.ts';
import type { EpochMs } from '../core/time.ts';
import type { ReadonlyWorld } from '../core/world.ts';

const minuteMs = 60_000;
const hourMinutes = 60;

/** Of accounts without a registered number. @see Meta: WhatsApp Business Management API, rate limits (documented) */
const mostOfInactive = 200;

/** @see Meta: support/error-codes (documented); the text as Graph has it at large (assumed) */
const tooManyCalls = (edge: GraphEdge): Refusal => ({
  code: edge.edge === 'message_templates' ? 80_008 : 80_007,
  httpStatus: 400,
  message:
    'There have been too many calls to this WhatsApp Business account. Wait a bit and try again. For more info, ' +
    'please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.',
  evidence: 'documented',
  source: 'Meta: support/error-codes; graph-api/overview/rate-limiting',
});

/** Calls by the minute, the oldest first; at most an hour of them. */
type Minutes = { readonly minute: number; calls: number }[];

/** What a call adds to its account, and says about it. */
export interface Counted {
  readonly header: readonly [string, string];
  readonly refusal?: Refusal;
}

/** Counts one call that is allowed; `wabaId` is missing where the node belongs to no account. */
export type CountCall = (
  world: ReadonlyWorld,
  edge: GraphEdge,
  wabaId: WabaId | undefined,
  nowMs: EpochMs,
) => Counted;

/** Where no account is concerned, it is the app whose use is told. Nothing is known of its figures (assumed: none). */
const appUsage: Counted = {
  header: ['x-app-usage', '{"call_count":0,"total_cputime":0,"total_time":0}'],
};

/**
 * Counts are no part of the world: they say who asked, not what happened, and go with the process.
 *
 * Messages are not counted; their limit is the number's throughput (documented).
 */
export function createUsage(): CountCall {
  const worlds = new WeakMap<object, Map<WabaId, Minutes>>();
  const minutesOf = (world: ReadonlyWorld, wabaId: WabaId): Minutes => {
    let accounts = worlds.get(world);
    if (!accounts) worlds.set(world, (accounts = new Map<WabaId, Minutes>()));
    let minutes = accounts.get(wabaId);
    if (!minutes) accounts.set(wabaId, (minutes = []));
    return minutes;
  };
  const messaging = new Map<WabaId, Counted>();

  return (world, edge, wabaId, nowMs) => {
    if (wabaId === undefined) return appUsage;
    if (edge.permission !== 'whatsapp_business_management') {
      let counted = messaging.get(wabaId);
      if (!counted) keep(messaging, wabaId, (counted = { header: headerOf(wabaId, 'whatsapp', 0, 0) }));
      return counted;
    }
    const minutes = minutesOf(world, wabaId);
    const minute = Math.floor(nowMs / minuteMs);
    while (minutes[0] && minutes[0].minute <= minute - hourMinutes) minutes.shift();
    const last = minutes.at(-1);
    if (last?.minute === minute) last.calls += 1;
    else minutes.push({ minute, calls: 1 });
    const calls = minutes.reduce((sum, one) => sum + one.calls, 0);
    const most = mostOf(world, wabaId);
    const isOver = calls > most;
    const wait = isOver ? (minutes[0]?.minute ?? minute) + hourMinutes - minute : 0;
    const percent = Math.min(100, Math.floor((100 * calls) / most));
    const header = headerOf(wabaId, 'whatsapp_business_management', percent, wait);
    return isOver ? { header, refusal: tooManyCalls(edge) } : { header };
  };
}

/** A simulator may see any number of accounts in its life; what is made anew costs little. */
const mostRemembered = 10_000;
function keep(known: Map<WabaId, Counted>, wabaId: WabaId, counted: Counted): void {
  if (known.size >= mostRemembered) known.clear();
  known.set(wabaId, counted);
}

function mostOf(world: ReadonlyWorld, wabaId: WabaId): number {
  const { managementCallsAnHour } = world.behaviour;
  for (const number of world.phoneNumbers.values())
    if (number.wabaId === wabaId) return managementCallsAnHour;
  return Math.min(managementCallsAnHour, mostOfInactive);
}

/**
 * Percentages of what an hour may hold, and minutes until there is room again. Time and processor time are told as the
 * calls are (assumed).
 *
 * @see Meta: OpenAPI v23.0, `components.headers` (documented)
 */
const headerOf = (wabaId: WabaId, type: string, percent: number, waitMinutes: number): [string, string] => [
  'x-business-use-case-usage',
  JSON.stringify({
    [wabaId]: [
      {
        type,
        call_count: percent,
        total_cputime: percent,
        total_time: percent,
        estimated_time_to_regain_access: waitMinutes,
      },
    ],
  }),
];
