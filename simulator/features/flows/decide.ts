/** The life of a flow: a draft that can be changed, published for good, deprecated in the end. */
import {
  accept,
  mistake,
  refuse,
  type Decision,
  type Refusal,
  type WorldEvent,
} from '../../core/decision.ts';
import { emitForWaba } from '../../core/events.ts';
import { mintGraphId } from '../../core/identifiers.ts';
import { objectMissing } from '../../core/refusals.ts';
import type { EpochMs } from '../../core/time.ts';
import { chanceOf, type ReadonlyWorld } from '../../core/world.ts';
import type {
  ChangeFlow,
  CreateFlow,
  Flow,
  FlowDeleted,
  FlowStatus,
  FlowWritten,
  ListFlows,
  MoveFlow,
  ReadFlow,
  ReplaceFlowJson,
} from './events.ts';
import { checkFlowJson } from './flow-json.ts';
import { flows, flowsOf } from './state.ts';

/** @param details - Meta's own words for these are not recorded */
const notAllowed = (subcode: number, userTitle: string, userMessage: string): Refusal => ({
  code: 100,
  subcode,
  httpStatus: 400,
  message: 'Invalid parameter',
  bare: true,
  userTitle,
  userMessage,
  evidence: 'assumed',
  source: 'Meta: flows API, error codes; subcodes from clients, sentences assumed',
});

const nameTaken = notAllowed(
  4016019,
  'Flow name is not unique',
  'Another flow of this account has that name.',
);
const notPublishable = notAllowed(4233022, 'Flow cannot be published', 'Its JSON is missing or has errors.');
const notDraft = notAllowed(4016012, 'Flow is not a draft', 'Only drafts can be changed or deleted.');
const notPublished = notAllowed(4016010, 'Flow is not published', 'Only published flows can be deprecated.');

/** What a creation answers. */
export interface FlowCreated {
  readonly flow: Flow;
  /** Whether the JSON came with it. */
  readonly withJson: boolean;
}

export function createFlow(world: ReadonlyWorld, command: CreateFlow, nowMs: EpochMs): Decision<FlowCreated> {
  if (flowsOf(world, command.wabaId).some(({ name }) => name === command.name)) return refuse(nameTaken);
  const original = command.cloneOf === undefined ? undefined : flows.of(world).get(command.cloneOf);
  if (command.cloneOf !== undefined && !original) return refuse(objectMissing(command.cloneOf, 'post'));
  const json = command.json ?? original?.json;
  const findings = json === undefined ? [] : checkFlowJson(json);
  if (command.publish && (json === undefined || findings.length > 0)) return refuse(notPublishable);
  const flow: Flow = {
    id: mintGraphId(chanceOf(world)),
    wabaId: command.wabaId,
    name: command.name,
    categories: command.categories,
    status: 'DRAFT',
    findings,
    updatedAtMs: nowMs,
    ...(json !== undefined && { json }),
    ...(command.endpointUri !== undefined && { endpointUri: command.endpointUri }),
  };
  const events = command.publish ? [written(flow), ...moved(flow, 'PUBLISHED', nowMs)] : [written(flow)];
  return accept(events, { flow, withJson: command.json !== undefined });
}

const written = (flow: Flow): FlowWritten => ({ type: 'flow-written', flow });

/** Another status, and the webhook about it; its wording is assumed. */
function moved(flow: Flow, status: FlowStatus, nowMs: EpochMs): readonly WorldEvent[] {
  return [
    written({ ...flow, status, updatedAtMs: nowMs }),
    emitForWaba(flow.wabaId, 'flows', nowMs, {
      event: 'FLOW_STATUS_CHANGE',
      message: `Flow ${flow.name} changed status from ${flow.status} to ${status}.`,
      flow_id: flow.id,
      old_status: flow.status,
      new_status: status,
    }),
  ];
}

/** Metadata can be changed at any time but after the end (assumed of deprecated flows). */
export function changeFlow(world: ReadonlyWorld, command: ChangeFlow, nowMs: EpochMs): Decision<undefined> {
  const flow = flows.of(world).get(command.id);
  if (!flow) return refuse(objectMissing(command.id, 'post'));
  if (flow.status === 'DEPRECATED') return refuse(notDraft);
  const { name } = command.change;
  if (
    name !== undefined &&
    name !== flow.name &&
    flowsOf(world, flow.wabaId).some((one) => one.name === name)
  )
    return refuse(nameTaken);
  return accept([written({ ...flow, ...command.change, updatedAtMs: nowMs })], undefined);
}

/** A published flow that gets another JSON is a draft again (documented). */
export function replaceFlowJson(
  world: ReadonlyWorld,
  command: ReplaceFlowJson,
  nowMs: EpochMs,
): Decision<Flow> {
  const flow = flows.of(world).get(command.id);
  if (!flow) return refuse(objectMissing(command.id, 'post'));
  if (flow.status === 'DEPRECATED') return refuse(notDraft);
  const changed: Flow = {
    ...flow,
    status: 'DRAFT',
    json: command.json,
    findings: checkFlowJson(command.json),
    updatedAtMs: nowMs,
  };
  return accept([written(changed)], changed);
}

export function moveFlow(world: ReadonlyWorld, command: MoveFlow, nowMs: EpochMs): Decision<undefined> {
  const flow = flows.of(world).get(command.id);
  if (!flow) return refuse(objectMissing(command.id, command.type === 'delete-flow' ? 'delete' : 'post'));
  switch (command.type) {
    case 'publish-flow':
      if (flow.status !== 'DRAFT') return refuse(notDraft);
      if (flow.json === undefined || flow.findings.length > 0) return refuse(notPublishable);
      return accept(moved(flow, 'PUBLISHED', nowMs), undefined);
    case 'deprecate-flow':
      if (flow.status !== 'PUBLISHED') return refuse(notPublished);
      return accept(moved(flow, 'DEPRECATED', nowMs), undefined);
    case 'delete-flow': {
      if (flow.status !== 'DRAFT') return refuse(notDraft);
      const deleted: FlowDeleted = { type: 'flow-deleted', id: flow.id };
      return accept([deleted], undefined);
    }
  }
}

export function listFlows(world: ReadonlyWorld, { wabaId }: ListFlows): Decision<readonly Flow[]> {
  if (!world.wabas.has(wabaId)) return mistake(`There is no account ${wabaId}.`);
  return accept([], flowsOf(world, wabaId));
}

/** A flow, with the account and the app its node names. */
export interface FlowRead {
  readonly flow: Flow;
  readonly wabaName: string;
  readonly nowMs: EpochMs;
}

export function readFlow(world: ReadonlyWorld, { id }: ReadFlow, nowMs: EpochMs): Decision<FlowRead> {
  const flow = flows.of(world).get(id);
  if (!flow) return refuse(objectMissing(id, 'get'));
  return accept([], { flow, wabaName: world.wabas.get(flow.wabaId)?.name ?? '', nowMs });
}
