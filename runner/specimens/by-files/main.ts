/** An inbox with a bot that keeps everything in files, and writes it down before it says that it has it. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fastify from 'fastify';
import type { Message } from './chat.ts';
import { openDesk } from './desk.ts';
import { findSheet } from './people.ts';
import { startPostman } from './postman.ts';
import { takeIn, type Webhook } from './take-in.ts';

const { PORT, DATA_DIR, GRAPH_API_BASE_URL, WHATSAPP_TOKEN, WHATSAPP_VERIFY_TOKEN, WHATSAPP_APP_SECRET } =
  process.env;
const folder = DATA_DIR ?? mkdtempSync(path.join(tmpdir(), 'inbox-'));
const open = openDesk(folder);
const postman = startPostman(open, `${GRAPH_API_BASE_URL ?? ''}/v25.0`, WHATSAPP_TOKEN ?? '');

const server = fastify({ bodyLimit: 4 * 1024 * 1024 });
// The bytes as they came, for the signature is over them.
server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) =>
  done(null, bytes),
);

const sealed = (bytes: Buffer, seal: unknown): boolean => {
  const expected = `sha256=${createHmac('sha256', WHATSAPP_APP_SECRET ?? '')
    .update(bytes)
    .digest('hex')}`;
  const given = Buffer.from(typeof seal === 'string' ? seal : '');
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
};

server.get('/whatsapp', (request, reply) => {
  const asked = request.query as Readonly<Record<string, string | undefined>>;
  if (asked['hub.verify_token'] !== WHATSAPP_VERIFY_TOKEN) return reply.code(403).send('no');
  return reply.type('text/plain').send(asked['hub.challenge'] ?? '');
});

server.post('/whatsapp', (request, reply) => {
  const bytes = request.body as Buffer;
  if (!sealed(bytes, request.headers['x-hub-signature-256'])) return reply.code(401).send('no');
  const session = open();
  const questions = takeIn(session, JSON.parse(bytes.toString('utf8')) as Webhook);
  session.close();
  postman.accept(questions);
  return reply.send('ok');
});

const sides = { them: 'customer', us: 'phone', machine: 'bot' } as const;

const shown = (message: Message) => ({
  id: message.id,
  author: sides[message.side],
  text: message.body,
  timestamp: new Date(message.sentAt * 1_000).toISOString(),
  edited: message.editedAt !== undefined,
  deleted: message.removed === true,
  placeholder: message.hollow,
  ...(message.state !== undefined && { status: message.state.replace('played', 'read') }),
  ...(message.errorCode !== undefined && { error: message.errorCode }),
  ...(message.quoting !== undefined && { replyTo: message.quoting }),
});

server.get<{ Params: { line: string; who: string } }>('/chats/:line/:who', ({ params: { line, who } }) => {
  const session = open();
  const sheet = findSheet(session, line, who);
  if (sheet === undefined) return { messages: [], name: null };
  const name = session.drawer(line).book[sheet]?.name ?? null;
  return { messages: Object.values(session.chat(line, sheet).messages).map(shown), name };
});

server.get<{ Params: { line: string }; Querystring: { account?: string } }>('/lines/:line', (request) => {
  const session = open();
  const drawer = session.drawer(request.params.line);
  const account = drawer.account ?? request.query.account ?? '';
  return { state: session.knows(account) ? (session.account(account).away ? 'away' : 'here') : 'unheard' };
});

await server.listen({ port: Number(PORT), host: '127.0.0.1' });

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    if (DATA_DIR === undefined) rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
