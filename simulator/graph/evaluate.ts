/** What an edge makes of a call: contract, decision, and of the answer the page and the fields that were asked for. */
import type { Refusal } from '../core/decision.ts';
import type { GraphBytes, GraphEdge, GraphRequest, HandshakeResult } from '../core/feature.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { NodeKind, ReadonlyWorld } from '../core/world.ts';
import { authorise } from './authorise.ts';
import { addressOf, type Call, type GraphWorld } from './call.ts';
import { generatedKind } from './generated/nodes.ts';
import { metadataOf, wantsMetadata } from './metadata.ts';
import { cutPage } from './page.ts';
import { readFields, readTexts } from './read-request.ts';
import type { Route, Routes } from './routes.ts';
import { refusalOfFields, selectFields, type AskedField } from './select.ts';
import type { Check } from './validation.ts';

/** Of a node's id, what kind it is in this world. */
export const kindOf = (world: ReadonlyWorld, nodeId: string): NodeKind | undefined =>
  world.nodes.get(nodeId) ?? generatedKind(world, nodeId);

/** The body of an answer, or why there is none. */
export type Evaluated = { readonly content: JsonValue | GraphBytes } | Refusal;

export interface Evaluator {
  /** The call as edges know it, held to the contract. */
  readonly read: (call: Call, route: Route) => { readonly request: GraphRequest } | Refusal;
  /** Decides and renders. */
  readonly evaluate: (
    call: Call,
    edge: GraphEdge,
    request: GraphRequest,
    handshake?: HandshakeResult,
  ) => Evaluated;
}

export function createEvaluator(routes: Routes, check: Check): Evaluator {
  /** Clients send lists and objects as text in a JSON body, too; such texts are read where nothing else will do. */
  const checked = (edge: GraphEdge, { params, files }: Call): { readonly params: JsonObject } | Refusal => {
    const invalid = check(edge, params, files);
    if (!invalid) return { params };
    const texts = readTexts(params);
    return check(edge, texts, files) ? invalid : { params: texts };
  };

  const read: Evaluator['read'] = (call, { edge, tail }) => {
    const { raw, world, target, served, token, files } = call;
    const kept = checked(edge, call);
    if (!('params' in kept)) return kept;
    const { params } = kept;
    const fields = readFields(params['fields']);
    const request: GraphRequest = {
      method: edge.method,
      nodeId: target.nodeId,
      params,
      token,
      served,
      ...(tail !== undefined && { tail }),
      ...(target.version !== undefined && { version: target.version }),
      ...(fields && { fields }),
      ...(files && { files }),
      ...(raw.host !== undefined && hostsFiles(world) && { downloadOrigin: `http://${raw.host}` }),
    };
    return { request };
  };

  const evaluate: Evaluator['evaluate'] = (call, edge, request, handshake) => {
    const asked = handshake ? { ...request, handshake } : request;
    const outcome = call.world.engine.execute(edge.parse(asked));
    if (outcome.kind === 'refused') return outcome.refusal;
    if (outcome.kind === 'mistaken')
      throw new Error(`A Graph call was decided as a mistake: ${outcome.mistake.message}`);
    const content = edge.render(outcome.reply, asked);
    return edge.selects || edge.pages ? shape(call, edge, asked, content as JsonObject) : { content };
  };

  /** Of what an edge renders whole, the page and the fields that were asked for. */
  const shape = (
    call: Call,
    { selects, pages, edge, node }: GraphEdge,
    { fields }: GraphRequest,
    whole: JsonObject,
  ): Evaluated => {
    const kind = edge === '' ? node : kindOf(call.world.engine.world, firstId(whole));
    const isEdge = (name: string): boolean => kind !== undefined && edgeBelow(kind, name) !== undefined;
    const unknown = selects && refusalOfFields(selects, fields, isEdge);
    if (unknown) return unknown;
    const cut = pages
      ? cutPage(whole, { params: call.params, served: call.served, address: addressOf(call) })
      : { page: whole };
    if ('code' in cut) return cut;
    if (!selects) return { content: cut.page };
    const refused: Refusal[] = [];
    const content = selectFields(selects, cut.page, fields, (nodeId, field) => {
      const nested = readNested(call, nodeId, field);
      if (nested && 'content' in nested) return nested.content as JsonValue;
      if (nested) refused.push(nested);
      return undefined;
    });
    if (refused[0]) return refused[0];
    if (edge !== '' || !wantsMetadata(call.params)) return { content };
    return { content: { metadata: metadataOf(selects, addressOf(call), routes.below(node)), ...content } };
  };

  const edgeBelow = (kind: NodeKind, name: string): Route | undefined => {
    const route = routes.find('GET', kind, name);
    return typeof route === 'object' ? route : undefined;
  };

  /** An edge that is asked for as a field is a call of its own, below the node it is asked of. */
  const readNested = (
    call: Call,
    nodeId: string,
    { name, modifiers, below }: AskedField,
  ): Evaluated | undefined => {
    const { engine } = call.world;
    const kind = kindOf(engine.world, nodeId);
    const route = kind && edgeBelow(kind, name);
    if (!route) return undefined;
    const denied = authorise(
      engine.world,
      route.edge,
      nodeId,
      { token: call.token, proof: undefined },
      engine.nowMs,
    );
    if (denied) return denied;
    const { version } = call.target;
    const nested: Call = {
      ...call,
      target: {
        ...call.target,
        nodeId,
        edge: name,
        path: `/${version ? `${version}/` : ''}${nodeId}/${name}`,
      },
      params: { ...modifiers, ...(below && { fields: below.join(',') }) },
    };
    const asked = read(nested, route);
    return 'request' in asked ? evaluate(nested, route.edge, asked.request) : asked;
  };

  return { read, evaluate };
}

/** Of a node, or of the first in a list. */
function firstId({ id, data }: JsonObject): string {
  const first = Array.isArray(data) ? (data as readonly JsonObject[])[0]?.['id'] : id;
  return typeof first === 'string' ? first : '';
}

const hostsFiles = ({ engine }: GraphWorld): boolean => engine.world.behaviour.mediaHost === 'simulator';
