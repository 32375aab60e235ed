/** Stands between a sender of webhooks and the system under test, and remembers, redacted, what went through. */
import type { IncomingMessage } from 'node:http';
import type { Capture } from './capture.ts';
import { describeCall, describeWebhook } from './describe.ts';
import { openDoor, type Door } from './door.ts';
import type { Passed } from './forward.ts';
import { fieldsOf, type Fields } from './json.ts';
import type { Person } from './people.ts';
import { readJsonBody, readParams } from './read-bytes.ts';
import type { Recorded, RecordedCall, RecordedWebhook } from './recording.ts';
import { createRedactor } from './redact.ts';
import { removed } from './stand-ins.ts';

export interface RecorderOptions {
  /** Where webhooks go. */
  readonly target: URL;
  /** 0: any free port. */
  readonly port: number;
  /** Where Graph calls go; missing: none are taken. */
  readonly graph?: { readonly target: URL; readonly port: number };
  /** Wall clock, milliseconds since the Unix epoch. */
  readonly nowMs: () => number;
  /** A line for each exchange, by its stand-ins. */
  readonly onLine: (line: string) => void;
  readonly capture?: Capture;
}

export interface Recorder {
  readonly url: string;
  readonly graphUrl?: string;
  readonly recorded: readonly Recorded[];
  /** Webhooks that were more than can be kept; they were passed on all the same. */
  readonly lost: number;
  readonly personOf: (standIn: string) => Person | undefined;
  /** Frees both ports; what is under way may end first. */
  close(): Promise<void>;
}

const megabyte = 1_048_576;
const webhookBounds = { largestBody: 4 * megabyte, timeLimitMs: 30_000 };
/** Files go up this way, too. */
const graphBounds = { largestBody: 100 * megabyte, timeLimitMs: 60_000 };
/** How long whoever is being answered is waited for in the end. */
const graceMs = 3_000;
/** Most exchanges kept for the scenario, which has a thousand steps at most; the capture has them all. */
const mostKept = 20_000;

/** @throws the system's error, with its code, where a port cannot be had; its `port` says which */
export async function createRecorder(options: RecorderOptions): Promise<Recorder> {
  const { nowMs, onLine, capture } = options;
  const redactor = createRedactor();
  const recorded: Recorded[] = [];
  let lost = 0;
  const keep = (one: Recorded): void => {
    if (recorded.length < mostKept) recorded.push(one);
    else lost += 1;
  };
  /** Nothing of what is nested too deeply to be looked through. */
  const redacted = (body: Fields): Fields | undefined => {
    try {
      return fieldsOf(redactor.redact(body));
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  };
  const tell = (atMs: number, what: string, passed: Passed): void => {
    const outcome = passed.answer
      ? `→ ${passed.answer.status} in ${nowMs() - atMs} ms`
      : `not passed on: ${passed.failure ?? 'unknown'}${passed.ownStatus === undefined ? '' : `; ${passed.ownStatus} to the sender`}`;
    onLine(`${timeText(atMs)}  ${what} ${outcome}`);
  };

  const takeWebhook = (request: IncomingMessage, body: Buffer): ((passed: Passed) => void) => {
    const atMs = nowMs();
    if (request.method !== 'POST')
      return (passed) => {
        tell(
          atMs,
          request.url?.includes('hub.challenge=') ? 'the handshake' : (request.method ?? 'GET'),
          passed,
        );
        capture?.({ at: timestamp(atMs), kind: 'handshake', status: passed.answer?.status });
      };
    const read = readJsonBody(body, request.headers['content-encoding']);
    const shown = read && redacted(read);
    const webhook: RecordedWebhook = { kind: 'webhook', atMs, ...(shown && { body: shown }) };
    keep(webhook);
    return (passed) => {
      if (passed.answer) webhook.status = passed.answer.status;
      tell(atMs, describeWebhook(shown, redactor.personOf), passed);
      const { status } = webhook;
      capture?.({ at: timestamp(atMs), kind: 'webhook', status, tookMs: nowMs() - atMs, body: shown });
    };
  };

  const takeCall = (request: IncomingMessage, body: Buffer): ((passed: Passed) => void) => {
    const atMs = nowMs();
    const url = new URL(`http://graph${request.url ?? '/'}`);
    const read = readParams(url.searchParams, request.headers['content-type'] ?? '', body);
    const params = redacted(read) ?? {};
    const method = request.method ?? 'GET';
    const path = redactor.redactPath(url.pathname);
    const call: RecordedCall = { kind: 'call', atMs, method, path, params };
    keep(call);
    return (passed) => {
      const answer = passed.answer && readJsonBody(passed.answer.body, passed.answer.encoding);
      if (passed.answer) call.status = passed.answer.status;
      const shown = answer && redacted(answer);
      if (shown) call.answer = shown;
      tell(atMs, describeCall(method, path, params, redactor.personOf), passed);
      const { status } = call;
      const asked = method === 'GET' ? { url: `${path}${queryOf(params)}` } : { url: path, body: params };
      const kept = { method, ...asked, contentType: 'application/json', status, answer: call.answer };
      capture?.({ at: timestamp(atMs), kind: 'graph', tookMs: nowMs() - atMs, ...kept });
    };
  };

  const onRefused = (passed: Passed): void => tell(nowMs(), 'a request', passed);
  const webhooks = await openDoor({
    port: options.port,
    target: options.target,
    bounds: webhookBounds,
    onRequest: takeWebhook,
    onRefused,
  });
  let graph: Door | undefined;
  try {
    if (options.graph)
      graph = await openDoor({ ...options.graph, bounds: graphBounds, onRequest: takeCall, onRefused });
  } catch (error) {
    await webhooks.close(0);
    throw error;
  }
  return {
    url: webhooks.url,
    ...(graph && { graphUrl: graph.url }),
    recorded,
    get lost() {
      return lost;
    },
    personOf: redactor.personOf,
    async close() {
      await Promise.all([webhooks.close(graceMs), graph?.close(graceMs)]);
    },
  };
}

/** Of what is left of it: tokens are not. */
function queryOf(params: Fields): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params))
    if (typeof value === 'string' && value !== removed) query.append(key, value);
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** The person's own time of day. */
const timeText = (ms: number): string => new Date(ms).toTimeString().slice(0, 8);
const timestamp = (ms: number): string => new Date(ms).toISOString();
