/** Finds webhook bodies and Graph exchanges in what people have captured: JSON, JSON Lines, HAR, logs of coex. Pure. */
import { Mistake } from '../plan/mistake.ts';

/** One thing that was captured, and where it stands. */
export interface Capture {
  /** `capture.json`, `capture.jsonl:12`, `capture.har:entry 3`. */
  readonly place: string;
  readonly captured: CapturedWebhook | CapturedCall;
}

export interface CapturedWebhook {
  readonly kind: 'webhook';
  /** The body; or one `{field, value}`, as Meta's dashboard shows its samples. */
  readonly body: unknown;
}

export interface CapturedCall {
  readonly kind: 'call';
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly contentType?: string;
  /** The request's body as it went over the wire; empty where there was none or it was not kept. */
  readonly body: string;
  /** HTTP status; missing where the answer was not kept. */
  readonly status?: number;
  /** The answer as data; missing where it was not kept or is no JSON. */
  readonly answer?: unknown;
}

export interface Captures {
  readonly found: readonly Capture[];
  /** Entries that are neither: pages, images, calls of other hosts. */
  readonly passedOver: number;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one file.
 *
 * @param shown - the file as messages name it
 * @throws Mistake where the text is not JSON, or holds nothing of WhatsApp
 */
export function readCaptures(text: string, shown: string): Captures {
  const candidates = readEntries(text.replace(/^\uFEFF/, ''), shown);
  const found = candidates.flatMap(({ place, value }) => {
    const captured = recognise(value);
    return captured ? [{ place, captured }] : [];
  });
  if (found.length === 0)
    throw new Mistake({
      message: 'There is neither a webhook body nor a Graph exchange in it.',
      place: shown,
      hint:
        'A webhook body has “object” and “entry”; an exchange has “method”, “url” and, where they were kept, “body”,\n' +
        '“status” and “answer”. One of them, a list of them, one a line, or a HAR file of a browser or proxy.',
    });
  return { found, passedOver: candidates.length - found.length };
}

interface Entry {
  readonly place: string;
  readonly value: unknown;
}

function readEntries(text: string, shown: string): readonly Entry[] {
  if (text.trim() === '') throw new Mistake({ message: 'The file is empty.', place: shown });
  const whole = parse(text);
  if ('error' in whole) return readLines(text, shown, whole.error);
  const { value } = whole;
  const har = harEntries(value);
  if (har)
    return har.map((entry, index) => ({ place: `${shown}:entry ${index + 1}`, value: fromHar(entry) }));
  if (!Array.isArray(value)) return [{ place: shown, value }];
  return value.map((one: unknown, index) => ({ place: `${shown}:item ${index + 1}`, value: one }));
}

/** One value a line; a text whose first line is no JSON by itself was meant as one document. */
function readLines(text: string, shown: string, whole: string): readonly Entry[] {
  const lines = text
    .split('\n')
    .map((line, index) => ({ line, place: `${shown}:${index + 1}` }))
    .filter(({ line }) => line.trim() !== '');
  const read = lines.map(({ line, place }) => ({ place, parsed: parse(line) }));
  const [first] = read;
  if (lines.length < 2 || first === undefined || 'error' in first.parsed)
    throw new Mistake({
      message: `It is neither JSON nor one JSON value a line: ${whole}`,
      place: placeOf(whole, text, shown),
    });
  return read.map(({ place, parsed }) => {
    if ('error' in parsed) throw new Mistake({ message: `This line is not JSON: ${parsed.error}`, place });
    return { place, value: parsed.value };
  });
}

function parse(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** V8 says at which character; people look for a line. */
function placeOf(error: string, text: string, shown: string): string {
  const position = Number(/at position (\d+)/.exec(error)?.[1] ?? Number.NaN);
  if (Number.isNaN(position)) return shown;
  const before = text.slice(0, position).split('\n');
  return `${shown}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWebhookBody = (value: Fields): boolean =>
  Array.isArray(value['entry']) || value['object'] === 'whatsapp_business_account';

const isChange = (value: Fields): boolean => typeof value['field'] === 'string' && isRecord(value['value']);

/** Names under which logs keep the body of what came in. */
const bodyKeys = ['body', 'rawBody', 'raw_body', 'payload', 'event', 'data', 'request'] as const;

function recognise(value: unknown): Capture['captured'] | undefined {
  if (!isRecord(value)) return undefined;
  return asWebhook(value) ?? asCall(value);
}

/** @param depth - how far inside the record of a log to look */
function asWebhook(value: unknown, depth = 2): CapturedWebhook | undefined {
  const read = typeof value === 'string' ? readText(value) : value;
  if (!isRecord(read)) return undefined;
  if (isWebhookBody(read) || isChange(read)) return { kind: 'webhook', body: read };
  if (depth === 0) return undefined;
  for (const key of bodyKeys) {
    const inner = asWebhook(read[key], depth - 1);
    if (inner) return inner;
  }
  return undefined;
}

function readText(text: string): unknown {
  const parsed = parse(text);
  return 'value' in parsed ? parsed.value : undefined;
}

/** `{method, url, body, status, answer}` under the names that clients, proxies and coex itself give them. */
function asCall(value: Fields): CapturedCall | undefined {
  const request = isRecord(value['request']) ? value['request'] : value;
  const response = isRecord(value['response']) ? value['response'] : value;
  const method = firstText(request, ['method']);
  const url = firstText(request, ['url', 'path', 'target', 'uri']);
  const target = url === undefined ? undefined : targetOf(url);
  if (method === undefined || target === undefined) return undefined;
  const sent = first(request, ['body', 'params', 'data', 'json', 'payload']);
  const status = first(response, ['status', 'statusCode', 'status_code']);
  const answer = first(response, response === value ? ['answer', 'response', 'responseBody'] : answerKeys);
  const contentType = firstText(request, ['contentType', 'content_type']);
  return {
    kind: 'call',
    method: method.toUpperCase(),
    target,
    ...(contentType !== undefined && { contentType }),
    body: sent === undefined || sent === null ? '' : typeof sent === 'string' ? sent : JSON.stringify(sent),
    ...(typeof status === 'number' && { status }),
    ...(answer !== undefined && { answer: typeof answer === 'string' ? readText(answer) : answer }),
  };
}

const answerKeys = ['body', 'data', 'json', 'answer'] as const;

const first = (record: Fields, keys: readonly string[]): unknown =>
  keys.map((key) => record[key]).find((value) => value !== undefined);

function firstText(record: Fields, keys: readonly string[]): string | undefined {
  const value = first(record, keys);
  return typeof value === 'string' ? value : undefined;
}

/** Path and query of a call of the Graph; missing for what is none. */
function targetOf(url: string): string | undefined {
  if (url.startsWith('/')) return url;
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname, search } = new URL(url);
  const isGraph = hostname.startsWith('graph.') || /^\/v\d+\.\d\//.test(pathname);
  return isGraph ? `${pathname}${search}` : undefined;
}

const harEntries = (value: unknown): readonly unknown[] | undefined => {
  const log = isRecord(value) ? value['log'] : undefined;
  const entries = isRecord(log) ? log['entries'] : undefined;
  return Array.isArray(entries) ? (entries as readonly unknown[]) : undefined;
};

/** An entry of a HAR file (http://www.softwareishard.com/blog/har-12-spec/) in the form {@link asCall} reads. */
function fromHar(entry: unknown): unknown {
  if (!isRecord(entry) || !isRecord(entry['request'])) return undefined;
  const { request, response } = entry;
  const posted = isRecord(request['postData']) ? request['postData'] : {};
  const content = isRecord(response) && isRecord(response['content']) ? response['content'] : {};
  return {
    request: {
      method: request['method'],
      url: request['url'],
      contentType: posted['mimeType'],
      body: posted['text'] ?? formOf(posted['params']),
    },
    response: {
      // 0: the browser never had an answer.
      ...(isRecord(response) && response['status'] !== 0 && { status: response['status'] }),
      body: textOf(content),
    },
  };
}

function textOf({ text, encoding }: Fields): unknown {
  if (typeof text !== 'string' || encoding !== 'base64') return text;
  return Buffer.from(text, 'base64').toString('utf8');
}

function formOf(params: unknown): string | undefined {
  if (!Array.isArray(params)) return undefined;
  const form = new URLSearchParams();
  for (const pair of (params as readonly unknown[]).filter(isRecord))
    if (typeof pair['name'] === 'string') form.append(pair['name'], firstText(pair, ['value']) ?? '');
  return form.toString();
}
