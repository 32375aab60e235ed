/** The inbox without its doors: what webhooks do, and what can be asked. */
import { createBot } from './bot.ts';
import { createClock } from './clock.ts';
import type { Conduct } from './conduct.ts';
import { createConnections, type Connections } from './connection.ts';
import { createContacts } from './contacts.ts';
import { createConversations } from './conversations.ts';
import { createCustomers, type Customer, type Customers } from './customers.ts';
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
  /** Whether the inbox sent that message itself. */
  readonly isOurs: (wamid: string) => boolean;
  /** What Graph says of a number's quality. */
  readonly look: (phoneNumberId: string) => Promise<unknown>;
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
  const customers = createCustomers(conduct, (from, to) =>
    lanes.run(`merge/${to.key}`, () => store.move(to.phoneNumberId, from.key, to.key)),
  );
  const connections = createConnections(settings.token, conduct);
  const syncs = createSyncs(conduct);
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
  const forget = (customer: Customer): void =>
    lanes.run(`forget/${customer.key}`, () => store.forget(customer.phoneNumberId, customer.key));
  const isImporting = (phoneNumberId: string): boolean =>
    syncs.of(phoneNumberId, 'history').state === 'running';
  const take = createRouting({
    conduct,
    clock,
    lanes,
    connections,
    conversations: createConversations({ conduct, clock, store, customers, bot, isImporting, report }),
    history: createHistoryImport({ conduct, store, customers, syncs, bot, ask }),
    contacts: createContacts({ conduct, customers, syncs, bot, forget }),
    ask,
    forgetAll: (phoneNumberId) => customers.of(phoneNumberId).forEach(forget),
  });
  const look = (phoneNumberId: string): Promise<unknown> => {
    const token = connections.accountOf(phoneNumberId)?.token ?? settings.token;
    return graph.get(phoneNumberId, { fields: 'quality_rating' }, token);
  };
  const parts = { store, customers, connections, syncs, signup };
  return { take, isOurs: sender.isOurs, look, ...parts, settled: () => lanes.settled() };
}
