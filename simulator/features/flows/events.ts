/** Flows: forms that open inside a chat. Their metadata, their JSON, and where they stand. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { WabaId } from '../../core/identifiers.ts';
import type { EpochMs } from '../../core/time.ts';

export { findFlow } from './state.ts';

/** `THROTTLED` and `BLOCKED` are Meta's doing. @see Meta: flows (documented) */
export type FlowStatus = 'DRAFT' | 'PUBLISHED' | 'DEPRECATED' | 'THROTTLED' | 'BLOCKED';

/** One thing that is wrong with a flow's JSON. */
export interface FlowFinding {
  readonly error: string;
  readonly message: string;
  /** Where, as a path with dots: `screens[0].layout`. */
  readonly path: string;
}

export interface Flow {
  /** Graph id, digits. */
  readonly id: string;
  readonly wabaId: WabaId;
  readonly name: string;
  readonly categories: readonly string[];
  readonly status: FlowStatus;
  readonly endpointUri?: string;
  /** The text of `flow.json`, once there was one. */
  readonly json?: string;
  readonly findings: readonly FlowFinding[];
  readonly updatedAtMs: EpochMs;
}

/** `POST /{waba-id}/flows`. */
export interface CreateFlow extends Command {
  readonly type: 'create-flow';
  readonly wabaId: WabaId;
  readonly name: string;
  readonly categories: readonly string[];
  readonly endpointUri?: string;
  readonly cloneOf?: string;
  readonly json?: string;
  readonly publish: boolean;
}

/** `POST /{flow-id}`: metadata. */
export interface ChangeFlow extends Command {
  readonly type: 'change-flow';
  readonly id: string;
  readonly change: Partial<Pick<Flow, 'name' | 'categories' | 'endpointUri'>>;
}

/** `POST /{flow-id}/assets`: another `flow.json`. */
export interface ReplaceFlowJson extends Command {
  readonly type: 'replace-flow-json';
  readonly id: string;
  readonly json: string;
}

/** `POST /{flow-id}/publish` and `/deprecate`, and `DELETE /{flow-id}`. */
export interface MoveFlow extends Command {
  readonly type: 'publish-flow' | 'deprecate-flow' | 'delete-flow';
  readonly id: string;
}

/** `GET /{waba-id}/flows`, `GET /{flow-id}`, `GET /{flow-id}/assets`. */
export interface ListFlows extends Command {
  readonly type: 'list-flows';
  readonly wabaId: WabaId;
}

export interface ReadFlow extends Command {
  readonly type: 'read-flow';
  readonly id: string;
}

export interface FlowWritten extends WorldEvent {
  readonly type: 'flow-written';
  readonly flow: Flow;
}

export interface FlowDeleted extends WorldEvent {
  readonly type: 'flow-deleted';
  readonly id: string;
}
