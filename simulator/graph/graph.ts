/**
 * The Graph as a function: a raw request in, an answer out. No sockets, no framework.
 *
 * The order is Meta's as far as it is known: version, path, token, node, permission, body, contract, decision.
 */
import type { Refusal } from '../core/decision.ts';
import type { Engine } from '../core/engine.ts';
import type {
  Feature,
  GraphBytes,
  GraphEdge,
  GraphRequest,
  Handshake,
  HandshakeResult,
} from '../core/feature.ts';
import { mintTraceId } from '../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { createRandom } from '../core/random.ts';
import { objectMissing } from '../core/refusals.ts';
import type { NodeKind, ReadonlyWorld } from '../core/world.ts';
import { answerBytes, answerJson, answerRefusal, asGenerated, type GraphAnswer } from './answer.ts';
import { authorise } from './authorise.ts';
import {
  graphFault,
  noAnswer,
  spoil,
  type GraphFault,
  type GraphFaultKind,
  type TakeGraphFault,
} from './faults.ts';
import { orderedRefusal, type TakeRefusal } from './forced.ts';
import { missingToken, unknownAlias, unknownPath, unreadableBody } from './refusals.ts';
import {
  createTargetReader,
  readFields,
  readParams,
  readTexts,
  readToken,
  type RawRequest,
  type ReadBody,
  type Target,
} from './read-request.ts';
import { isSpecified, specifiedEdges } from './generated/feature.ts';
import { generatedKind } from './generated/nodes.ts';
import { createAllRoutes, type Route } from './routes.ts';
import { cutPage, type PageRequest } from './page.ts';
import { refusalOfFields, selectFields } from './select.ts';
import { createCheck } from './validation.ts';
import { majorOf, newest } from './versions.ts';

/** One of the simulator's worlds, as the Graph needs it. */
export interface GraphWorld {
  readonly engine: Engine;
  /**
   * Brings the world up to now, so that a decision sees everything that was due, and every answer to a webhook that was
   * given before this call. A promise where such an answer may still be on its way in.
   */
  catchUp(): void | Promise<void>;
  /** Lets what the call caused go out. */
  pump(): void;
  /** How many exchanges there have been; makes trace ids differ. */
  readonly exchanges: number;
  /** Tells the journal. */
  record(exchange: GraphRecord): void;
}

/** One call and its answer, as the journal keeps it. */
export interface GraphRecord {
  readonly method: string;
  readonly path: string;
  readonly edge: string;
  readonly params: JsonValue;
  readonly status: number;
  readonly answer: JsonValue;
  readonly byScenario: boolean;
  /** What befell the answer; `status` is 0 where there was none. */
  readonly fault?: GraphFaultKind;
}

export interface GraphOptions {
  readonly features: readonly Feature[];
  /** Finds the world that a request is for; the default one where nothing points to another. */
  readonly locate: (nodeId: string, params: JsonObject, token: string) => GraphWorld;
  /** Asks a callback to prove itself. */
  readonly handshake: (handshake: Handshake, world: GraphWorld) => Promise<HandshakeResult>;
}

/** Answers one request. A promise only where the body is multipart or a callback has to answer first. */
export type Graph = (raw: RawRequest) => GraphAnswer | Promise<GraphAnswer>;

/** A request on its way: what is known of it so far. */
interface Call {
  readonly raw: RawRequest;
  readonly target: Target;
  readonly world: GraphWorld;
  readonly version: string;
  readonly params: JsonObject;
  readonly files?: GraphRequest['files'];
  readonly token: string;
  /** What will befall the answer. */
  readonly fault?: GraphFault;
}

export function createGraph(options: GraphOptions): Graph {
  const routes = createAllRoutes(options.features, specifiedEdges);
  const check = createCheck();
  const readTarget = createTargetReader();

  const afterBody = (raw: RawRequest, target: Target, read: ReadBody): GraphAnswer | Promise<GraphAnswer> => {
    const params = read.kind === 'read' ? read.params : {};
    const token = readToken(raw, params);
    const world = options.locate(target.nodeId, params, token);
    const call: Call = {
      raw,
      target,
      world,
      version: target.served ?? `v${newest}.0`,
      params,
      token,
      ...(read.kind === 'read' && read.files && { files: read.files }),
    };
    const arriving = world.catchUp();
    return arriving ? arriving.then(() => admitted(call, read)) : admitted(call, read);
  };

  const admitted = (call: Call, read: ReadBody): GraphAnswer | Promise<GraphAnswer> => {
    const { target, world, token } = call;
    if (target.served === undefined) return refused(call, '', unknownPath(pathAfterVersion(target)));
    const route = findRoute(call);
    if (!('edge' in route)) return refused(call, '', route);
    const { edge } = route;
    const denied = authorise(world.engine.world, edge, target.nodeId, token, world.engine.nowMs);
    if (denied) return refused(call, edge.contract, denied);
    if (read.kind === 'unreadable') return refused(call, edge.contract, unreadableBody(read.why));
    return decide(call, route);
  };

  const findRoute = (call: Call): Route | Refusal => {
    const { target, raw, world } = call;
    const kind = target.nodeId === '' ? 'root' : kindOf(world.engine.world, target.nodeId);
    if (kind === undefined)
      return call.token === '' ? missingToken : objectMissing(target.nodeId, raw.method.toLowerCase());
    const found = routes.find(raw.method, kind, target.edge);
    if (found === 'other-method')
      return objectMissing(target.nodeId || target.edge, raw.method.toLowerCase());
    if (found) return found;
    if (kind === 'root' && target.edge !== '' && !target.edge.includes('/')) return unknownAlias(target.edge);
    return unknownPath(target.edge);
  };

  const decide = (call: Call, route: Route): GraphAnswer | Promise<GraphAnswer> => {
    const { world } = call;
    const { edge } = route;
    const forced = orderedRefusal(world.engine.world, edge.contract);
    if (forced) {
      const taken: TakeRefusal = { type: 'take-refusal', edge: edge.contract };
      world.engine.execute(taken);
      return refused(call, edge.contract, forced);
    }
    const fault = graphFault(world.engine.world, edge.contract);
    if (!fault) return carryOut(call, route);
    const take: TakeGraphFault = { type: 'take-graph-fault' };
    world.engine.execute(take);
    const faulty = { ...call, fault };
    return fault.applied ? carryOut(faulty, route) : recorded(faulty, edge.contract, noAnswer);
  };

  /** Clients send lists and objects as text in a JSON body, too; such texts are read where nothing else will do. */
  const checked = (edge: GraphEdge, { params, files }: Call): { params: JsonObject; invalid?: Refusal } => {
    const invalid = check(edge, params, files);
    if (!invalid) return { params };
    const read = readTexts(params);
    return check(edge, read, files) ? { params, invalid } : { params: read };
  };

  const carryOut = (call: Call, { edge, tail }: Route): GraphAnswer | Promise<GraphAnswer> => {
    const { raw, world, target } = call;
    const { params, invalid } = checked(edge, call);
    if (invalid) return refused(call, edge.contract, invalid);
    const fields = readFields(params['fields']);
    const request: GraphRequest = {
      method: edge.method,
      nodeId: target.nodeId,
      params,
      token: call.token,
      served: majorOf(call.version),
      ...(tail !== undefined && { tail }),
      ...(target.version !== undefined && { version: target.version }),
      ...(fields && { fields }),
      ...(call.files && { files: call.files }),
      ...(raw.host !== undefined && hostsFiles(world) && { downloadOrigin: `http://${raw.host}` }),
    };
    const handshake = edge.handshake?.(request, world.engine.world);
    if (!handshake) return execute(call, edge, request);
    return options.handshake(handshake, world).then(async (result) => {
      await world.catchUp();
      return execute(call, edge, { ...request, handshake: result });
    });
  };

  return (raw) => {
    const target = readTarget(raw.target);
    const read = readParams(raw, target.query);
    return read instanceof Promise
      ? read.then((done) => afterBody(raw, target, done))
      : afterBody(raw, target, read);
  };
}

function execute(call: Call, edge: GraphEdge, request: GraphRequest): GraphAnswer {
  const outcome = call.world.engine.execute(edge.parse(request));
  if (outcome.kind === 'refused') return refused(call, edge.contract, outcome.refusal);
  if (outcome.kind === 'mistaken')
    throw new Error(`A Graph call was decided as a mistake: ${outcome.mistake.message}`);
  const content = edge.render(outcome.reply, request);
  if (isBytes(content)) return recorded(call, edge.contract, answerBytes(content, call.version));
  const shaped = edge.selects || edge.pages ? shape(call, edge, request, content as JsonObject) : { content };
  if ('code' in shaped) return refused(call, edge.contract, shaped);
  const answer = answerJson(shaped.content, call.version);
  return recorded(call, edge.contract, isSpecified(edge) ? asGenerated(answer) : answer);
}

const kindOf = (world: ReadonlyWorld, nodeId: string): NodeKind | undefined =>
  world.nodes.get(nodeId) ?? generatedKind(world, nodeId);

/** Of what an edge renders whole, the page and the fields that were asked for. */
function shape(
  call: Call,
  { selects, pages }: GraphEdge,
  request: GraphRequest,
  whole: JsonObject,
): { readonly content: JsonObject } | Refusal {
  const unknown = selects && refusalOfFields(selects, request.fields);
  if (unknown) return unknown;
  const cut = pages ? cutPage(whole, pageRequest(call)) : { page: whole };
  if ('code' in cut) return cut;
  return { content: selects ? selectFields(selects, cut.page, request.fields) : cut.page };
}

const pageRequest = ({ raw, target, params, version }: Call): PageRequest => ({
  params,
  served: majorOf(version),
  address: `http://${raw.host ?? 'graph.facebook.com'}${target.path}`,
});

const hostsFiles = ({ engine }: GraphWorld): boolean => engine.world.behaviour.mediaHost === 'simulator';

const isBytes = (content: JsonValue | GraphBytes): content is GraphBytes =>
  typeof content === 'object' &&
  content !== null &&
  'bytes' in content &&
  content.bytes instanceof Uint8Array;

const refused = (call: Call, contract: string, refusal: Refusal): GraphAnswer =>
  recorded(call, contract, answerRefusal(refusal, traceIdOf(call), call.version));

function traceIdOf(call: Call): string {
  // Not the stream of the world's next event: a refused call leaves no event, yet its id must differ from the next.
  return mintTraceId(createRandom(~call.world.engine.world.seed, call.world.exchanges));
}

/** Tells the journal what the client gets, which is not what was decided where the call meets a fault. */
function recorded(call: Call, contract: string, decided: GraphAnswer): GraphAnswer {
  const { fault } = call;
  const answer = fault ? spoil(fault, decided, traceIdOf(call)) : decided;
  call.world.record({
    method: call.raw.method,
    path: call.target.path,
    edge: contract,
    params: withoutToken(call.params),
    status: answer.status,
    answer: answer.json,
    byScenario: call.raw.byScenario === true,
    ...(fault && { fault: fault.kind }),
  });
  call.world.pump();
  return answer;
}

function withoutToken(params: JsonObject): JsonObject {
  if (!('access_token' in params) && !('client_secret' in params)) return params;
  const { access_token: _token, client_secret: _secret, ...rest } = params;
  return rest;
}

const pathAfterVersion = (target: Target): string =>
  [target.nodeId, target.edge].filter((part) => part !== '').join('/');
