/** “Keep as scenario”: what was done by hand, as a file that does it again. */
import { dropUnusedNames, writeScenario, type WrittenStep } from '../../scenarios/language/write.ts';
import type { Exchange, GraphExchange, WorldHandle } from '../index.ts';

/** What `remember` was given. */
type Played =
  | { readonly setup: Readonly<Record<string, unknown>> }
  | { readonly customer: string; readonly is: unknown }
  | { readonly step: Readonly<Record<string, unknown>>; readonly sent?: string; readonly exchanges: number };

/** Waits in the file are generous; whoever keeps it may tighten them. */
const within = '10s';

/**
 * A scenario of what was played in a world: its setup, its steps, and the calls that the system made in between, as
 * expectations. Messages that steps point at get names.
 */
export function keepAsScenario(world: WorldHandle): string {
  const played = world.played as readonly Played[];
  const setup = played.findLast((one) => 'setup' in one)?.setup ?? {};
  const since = played.findLastIndex((one) => 'setup' in one) + 1;
  const customers: Record<string, unknown> = {
    ...(setup['customers'] as Record<string, unknown> | undefined),
  };
  const names = new Map<string, string>();
  const steps: WrittenStep[] = [];
  const nameOf = new Map<unknown, string>(
    Object.entries(world.cast?.customers ?? {}).map(([name, { waId }]) => [waId, name]),
  );
  const calls = world.journal.since(0).filter(isSend);
  let seen = 0;
  const expectCalls = (until: number): void => {
    for (const call of calls) {
      if (call.number <= seen || call.number > until) continue;
      const to = nameOf.get(recipientOf(call));
      // Receipts are for nobody, and what was sent before the setup was for people who are not in it.
      if (to !== undefined) steps.push({ 'expect.call': { edge: call.edge, to, within } });
    }
    seen = Math.max(seen, until);
  };
  played.slice(since).forEach((one, index) => {
    if ('customer' in one) customers[one.customer] = one.is;
    if (!('step' in one)) return;
    expectCalls(one.exchanges);
    steps.push(named(one.step, one.sent, `message-${index + 1}`, names));
  });
  expectCalls(world.journal.newest);
  const { steps: _steps, scenario: _title, customers: _customers, ...rest } = setup;
  const kept = dropUnusedNames(steps, new Set(names.values()));
  return writeScenario({ scenario: 'What was done by hand', ...rest, customers, steps: kept });
}

const isSend = (exchange: Exchange): exchange is GraphExchange =>
  exchange.kind === 'graph' &&
  !exchange.byScenario &&
  exchange.method === 'POST' &&
  exchange.edge === 'messages' &&
  exchange.status < 300;

const recipientOf = ({ params }: GraphExchange): unknown => (params as { readonly to?: unknown }).to;

/** Wamids become names, and a message that was sent gets one. */
function named(
  step: Readonly<Record<string, unknown>>,
  sent: string | undefined,
  name: string,
  names: Map<string, string>,
): WrittenStep {
  const [[does, argument] = ['', {}]] = Object.entries(step);
  if (typeof argument !== 'object' || argument === null) return step;
  const text = Object.fromEntries<unknown>(
    Object.entries(argument as Record<string, unknown>).map(([key, value]) => [
      key,
      typeof value === 'string' ? (names.get(value) ?? value) : value,
    ]),
  );
  const known = (argument as { readonly as?: string }).as;
  if (sent !== undefined) names.set(sent, known ?? name);
  return { [does]: { ...text, ...(sent !== undefined && { as: known ?? name }) } };
}
