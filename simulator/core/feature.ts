/** What a feature is: the data that core, `graph/`, `webhooks/` and `replay/` mount. A folder below `features/` each. */
import type { Command, Decide, WorldEvent } from './decision.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { EpochMs } from './time.ts';
import type { NodeKind, ReadonlyWorld, World } from './world.ts';

/** A Graph request, read and authorised, as plain data. */
export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Version asked for, such as `v23.0`; missing where the path has none. */
  readonly version?: string;
  /** Major version that answers: 23 for `v23.0`; missing: the newest. */
  readonly served?: number;
  /** First segment of the path: the node's id, or empty for root edges. */
  readonly nodeId: string;
  /** What stands in the path for the `{name}` that the edge ends in; missing where it has none. */
  readonly tail?: string;
  /** Query and body in one, the body first; nested values parsed. */
  readonly params: JsonObject;
  /** `fields=` as a list; missing where none was asked for. */
  readonly fields?: readonly string[];
  /** The bearer token, however it came; empty where the edge needs none. */
  readonly token: string;
  /** Uploaded files by part name; only on multipart bodies. */
  readonly files?: Readonly<Record<string, UploadedFile>>;
  /** Where files are fetched from; missing: from Meta's own host. `http://127.0.0.1:40123`. */
  readonly downloadOrigin?: string;
  /** How the callback answered the handshake that this request made necessary. */
  readonly handshake?: HandshakeResult;
}

export interface UploadedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** A callback that has to prove itself before the request is decided. */
export interface Handshake {
  readonly url: string;
  readonly verifyToken: string;
}

export type HandshakeResult =
  | { readonly kind: 'echoed' }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'refused'; readonly httpStatus: number; readonly httpMessage: string }
  | { readonly kind: 'mismatched'; readonly expected: string; readonly received: string };

export type Permission =
  'whatsapp_business_messaging' | 'whatsapp_business_management' | 'business_management' | 'app' | 'none';

/** One way into the Graph: `POST /{phone-number-id}/messages`. */
export interface GraphEdge<C extends Command = Command, Reply = unknown> {
  readonly method: GraphRequest['method'];
  readonly node: NodeKind;
  /**
   * Path after the node, without a slash at either end; empty for the node itself. The last segment may stand for any
   * one: `message_qrdls/{code}`.
   */
  readonly edge: string;
  /** Folder below `contracts/graph/` that holds `request.schema.json` and `response.schema.json`. */
  readonly contract: string;
  readonly permission: Permission;
  /** Turns a valid request into a command. */
  readonly parse: (request: GraphRequest) => C;
  /** Turns the reply into the answer's body. */
  readonly render: (reply: Reply, request: GraphRequest) => JsonValue | GraphBytes;
  /** `render` gives the whole node, or nodes in `data`; the adapter keeps of each what `fields=` asks for. */
  readonly selects?: FieldSet;
  /** `render` gives the whole list in `data`; the adapter cuts the page out that `limit`, `after` and `before` ask for. */
  readonly pages?: true;
  /** The callback that must answer first, if any. */
  readonly handshake?: (request: GraphRequest, world: ReadonlyWorld) => Handshake | undefined;
}

/** The fields that a kind of node has, by wire name. `id` always belongs to them and is always shown, last. */
export interface FieldSet {
  /** Meta's name for the kind of node, as the refusal of an unknown field quotes it. */
  readonly nodeType: string;
  readonly known: readonly string[];
  /** Of the known ones, those that Meta has and that have nothing to say here, so that answers leave them out. */
  readonly silent?: readonly string[];
  /** Shown unasked. */
  readonly byDefault: readonly string[];
}

/** An answer that is not JSON: a media download. */
export interface GraphBytes {
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** Pure: changes the world's state for one event. Only the fold calls it. */
export type Evolve<E extends WorldEvent = WorldEvent> = (world: World, event: E, atMs: EpochMs) => void;

/** Pure: what follows at once from an event, here or in another feature. */
export type React<E extends WorldEvent = WorldEvent> = (
  world: ReadonlyWorld,
  event: E,
  nowMs: EpochMs,
) => readonly WorldEvent[];

/** Pure: makes the value of a webhook that was too large to keep. The same arguments give the same value. */
export type RenderLazy = (world: ReadonlyWorld, args: JsonObject) => JsonObject;

export interface Feature {
  /** The folder's name: the wire name in kebab-case. */
  readonly name: string;
  readonly edges?: readonly GraphEdge[];
  /** Webhook fields it emits; each has a folder below `contracts/webhooks/`. */
  readonly fields?: readonly string[];
  readonly commands?: Readonly<Record<string, Decide>>;
  readonly evolve?: Readonly<Record<string, Evolve>>;
  readonly react?: Readonly<Record<string, React>>;
  readonly renderLazy?: RenderLazy;
}

// A feature writes its functions against its own commands and events; the tables below hold them by type name. These
// three casts are the one place where the name is trusted to fit the function.

export const edge = <C extends Command, Reply>(definition: GraphEdge<C, Reply>): GraphEdge =>
  definition as unknown as GraphEdge;

export const commands = <C extends Command>(table: {
  readonly [Type in C['type']]: Decide<Extract<C, { type: Type }>>;
}): Readonly<Record<string, Decide>> => table as unknown as Readonly<Record<string, Decide>>;

export const evolves = <E extends WorldEvent>(table: {
  readonly [Type in E['type']]?: Evolve<Extract<E, { type: Type }>>;
}): Readonly<Record<string, Evolve>> => table as unknown as Readonly<Record<string, Evolve>>;

export const reacts = <E extends WorldEvent>(table: {
  readonly [Type in E['type']]?: React<Extract<E, { type: Type }>>;
}): Readonly<Record<string, React>> => table as unknown as Readonly<Record<string, React>>;
