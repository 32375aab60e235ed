/** A Graph API that writes down what it is asked and answers what it is told. For tests of the specimens alone. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedCall {
  readonly method: string;
  /** Without the version: `106540352242922/messages`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly token: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  readonly atMs: number;
}

export interface CannedAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface Recorder {
  readonly url: string;
  readonly calls: readonly RecordedCall[];
  /** Calls of one edge: the last part of the path. */
  to(edge: string): readonly RecordedCall[];
  /** The next calls of that edge are answered so, one after another. */
  answer(edge: string, ...answers: readonly CannedAnswer[]): void;
  close(): Promise<void>;
}

export const refusal = (code: number, status = 400): CannedAnswer => ({
  status,
  body: { error: { message: `(#${code}) Refused`, type: 'OAuthException', code } },
});

export async function startRecorder(): Promise<Recorder> {
  const calls: RecordedCall[] = [];
  const canned = new Map<string, CannedAnswer[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://graph');
      const path = url.pathname.replace(/^\/v\d+\.\d+\//, '');
      const text = Buffer.concat(chunks).toString();
      calls.push({
        method: request.method ?? '',
        path,
        query: Object.fromEntries(url.searchParams),
        token: request.headers.authorization?.replace('Bearer ', ''),
        body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
        atMs: performance.now(),
      });
      const answer = canned.get(edgeOf(path))?.shift() ?? usual(path, calls.length);
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    to: (edge) => calls.filter((call) => edgeOf(call.path) === edge),
    answer: (edge, ...answers) => void canned.set(edge, [...(canned.get(edge) ?? []), ...answers]),
    close: () => closed(server),
  };
}

const edgeOf = (path: string): string => path.split('/').at(-1) ?? '';

function usual(path: string, count: number): CannedAnswer {
  switch (edgeOf(path)) {
    case 'messages':
      return { status: 200, body: { messages: [{ id: `wamid.out${count}` }] } };
    case 'access_token':
      return { status: 200, body: { access_token: 'EAAsignup', token_type: 'bearer' } };
    case 'phone_numbers':
      return { status: 200, body: { data: [{ id: '106540352242922', is_on_biz_app: true }] } };
    case 'smb_app_data':
      return { status: 200, body: { messaging_product: 'whatsapp', request_id: `request-${count}` } };
    default:
      return { status: 200, body: { success: true } };
  }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
