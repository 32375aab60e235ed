/** Which contracts a Graph call is held to, told from the call alone: there is no world whose nodes could be asked. */
import { requestValidator, responseValidator, type Validate } from '../contracts/catalogue.ts';
import { specificationValidator } from '../contracts/specification.ts';
import type { GraphEdge } from './core/feature.ts';
import type { JsonObject } from './core/json.ts';
import { features } from './features/index.ts';
import {
  isSpecified,
  specifiedEdges,
  specifiedOperation,
  specifiedValidator,
} from './graph/generated/feature.ts';
import { readParams, readTarget, readTexts } from './graph/read-request.ts';
import { createAllRoutes } from './graph/routes.ts';

/** One kind of operation a call may be. */
export interface CallContract {
  /** The contract's folder, or Meta's `operationId`. */
  readonly name: string;
  /** At most one finding, as WhatsApp names one. */
  readonly checkRequest: Validate;
  readonly checkAnswer: Validate;
}

/** A call as it went over the wire. */
export interface WireCall {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly contentType?: string;
  readonly body: string;
}

export interface ReadCall {
  /** After the version. */
  readonly path: string;
  /** What it may be; of a bare node the kind cannot be told from its id, so that there are several. */
  readonly contracts: readonly CallContract[];
  /** Query and body together; missing where they cannot be read without more than this. */
  readonly params?: JsonObject;
}

const routes = createAllRoutes(features, specifiedEdges);
const kinds = [...new Set(features.flatMap((feature) => feature.edges ?? []).map(({ node }) => node))];

/** Reads a captured call; never throws on one. */
export function contractsOfCall({ method, target, contentType, body }: WireCall): ReadCall {
  const read = readTarget(target);
  const params = readParams(
    { method, target, ...(contentType !== undefined && { contentType }), body: Buffer.from(body) },
    read.query,
  );
  return {
    path: `/${[read.nodeId === '' ? '' : '{id}', read.edge].filter((part) => part !== '').join('/')}`,
    contracts: edgesOf(method, read.nodeId, read.edge).map(toContract),
    // A form with files in it is read by the part, and later.
    ...(!(params instanceof Promise) && params.kind === 'read' && { params: params.params }),
  };
}

function edgesOf(method: string, nodeId: string, path: string): readonly GraphEdge[] {
  const found = nodeId === '' ? find(method, ['root'], path) : find(method, kinds, path);
  if (found.length > 0 || nodeId !== '') return found;
  // Captures often have a word where the id was.
  return find(method, kinds, path.split('/').slice(1).join('/'));
}

function find(method: string, among: readonly GraphEdge['node'][], path: string): readonly GraphEdge[] {
  const edges = among
    .map((kind) => routes.find(method, kind, path))
    .flatMap((route) => (typeof route === 'object' ? [route.edge] : []));
  return [...new Map(edges.map((edge) => [edge.contract, edge])).values()];
}

function toContract(edge: GraphEdge): CallContract {
  if (isSpecified(edge)) {
    const operation = specifiedOperation(edge);
    const checkRequest = specifiedValidator(edge);
    return {
      name: operation.id,
      checkRequest: (params) => checkRequest(params as JsonObject, undefined),
      checkAnswer: specificationValidator(operation, 'answer'),
    };
  }
  const validate = requestValidator(edge.contract, edge.method);
  return {
    name: edge.contract,
    checkRequest: (params) => {
      const findings = validate(params);
      return findings.length > 0 ? validate(readTexts(params as JsonObject)) : findings;
    },
    checkAnswer: responseValidator(edge.contract, edge.method),
  };
}
