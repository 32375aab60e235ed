/**
 * Warns its operator when the phone has been silent for too long: by its own clock and timers, and with no idea that
 * either could be moved.
 *
 * WATCHFUL_DAYS: after how many days (12). HOOK=1: its clock is set by `POST /clock`, as systems with a test clock do it.
 */
import { createServer, type IncomingMessage } from 'node:http';

const { PORT, GRAPH_API_BASE_URL = '', WHATSAPP_TOKEN = '', WATCHFUL_DAYS = '12', HOOK } = process.env;
const dayMs = 86_400_000;
const lookEveryMs = 100;

let aheadMs = 0;
const now = (): number => Date.now() + aheadMs;

interface Watched {
  readonly operator: string;
  lastSeenMs: number;
  warned: boolean;
}

/** By the number's id; the operator is whoever wrote to it first. */
const watched = new Map<string, Watched>();

setInterval(() => {
  for (const [phoneNumberId, one] of watched) {
    if (one.warned || now() - one.lastSeenMs < Number(WATCHFUL_DAYS) * dayMs) continue;
    one.warned = true;
    void warn(phoneNumberId, one.operator);
  }
}, lookEveryMs);

async function warn(phoneNumberId: string, to: string): Promise<void> {
  const response = await fetch(`${GRAPH_API_BASE_URL}/v23.0/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${WHATSAPP_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to,
      type: 'text',
      text: { body: 'Open WhatsApp on the phone: it has been silent for days.' },
    }),
  });
  await response.arrayBuffer();
}

interface Change {
  readonly field: string;
  readonly value: {
    readonly metadata?: { readonly phone_number_id: string };
    readonly messages?: readonly { readonly from: string }[];
  };
}

function take(body: string): void {
  const { entry } = JSON.parse(body) as {
    readonly entry: readonly { readonly changes: readonly Change[] }[];
  };
  for (const { field, value } of entry.flatMap(({ changes }) => changes)) {
    const id = value.metadata?.phone_number_id;
    if (id === undefined) continue;
    const [message] = field === 'messages' ? (value.messages ?? []) : [];
    if (message && !watched.has(id))
      watched.set(id, { operator: message.from, lastSeenMs: now(), warned: false });
    const one = watched.get(id);
    // What is typed on the phone shows that it is in use.
    if (field === 'smb_message_echoes' && one) one.lastSeenMs = now();
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

createServer((request, response) => {
  void read(request).then((body) => {
    if (HOOK !== undefined && request.url === '/clock') {
      const { now: told } = JSON.parse(body) as { readonly now: string | null };
      aheadMs = told === null ? 0 : Date.parse(told) - Date.now();
    } else if (request.method === 'POST') {
      take(body);
    }
    response.end();
  });
}).listen(Number(PORT), '127.0.0.1');
