/** An inbox with a bot whose only memory is a log of facts. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import {
  accountOf,
  contactsState,
  conversation,
  historyState,
  isConnected,
  nameOf,
  type Shown,
} from './fold.ts';
import { createGraph } from './graph.ts';
import { createLog } from './log.ts';
import { createOutbox } from './outbox.ts';
import { completeSignup } from './signup.ts';
import { createWorker } from './worker.ts';

const env = (name: string): string => process.env[name] ?? '';
const app = { id: env('COEX_APP_ID'), secret: env('WHATSAPP_APP_SECRET') };
const log = createLog(process.env['LOG_FILE']);
const call = createGraph(env('GRAPH_API_BASE_URL'));
const enqueue = createWorker(log, createOutbox(log, call, env('WHATSAPP_TOKEN')));

const isGenuine = (body: Buffer, header: string): boolean => {
  const wanted = Buffer.from(`sha256=${createHmac('sha256', app.secret).update(body).digest('hex')}`);
  const given = Buffer.from(header);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

const shown = ({ id, author, atMs, text, blank, quotes, status, error, edited, gone }: Shown) => ({
  id,
  author,
  text,
  timestamp: atMs / 1_000,
  edited,
  deleted: gone,
  placeholder: blank,
  ...(status !== undefined && { status: status === 'played' ? 'read' : status }),
  ...(error !== undefined && { error }),
  ...(quotes !== undefined && { replyTo: quotes }),
});

/** What came of each code. */
const signups = new Map<string, Promise<readonly string[]>>();

const doors = new Hono();

doors.get('/hook', (context) =>
  context.req.query('hub.verify_token') === env('WHATSAPP_VERIFY_TOKEN')
    ? context.text(context.req.query('hub.challenge') ?? '')
    : context.text('no', 403),
);

doors.post('/hook', async (context) => {
  const body = Buffer.from(await context.req.arrayBuffer());
  if (!isGenuine(body, context.req.header('x-hub-signature-256') ?? '')) return context.text('no', 401);
  enqueue(JSON.parse(body.toString('utf8')));
  return context.text('taken');
});

doors.post('/connect', async (context) => {
  const { code, event } = await context.req.json<{
    readonly code?: string;
    readonly event?: { readonly data?: { readonly waba_id?: string } };
  }>();
  const account = event?.data?.waba_id;
  if (code === undefined || account === undefined) return context.json({ connected: [] });
  // A page that hands its code over twice has signed up once.
  const before = signups.get(code);
  const signup = before ?? completeSignup(log, call, app, code, account);
  signups.set(code, signup);
  return context.json({ connected: await signup });
});

doors.get('/lines/:line/with/:alias', (context) =>
  context.json(conversation(log.ofLine(context.req.param('line')), context.req.param('alias')).map(shown)),
);

doors.get('/lines/:line', (context) => {
  const facts = log.ofLine(context.req.param('line'));
  const connected = isConnected(log, accountOf(facts) ?? context.req.query('account'));
  return context.json({
    connected: connected ?? null,
    history: historyState(facts),
    contacts: contactsState(facts),
  });
});

doors.get('/lines/:line/names/:alias', (context) =>
  context.json({ name: nameOf(log.ofLine(context.req.param('line')), context.req.param('alias')) ?? null }),
);

serve({ fetch: doors.fetch, port: Number(env('PORT')), hostname: '127.0.0.1' });
