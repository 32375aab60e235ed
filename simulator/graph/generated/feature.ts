/**
 * Operations of Meta's specification that no feature answers: the request is held to the specification, and the answer
 * is made from it. The same question gets the same answer; nothing is remembered.
 */
import type { ContractFinding } from '../../../contracts/catalogue.ts';
import {
  readSpecification,
  specificationValidator,
  type ReducedOperation,
} from '../../../contracts/specification.ts';
import { accept, type Command, type Decision } from '../../core/decision.ts';
import { commands, edge, type Feature, type GraphEdge, type GraphRequest } from '../../core/feature.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { createRandom, hashSeed } from '../../core/random.ts';
import type { EpochMs } from '../../core/time.ts';
import type { NodeKind, ReadonlyWorld } from '../../core/world.ts';
import { generatedId, kindNamedBy } from './nodes.ts';
import { makeValue } from './value.ts';

interface AnswerBySpecification extends Command {
  readonly type: 'answer-by-specification';
  readonly operation: ReducedOperation;
  readonly nodeId: string;
}

function answer(
  world: ReadonlyWorld,
  { operation, nodeId }: AnswerBySpecification,
  nowMs: EpochMs,
): Decision<JsonValue> {
  const named = kindNamedBy(operation.edge);
  return accept(
    [],
    withoutPages(
      makeValue(operation.answer ?? { type: 'object', properties: { success: { type: 'boolean' } } }, {
        random: createRandom(hashSeed(`${world.seed} ${nodeId} ${operation.id}`)),
        nodeId: named ? generatedId(world, named) : nodeId,
        now: `${new Date(nowMs).toISOString().slice(0, 19)}+0000`,
      }),
    ),
  );
}

/** A list of one has no other page: a client that follows `next` would never come to an end. */
function withoutPages(value: JsonValue): JsonValue {
  const { paging, ...rest } = value as JsonObject;
  if (typeof paging !== 'object' || paging === null || Array.isArray(paging)) return value;
  const { next: _next, previous: _previous, ...kept } = paging as JsonObject;
  return { ...rest, paging: kept };
}

/** Mounted beside the features; its edges are found by {@link specifiedEdges} when one is asked for. */
export const generatedAnswers: Feature = {
  name: 'generated-answers',
  commands: commands<AnswerBySpecification>({ 'answer-by-specification': answer }),
};

/** The prefix of the contract's name of an edge that is answered so: `specification:listWabaSolutions`. */
const bySpecification = 'specification:';

const toEdge = (operation: ReducedOperation): GraphEdge =>
  edge<AnswerBySpecification, JsonValue>({
    method: operation.method,
    node: operation.node as NodeKind,
    edge: operation.edge,
    contract: `${bySpecification}${operation.id}`,
    permission: 'whatsapp_business_management',
    parse: ({ nodeId }: GraphRequest) => ({ type: 'answer-by-specification', operation, nodeId }),
    render: (reply) => reply,
  });

/** An edge for each operation of the specification; reads it. */
export const specifiedEdges = (): readonly GraphEdge[] => readSpecification().operations.map(toEdge);

/** Whether an edge is answered from the specification alone. */
export const isSpecified = ({ contract }: GraphEdge): boolean => contract.startsWith(bySpecification);

/** What the specification says of such an edge. @throws on any other */
export function specifiedOperation({ contract }: GraphEdge): ReducedOperation {
  const id = contract.slice(bySpecification.length);
  const operation = readSpecification().operations.find((one) => one.id === id);
  if (!operation) throw new Error(`The specification has no operation ${id}.`);
  return operation;
}

/**
 * Compares the parameters of such an edge's request with the specification, its query's first.
 *
 * The Graph takes a body's parameters in the query as well, and a token in either, so what is no parameter of the query
 * is held to the body's schema, the token apart.
 *
 * @param files - uploaded parts; of them only the names count
 */
export function specifiedValidator(edge: GraphEdge) {
  const operation = specifiedOperation(edge);
  const inQuery = specificationValidator(operation, 'query');
  const inBody = specificationValidator(operation, 'body');
  const queried = new Set(Object.keys(operation.query['properties'] as object));
  return (params: JsonObject, files: GraphRequest['files'] = {}): readonly ContractFinding[] => {
    const [finding] = inQuery(params);
    if (finding) return [finding];
    const own = Object.entries(params).filter(([name]) => name !== 'access_token' && !queried.has(name));
    const parts = Object.keys(files).map((name) => [name, ''] as const);
    return inBody(Object.fromEntries([...own, ...parts]));
  };
}
