/** Flows as parameters and JSON. */
import type { FieldSet, GraphRequest } from '../../core/feature.ts';
import type { WabaId } from '../../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { dayMs } from '../../core/time.ts';
import { textOf, textsOf, truthOf } from '../../core/wire-values.ts';
import type { FlowCreated, FlowRead } from './decide.ts';
import type { ChangeFlow, CreateFlow, Flow, FlowFinding, ReplaceFlowJson } from './events.ts';

export function parseCreate({ nodeId, params }: GraphRequest): CreateFlow {
  const endpointUri = textOf(params['endpoint_uri']);
  const cloneOf = textOf(params['clone_flow_id']);
  const json = jsonText(params['flow_json']);
  return {
    type: 'create-flow',
    wabaId: nodeId as WabaId,
    name: textOf(params['name']) ?? '',
    categories: textsOf(params['categories']) ?? [],
    publish: truthOf(params['publish']) ?? false,
    ...(endpointUri !== undefined && { endpointUri }),
    ...(cloneOf !== undefined && cloneOf !== '' && { cloneOf }),
    ...(json !== undefined && { json }),
  };
}

/** As text, or already read: a form's value that begins like JSON was. */
const jsonText = (value: JsonValue | undefined): string | undefined =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value);

export function parseChange({ nodeId, params }: GraphRequest): ChangeFlow {
  const name = textOf(params['name']);
  const categories = textsOf(params['categories']);
  const endpointUri = textOf(params['endpoint_uri']);
  return {
    type: 'change-flow',
    id: nodeId,
    change: {
      ...(name !== undefined && { name }),
      ...(categories && { categories }),
      ...(endpointUri !== undefined && { endpointUri }),
    },
  };
}

/** The file is a part of the form, or, from some clients, a plain field. */
export const parseAssets = ({ nodeId, params, files }: GraphRequest): ReplaceFlowJson => ({
  type: 'replace-flow-json',
  id: nodeId,
  json: files?.['file']
    ? Buffer.from(files['file'].bytes).toString('utf8')
    : (jsonText(params['file']) ?? ''),
});

/** What the node has. @see Meta: flows API (documented) */
export const flowFields: FieldSet = {
  nodeType: 'WhatsAppBusinessFlow',
  known: [
    'id',
    'name',
    'status',
    'categories',
    'validation_errors',
    'json_version',
    'data_api_version',
    'data_channel_uri',
    'endpoint_uri',
    'preview',
    'whatsapp_business_account',
    'application',
    'health_status',
    'metric',
    'updated_at',
  ],
  byDefault: ['name', 'status', 'categories', 'validation_errors'],
};

const findingsOf = (findings: readonly FlowFinding[]): readonly JsonObject[] =>
  findings.map(({ error, message, path }) => ({
    error,
    error_type: 'FLOW_JSON_ERROR',
    message,
    line_start: 1,
    line_end: 1,
    column_start: 1,
    column_end: 1,
    pointers: [{ path, line_start: 1, line_end: 1, column_start: 1, column_end: 1 }],
  }));

/** What the list shows of a flow. */
export const showFlow = (flow: Flow): JsonObject => ({
  id: flow.id,
  name: flow.name,
  status: flow.status,
  categories: flow.categories,
  validation_errors: findingsOf(flow.findings),
});

/** The preview of a flow lives 30 days; its page is Meta's. @see Meta: flows API (documented) */
const previewLifeMs = 30 * dayMs;

export const renderFlow = ({ flow, wabaName, nowMs }: FlowRead): JsonObject => ({
  ...showFlow(flow),
  ...(flow.json !== undefined && { json_version: versionOf(flow.json) }),
  ...(flow.endpointUri !== undefined && {
    endpoint_uri: flow.endpointUri,
    data_channel_uri: flow.endpointUri,
    data_api_version: '3.0',
  }),
  preview: {
    preview_url: `https://business.facebook.com/wa/manage/flows/${flow.id}/preview/?token=${flow.id.slice(0, 8)}`,
    expires_at: `${new Date(nowMs + previewLifeMs).toISOString().slice(0, 19)}+0000`,
  },
  whatsapp_business_account: { id: flow.wabaId, name: wabaName },
  health_status: {
    can_send_message: 'AVAILABLE',
    entities: [{ entity_type: 'FLOW', id: flow.id, can_send_message: 'AVAILABLE' }],
  },
  updated_at: `${new Date(flow.updatedAtMs).toISOString().slice(0, 19)}+0000`,
});

function versionOf(json: string): string {
  const [, version = ''] = /"version"\s*:\s*"([^"]*)"/.exec(json) ?? [];
  return version;
}

export const renderCreated = ({ flow, withJson }: FlowCreated): JsonObject =>
  withJson ? { id: flow.id, success: true, validation_errors: findingsOf(flow.findings) } : { id: flow.id };

export const renderAssets = ({ flow }: FlowRead): JsonObject => ({
  data:
    flow.json === undefined
      ? []
      : [
          {
            name: 'flow.json',
            asset_type: 'FLOW_JSON',
            download_url: `https://mmg.whatsapp.net/flows/${flow.id}/flow.json`,
          },
        ],
});

export const renderReplaced = (flow: Flow): JsonObject => ({
  success: true,
  validation_errors: findingsOf(flow.findings),
});
