/**
 * The Graph as a function: a raw request in, an answer out. No sockets, no framework.
 *
 * The order is Meta's as far as it is known: version, path, token, node, permission, limits, body, contract, decision.
 */
import type { Refusal } from '../core/decision.ts';
import type { Feature, GraphBytes, GraphEdge, Handshake, HandshakeResult } from '../core/feature.ts';
import { mintTraceId } from '../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { createRandom } from '../core/random.ts';
import { isRefusal, objectMissing } from '../core/refusals.ts';
import { wabaOf } from '../core/world.ts';
import {
  answerBytes,
  answerJson,
  answerRefusal,
  asGenerated,
  type AnswerHead,
  type GraphAnswer,
} from './answer.ts';
import { authorise } from './authorise.ts';
import { readBatch, runBatch } from './batch.ts';
import type { Call, GraphWorld } from './call.ts';
import { createEvaluator, kindOf, type Evaluated } from './evaluate.ts';
import { graphFault, noAnswer, spoil, type TakeGraphFault } from './faults.ts';
import { orderedRefusal, type TakeRefusal } from './forced.ts';
import { isSpecified, specifiedEdges } from './generated/feature.ts';
import { readNodes, runNodes } from './nodes-by-id.ts';
import {
  createTargetReader,
  readBytes,
  readParams,
  readToken,
  type RawRequest,
  type ReadBody,
  type Target,
} from './read-request.ts';
import { missingToken, unknownAlias, unknownPath, unreadableBody } from './refusals.ts';
import { createAllRoutes, type Route } from './routes.ts';
import { createUsage } from './usage.ts';
import { createCheck } from './validation.ts';
import { newest, servedMajor } from './versions.ts';

export type { GraphRecord, GraphWorld } from './call.ts';

export interface GraphOptions {
  readonly features: readonly Feature[];
  /** Finds the world that a request is for; the default one where nothing points to another. */
  readonly locate: (nodeId: string, params: JsonObject, token: string) => GraphWorld;
  /** Asks a callback to prove itself. */
  readonly handshake: (handshake: Handshake, world: GraphWorld) => Promise<HandshakeResult>;
}

/**
 * Answers one request. A promise only where the body is multipart, where a callback has to answer first, or where one
 * request holds several.
 */
export type Graph = (raw: RawRequest) => GraphAnswer | Promise<GraphAnswer>;

export function createGraph(options: GraphOptions): Graph {
  const routes = createAllRoutes(options.features, specifiedEdges);
  const { read: readRequest, evaluate } = createEvaluator(routes, createCheck());
  const countCall = createUsage();
  const readTarget = createTargetReader();

  const graph: Graph = (raw) => {
    const target = readTarget(raw.target);
    const read = takesFile(raw, target) ? readBytes(raw, target.query) : readParams(raw, target.query);
    return read instanceof Promise
      ? read.then((done) => afterBody(raw, target, done))
      : afterBody(raw, target, read);
  };

  const afterBody = (raw: RawRequest, target: Target, read: ReadBody): GraphAnswer | Promise<GraphAnswer> => {
    const params = read.kind === 'read' ? read.params : {};
    // Where a file is sent, the token has to stand in the header (documented).
    const token = readToken(raw, takesFile(raw, target) ? {} : params);
    const world = options.locate(target.nodeId, params, token);
    const { upgradesCalls } = world.engine.world.behaviour;
    const { major } = target;
    const call: Call = {
      raw,
      target,
      world,
      served: upgradesCalls ? newest : servedMajor(major, world.engine.nowMs),
      upgradedFrom: upgradesCalls && major !== newest ? major : undefined,
      params,
      files: read.kind === 'read' ? read.files : undefined,
      token,
      usage: undefined,
      arrivedMs: performance.now(),
      fault: undefined,
    };
    const arriving = world.catchUp();
    return arriving ? arriving.then(() => admitted(call, read)) : admitted(call, read);
  };

  const admitted = (call: Call, read: ReadBody): GraphAnswer | Promise<GraphAnswer> => {
    const { target, world, token, params } = call;
    const isUnknownVersion = target.version !== undefined && target.major === undefined;
    if (isUnknownVersion) return refused(call, '', unknownPath(pathAfterVersion(target)));
    if (target.nodeId === '' && target.edge === '') return severalAtOnce(call);
    const route = findRoute(call);
    if (!('edge' in route)) return refused(call, '', route);
    const { edge } = route;
    const { engine } = world;
    const credentials = { token, proof: params['appsecret_proof'] };
    const denied = authorise(engine.world, edge, target.nodeId, credentials, engine.nowMs);
    if (denied) return refused(call, edge.contract, denied);
    const counted = countCall(engine.world, edge, wabaOf(engine.world, target.nodeId), engine.nowMs);
    call.usage = counted.header;
    if (counted.refusal) return refused(call, edge.contract, counted.refusal);
    if (read.kind === 'unreadable') return refused(call, edge.contract, unreadableBody(read.why));
    return decide(call, route);
  };

  /** What goes to no path at all holds calls of its own, or is a mistake. */
  const severalAtOnce = (call: Call): GraphAnswer | Promise<GraphAnswer> => {
    const { raw, target, params, token } = call;
    const asked =
      raw.method === 'POST'
        ? readBatch(params)
        : raw.method === 'GET'
          ? readNodes(params, call.served)
          : undefined;
    if (!asked) return refused(call, '', unknownPath(''));
    if (isRefusal(asked)) return refused(call, '', asked);
    if (token === '' && 'items' in asked) return refused(call, '', missingToken);
    const around = { raw, token, version: target.version };
    const running = 'items' in asked ? runBatch(asked, around, graph) : runNodes(asked, around, graph);
    return running.then((done) =>
      'content' in done ? recorded(call, '', answerJson(done.content, headOf(call))) : done,
    );
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
    if (kind === 'root' && !target.edge.includes('/')) return unknownAlias(target.edge);
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

  const carryOut = (call: Call, route: Route): GraphAnswer | Promise<GraphAnswer> => {
    const { world } = call;
    const { edge } = route;
    const read = readRequest(call, route);
    if (!('request' in read)) return refused(call, edge.contract, read);
    const { request } = read;
    const handshake = edge.handshake?.(request, world.engine.world);
    if (!handshake) return answered(call, edge, evaluate(call, edge, request));
    return options.handshake(handshake, world).then(async (result) => {
      await world.catchUp();
      return answered(call, edge, evaluate(call, edge, request, result));
    });
  };

  return graph;
}

const takesFile = (raw: RawRequest, { nodeId }: Target): boolean =>
  raw.method === 'POST' && nodeId.startsWith('upload:');

function answered(call: Call, edge: GraphEdge, evaluated: Evaluated): GraphAnswer {
  if (!('content' in evaluated)) return refused(call, edge.contract, evaluated);
  const { content } = evaluated;
  if (isBytes(content)) return recorded(call, edge.contract, answerBytes(content, headOf(call)));
  const answer = answerJson(content, headOf(call));
  return recorded(call, edge.contract, isSpecified(edge) ? asGenerated(answer) : answer);
}

const isBytes = (content: JsonValue | GraphBytes): content is GraphBytes =>
  typeof content === 'object' &&
  content !== null &&
  'bytes' in content &&
  content.bytes instanceof Uint8Array;

const refused = (call: Call, contract: string, refusal: Refusal): GraphAnswer =>
  recorded(call, contract, answerRefusal(refusal, headOf(call)));

const headOf = (call: Call): AnswerHead => ({
  served: call.served,
  upgradedFrom: call.upgradedFrom,
  traceId: traceIdOf(call),
  usage: call.usage,
});

/** Not the stream of the world's next event: a refused call leaves no event, yet its id must differ from the next. */
const traceIdOf = ({ world }: Call): string =>
  mintTraceId(createRandom(~world.engine.world.seed, world.exchanges));

/** Tells the journal what the client gets, which is not what was decided where the call meets a fault. */
function recorded(call: Call, contract: string, decided: GraphAnswer): GraphAnswer {
  const { fault } = call;
  const answer = fault ? spoil(fault, decided, traceIdOf(call)) : decided;
  call.world.record({
    method: call.raw.method,
    path: call.target.path,
    edge: contract,
    params: withoutSecrets(call.params),
    status: answer.status,
    answer: answer.json,
    byScenario: call.raw.byScenario === true,
    latencyMs: performance.now() - call.arrivedMs,
    ...(fault && { fault: fault.kind }),
  });
  call.world.pump();
  return answer;
}

function withoutSecrets(params: JsonObject): JsonObject {
  if (!('access_token' in params) && !('client_secret' in params) && !('appsecret_proof' in params))
    return params;
  const { access_token: _token, client_secret: _secret, appsecret_proof: _proof, ...rest } = params;
  return rest;
}

const pathAfterVersion = (target: Target): string =>
  [target.nodeId, target.edge].filter((part) => part !== '').join('/');
