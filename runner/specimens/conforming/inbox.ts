/** The inbox without its doors: what webhooks do, and what can be asked. */
import { createBot } from './bot.ts';
import { createClock } from './clock.ts';
import type { Conduct } from './conduct.ts';
import { createConnections, type Connections } from './connection.ts';
import { createContacts } from './contacts.ts';
import { createConversations } from './conversations.ts';
import { createCustomers, type Customers } from './customers.ts';
import { createGraphClient } from './graph-client.ts';
import { createHistoryImport } from './history-import.ts';
import { createInboxStore, type InboxStore } from './inbox-store.ts';
import { createLanes } from './lanes.ts';
import { createRouting } from './routing.ts';
import { createSender } from './sender.ts';
import type { Settings } from './settings.ts';
import { createSignup, type Signup } from './signup.ts';
import { createSyncs, type Syncs } from './sync.ts';
import type { Webhook } from './wire.ts';

export interface Inbox {
  /** Queues the work of a webhook; returns before it is done. */
  take(webhook: Webhook): void;
  readonly store: InboxStore;
  readonly customers: Customers;
  readonly connections: Connections;
  readonly syncs: Syncs;
  readonly signup: Signup;
  /** Resolves when all work is done, replies included. */
  settled(): Promise<void>;
}

/** @param report - told of errors that no caller waits for */
export function createInbox(
  settings: Settings,
  conduct: Conduct,
  report: (error: unknown) => void = console.error,
): Inbox {
  const { pacing } = settings;
  const clock = createClock();
  const lanes = createLanes(report);
  const store = createInboxStore();
  const customers = createCustomers((from, to) =>
    lanes.run(`merge/${to.key}`, () => store.move(to.phoneNumberId, from.key, to.key)),
  );
  const connections = createConnections(settings.token);
  const syncs = createSyncs();
  const graph = createGraphClient(settings.graphBaseUrl, pacing.graphTimeoutMs);
  const sender = createSender({
    conduct,
    clock,
    connections,
    graph,
    store,
    firstRetryMs: pacing.firstRetryMs,
  });
  const bot = createBot({ conduct, lanes, sender, syncs, thinkingMs: pacing.thinkingMs });
  const { appId, appSecret } = settings;
  const signup = createSignup({ conduct, graph, connections, syncs, appId, appSecret });
  const ask = (phoneNumberId: string, type: 'smb_app_state_sync' | 'history'): void =>
    lanes.run(`sync/${phoneNumberId}`, () => signup.ask(phoneNumberId, type));
  const take = createRouting({
    conduct,
    clock,
    lanes,
    connections,
    conversations: createConversations({ conduct, clock, store, customers, bot, report }),
    history: createHistoryImport({ conduct, store, customers, syncs, bot, ask }),
    contacts: createContacts(conduct, customers, syncs),
    ask,
  });
  return { take, store, customers, connections, syncs, signup, settled: () => lanes.settled() };
}
