/** Sending: only where it may be, no faster than it may be, and never without a trace in the inbox. */
import type { Clock } from './clock.ts';
import type { Conduct } from './conduct.ts';
import type { Connections } from './connection.ts';
import type { Customer } from './customers.ts';
import type { Answer, GraphClient } from './graph-client.ts';
import type { Delivery, Failure, InboxStore } from './inbox-store.ts';
import { createBrakes, isPairLimit, type Brakes } from './throttling.ts';

export interface Reply {
  readonly text: string;
  /** Looked at right before each attempt: somebody may have answered meanwhile. */
  readonly isWanted: () => boolean;
}

export interface Sender {
  send(customer: Customer, reply: Reply): Promise<void>;
  /** Templates need no service window; what becomes of them is not looked at. */
  sendTemplate(customer: Customer, name: string): Promise<void>;
  /** Whether a message was sent from here. */
  readonly isOurs: (wamid: string) => boolean;
}

interface Parts {
  readonly conduct: Conduct;
  readonly clock: Clock;
  readonly connections: Connections;
  readonly graph: GraphClient;
  readonly store: InboxStore;
  readonly firstRetryMs: number;
}

type Outcome = Extract<Answer, { outcome: 'done' | 'lost' }> | (Answer & { readonly outcome: 'refused' });

export function createSender(parts: Parts): Sender {
  const brakes = createBrakes();
  const ours = new Set<string>();
  let unsent = 0;
  return {
    isOurs: (wamid) => ours.has(wamid),
    async send(customer, reply) {
      const outcome = await attempt(parts, brakes, customer, reply);
      if (!outcome) return;
      unsent += 1;
      const wamid = wamidOf(outcome);
      if (wamid !== undefined) ours.add(wamid);
      if (wamid !== undefined) parts.conduct.onSent(customer);
      await keep(parts, customer, reply.text, outcome, `unsent-${unsent}`);
    },
    async sendTemplate(customer, name) {
      const token = tokenFor(parts, customer);
      if (token === undefined) return;
      const template = { name, language: { code: 'en' } };
      const body = { ...addressOf(customer), type: 'template', template };
      await parts.graph.post(`${customer.phoneNumberId}/messages`, token, body);
    },
  };
}

/** @returns nothing if there is no reason to send any more */
async function attempt(
  parts: Parts,
  brakes: Brakes,
  customer: Customer,
  reply: Reply,
): Promise<Outcome | undefined> {
  const { phoneNumberId, key } = customer;
  for (let attempts = 0; ; attempts += 1) {
    await brakes.released(phoneNumberId, key);
    const token = permission(parts, customer, reply, attempts);
    if (token === undefined) return undefined;
    parts.conduct.onSend(customer, token);
    const body = { ...addressOf(customer), type: 'text', text: { body: reply.text } };
    const answer = await parts.graph.post(`${phoneNumberId}/messages`, token, body);
    noteOutage(parts, customer, answer);
    if (answer.outcome === 'lost' && parts.conduct.repeatsLost(attempts)) continue;
    if (answer.outcome !== 'refused') return answer;
    const waitMs = parts.conduct.retryWaitMs(answer.code, attempts, parts.firstRetryMs);
    if (waitMs === undefined) return answer;
    brakes.hold(isPairLimit(answer.code) ? key : phoneNumberId, waitMs);
  }
}

/** WhatsApp's servers have their bad minutes, which say nothing about the number. */
function noteOutage(parts: Parts, customer: Customer, answer: Answer): void {
  const account = parts.connections.accountOf(customer.phoneNumberId);
  const isOutage = answer.outcome === 'lost' || (answer.outcome === 'refused' && answer.status >= 500);
  if (account && isOutage) parts.conduct.onOutage(account);
}

/** @returns nothing where the number is not connected */
function tokenFor(parts: Parts, customer: Customer): string | undefined {
  const account = parts.connections.accountOf(customer.phoneNumberId);
  return account && parts.conduct.maySend(account) ? account.token : undefined;
}

/** @returns the token to send with, or nothing if now is not the time */
function permission(parts: Parts, customer: Customer, reply: Reply, attempts: number): string | undefined {
  const token = tokenFor(parts, customer);
  if (token === undefined || !parts.conduct.isStillWanted(reply.isWanted, attempts)) return undefined;
  const nowMs = parts.clock.nowMs(customer.phoneNumberId);
  if (!parts.conduct.isWindowOpen(customer.lastInboundMs, nowMs)) {
    customer.notices = [
      ...customer.notices,
      'Not answered: the service window is closed. Only a template may be sent.',
    ];
    return undefined;
  }
  return token;
}

/** Who hides the number is reached by user id, in a parameter of its own. */
const addressOf = (customer: Customer): Readonly<Record<string, unknown>> => ({
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  ...(customer.waId === undefined ? { recipient: customer.userId } : { to: customer.waId }),
});

async function keep(
  parts: Parts,
  customer: Customer,
  text: string,
  answer: Answer,
  localId: string,
): Promise<void> {
  await parts.store.keep({
    phoneNumberId: customer.phoneNumberId,
    wamid: wamidOf(answer) ?? localId,
    customer: customer.key,
    author: 'bot',
    kind: 'text',
    text,
    placeholder: false,
    sentAtMs: wholeSeconds(parts.clock.nowMs(customer.phoneNumberId)),
    ...resultOf(answer),
    edited: false,
    deleted: false,
    imported: false,
    reactions: {},
  });
}

function resultOf(answer: Answer): { delivery: Delivery; failure?: Failure } {
  switch (answer.outcome) {
    case 'done':
      return { delivery: 'accepted' };
    case 'refused':
      return { delivery: 'failed', failure: { code: answer.code, title: answer.title } };
    case 'lost':
      // It may have arrived. Sent once more, the customer might read it twice; a person decides.
      return { delivery: 'unconfirmed', failure: { code: 0, title: answer.reason } };
  }
}

function wamidOf(answer: Answer): string | undefined {
  if (answer.outcome !== 'done') return undefined;
  const messages = answer.body['messages'] as readonly { readonly id?: string }[] | undefined;
  return messages?.[0]?.id;
}

/** WhatsApp stamps in whole seconds; a finer stamp of ours would sort behind what came after it. */
const wholeSeconds = (instantMs: number): number => Math.floor(instantMs / 1000) * 1000;
