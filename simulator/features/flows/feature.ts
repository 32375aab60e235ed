/** `flows`: forms inside a chat; metadata, JSON and life, not what they show. */
import { commands, edge, type Feature } from '../../core/feature.ts';
import type { WabaId } from '../../core/identifiers.ts';
import {
  changeFlow,
  createFlow,
  listFlows,
  moveFlow,
  readFlow,
  replaceFlowJson,
  type FlowCreated,
  type FlowRead,
} from './decide.ts';
import type {
  ChangeFlow,
  CreateFlow,
  Flow,
  ListFlows,
  MoveFlow,
  ReadFlow,
  ReplaceFlowJson,
} from './events.ts';
import { evolve } from './state.ts';
import * as wire from './wire.ts';

const permission = 'whatsapp_business_management';
const list = { node: 'waba', edge: 'flows', contract: 'flows', permission } as const;
const node = { node: 'flow', edge: '', contract: 'flow', permission } as const;
const assets = { node: 'flow', edge: 'assets', contract: 'flow-assets', permission } as const;

const success = () => ({ success: true });

/** An edge that moves a flow on and takes no parameters. */
const move = (type: MoveFlow['type'], method: 'POST' | 'DELETE', path: string) =>
  edge<MoveFlow, undefined>({
    method,
    node: 'flow',
    edge: path,
    contract: path === '' ? 'flow' : 'flow-publish',
    permission,
    parse: ({ nodeId }) => ({ type, id: nodeId }),
    render: success,
  });

export const flowsFeature: Feature = {
  name: 'flows',
  fields: ['flows'],
  edges: [
    edge<ListFlows, readonly Flow[]>({
      ...list,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'list-flows', wabaId: nodeId as WabaId }),
      render: (found) => ({ data: found.map(wire.showFlow) }),
      selects: wire.flowFields,
      pages: true,
    }),
    edge<CreateFlow, FlowCreated>({
      ...list,
      method: 'POST',
      parse: wire.parseCreate,
      render: wire.renderCreated,
    }),
    edge<ReadFlow, FlowRead>({
      ...node,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'read-flow', id: nodeId }),
      render: wire.renderFlow,
      selects: wire.flowFields,
    }),
    edge<ChangeFlow, undefined>({ ...node, method: 'POST', parse: wire.parseChange, render: success }),
    edge<ReadFlow, FlowRead>({
      ...assets,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'read-flow', id: nodeId }),
      render: wire.renderAssets,
      pages: true,
    }),
    edge<ReplaceFlowJson, Flow>({
      ...assets,
      method: 'POST',
      parse: wire.parseAssets,
      render: wire.renderReplaced,
    }),
    move('publish-flow', 'POST', 'publish'),
    move('deprecate-flow', 'POST', 'deprecate'),
    move('delete-flow', 'DELETE', ''),
  ],
  commands: {
    ...commands<CreateFlow | ChangeFlow | ReplaceFlowJson | ListFlows | ReadFlow>({
      'create-flow': createFlow,
      'change-flow': changeFlow,
      'replace-flow-json': replaceFlowJson,
      'list-flows': listFlows,
      'read-flow': readFlow,
    }),
    ...commands<MoveFlow>({ 'publish-flow': moveFlow, 'deprecate-flow': moveFlow, 'delete-flow': moveFlow }),
  },
  evolve,
};
