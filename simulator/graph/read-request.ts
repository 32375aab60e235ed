/** Turns a raw HTTP request into the plain request record that edges know. */
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { UploadedFile } from '../core/feature.ts';
import { readMultipart } from './multipart.ts';
import { askedMajor, looksLikeVersion } from './versions.ts';

/** What came in at the front door. */
export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly authorization?: string;
  readonly contentType?: string;
  /** `Host`, as the client sees the simulator. */
  readonly host?: string;
  /** `file_offset`, a header of its own: where in the file the body begins. */
  readonly fileOffset?: string;
  readonly body: Buffer;
  /** The scenario itself calls, not the system under test. */
  readonly byScenario?: boolean;
}

/** Where a request points. */
export interface Target {
  readonly path: string;
  /** Version asked for; missing where the path has none. */
  readonly version?: string;
  /** Its major number; missing where the path has none, or one that never was. */
  readonly major?: number;
  /** The node's id; empty for a root edge. */
  readonly nodeId: string;
  /** What follows the node, or the whole path of a root edge. */
  readonly edge: string;
  readonly query: string;
}

/** Digits, the long base64 of a group's id, or the session of an upload. */
const nodeId = /^(?:\d+|[A-Za-z0-9+=_-]{40,}|upload:[A-Za-z0-9+=_-]+)$/;

/** Below here goes a file, not parameters; clients write the colon as it is, or as `%3A`. */
const uploadPath = /^\/*(?:v\d+\.\d+\/+)?upload(?::|%3a)/i;

/** Whether a path leads to the session of an upload. */
export const isUploadPath = (target: string): boolean => uploadPath.test(target);

/** The session's id holds a query, `upload:…?sig=…`, and clients that escape it as one segment mean the same. */
const unescaped = (target: string): string =>
  isUploadPath(target) ? target.replace(/%3a/gi, ':').replace(/%3f/gi, '?').replace(/%3d/gi, '=') : target;

/** Reads path and query; never throws: what cannot be decoded stays as it came. */
export function readTarget(rawTarget: string): Target {
  const target = unescaped(rawTarget);
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const segments = path.split('/').filter((segment) => segment !== '');
  const first = segments[0] ?? '';
  const version = looksLikeVersion(first) ? first : undefined;
  const major = version === undefined ? undefined : askedMajor(version);
  if (version !== undefined) segments.shift();
  const isNode = nodeId.test(segments[0] ?? '');
  return {
    path,
    ...(version !== undefined && { version }),
    ...(major !== undefined && { major }),
    nodeId: isNode ? (segments[0] ?? '') : '',
    edge: (isNode ? segments.slice(1) : segments).join('/'),
    query: mark < 0 ? '' : target.slice(mark + 1),
  };
}

/** Most targets remembered; a system under test calls a handful again and again. */
const mostTargets = 1_000;

/** {@link readTarget}, with the answers for what is asked again and again at hand. */
export function createTargetReader(): (target: string) => Target {
  const known = new Map<string, Target>();
  return (text) => {
    const seen = known.get(text);
    if (seen) return seen;
    const target = readTarget(text);
    if (known.size < mostTargets) known.set(text, target);
    return target;
  };
}

/** A request's body and query as parameters, or why they cannot be read. */
export type ReadBody =
  | {
      readonly kind: 'read';
      readonly params: JsonObject;
      readonly files?: Readonly<Record<string, UploadedFile>>;
    }
  | { readonly kind: 'unreadable'; readonly why: string };

/**
 * Query and body as one set of parameters; the body goes first. A GET's body is ignored, as Meta does.
 *
 * Synchronous for everything but multipart, because an answer must not wait for a turn of the event loop.
 */
export function readParams(raw: RawRequest, query: string): ReadBody | Promise<ReadBody> {
  const fromQuery = query === '' ? noParams : readForm(query);
  if (raw.method === 'GET' || raw.body.length === 0) return { kind: 'read', params: fromQuery };
  const type = raw.contentType ?? '';
  if (type.startsWith('multipart/form-data')) return readMultipartForm(raw, fromQuery);
  const text = raw.body.toString('utf8');
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  // Clients that name no content type still send JSON; a body that begins like JSON is read as such.
  if (isForm && !text.startsWith('{')) return merge(fromQuery, readForm(text));
  return readJson(text, fromQuery);
}

/** The body as one file, its place in the whole from its header; nothing else can be said beside it. */
export function readBytes(raw: RawRequest, query: string): ReadBody {
  const { fileOffset, contentType, body } = raw;
  return {
    kind: 'read',
    params: { ...readForm(query), ...(fileOffset !== undefined && { file_offset: fileOffset }) },
    files: { file: { name: '', mimeType: contentType ?? '', bytes: body } },
  };
}

const noParams: JsonObject = Object.freeze({});

const merge = (query: JsonObject, body: JsonObject): ReadBody => ({
  kind: 'read',
  params: query === noParams ? body : { ...query, ...body },
});

function readJson(text: string, query: JsonObject): ReadBody {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', why: 'The request body is not valid JSON.' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { kind: 'unreadable', why: 'The request body must be a JSON object.' };
  }
  return merge(query, value as JsonObject);
}

/** Form and query values are strings; those that begin like JSON objects or lists are such, in Meta's convention. */
function readForm(text: string): JsonObject {
  const params: Record<string, JsonValue> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    // `fields[]=a&fields[]=b` and `fields=a&fields=b` both mean a list.
    const key = name.endsWith('[]') ? name.slice(0, -2) : name;
    params[key] = readFormValue(value);
  }
  return params;
}

function readFormValue(value: string): JsonValue {
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    return value;
  }
}

/** The same parameters, with texts at the top that are JSON objects or lists read as such. */
export const readTexts = (params: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? readFormValue(value) : value,
    ]),
  );

async function readMultipartForm(raw: RawRequest, query: JsonObject): Promise<ReadBody> {
  try {
    const { fields, files } = await readMultipart(raw.body, raw.contentType ?? '');
    const params = Object.fromEntries(fields.map(([name, value]) => [name, readFormValue(value)]));
    return { kind: 'read', params: { ...query, ...params }, files };
  } catch {
    return { kind: 'unreadable', why: 'The multipart body cannot be read.' };
  }
}

/** `fields=a,b{c}` or `["a","b"]` as a list; modifiers and selections below a field stay with its name. */
export function readFields(value: JsonValue | undefined): readonly string[] | undefined {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(String);
  if (typeof value !== 'string') return undefined;
  return splitFields(value);
}

/** Parts between the commas that are inside no brace or parenthesis. */
export function splitFields(text: string): string[] {
  const fields: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of text) {
    if (character === '{' || character === '(') depth += 1;
    if (character === '}' || character === ')') depth -= 1;
    if (character === ',' && depth === 0) {
      fields.push(current.trim());
      current = '';
    } else current += character;
  }
  fields.push(current.trim());
  return fields.filter((field) => field !== '');
}

/** The bearer token, from wherever Meta takes it: the header, or the parameter `access_token`. */
export function readToken(raw: RawRequest, params: JsonObject): string {
  const header = raw.authorization;
  if (header !== undefined) {
    const match = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(header.trim());
    if (match?.[1] !== undefined) return match[1].trim();
  }
  const parameter = params['access_token'];
  return typeof parameter === 'string' ? parameter : '';
}
