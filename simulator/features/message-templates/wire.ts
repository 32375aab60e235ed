/** `message_templates` and the template's node as parameters and JSON. */
import type { FieldSet, GraphRequest } from '../../core/feature.ts';
import type { WabaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { objectsIn, textOf, textsOf } from '../../core/wire-values.ts';
import type {
  CreateTemplate,
  DeleteTemplates,
  EditTemplate,
  ListTemplates,
  MessageTemplate,
  ReadTemplate,
  TemplateCategory,
} from './events.ts';
import { libraryComponents } from './library.ts';

export function parseCreate({ nodeId, params }: GraphRequest): CreateTemplate {
  const sendTtlSeconds = Number(textOf(params['message_send_ttl_seconds']));
  return {
    type: 'create-template',
    wabaId: nodeId as WabaId,
    draft: {
      name: textOf(params['name']) ?? '',
      language: textOf(params['language']) ?? '',
      category: categoryOf(params) ?? 'UTILITY',
      parameterFormat: textOf(params['parameter_format'])?.toUpperCase() === 'NAMED' ? 'NAMED' : 'POSITIONAL',
      components: libraryComponents(params) ?? objectsIn(params['components']).map(upperCased),
      ...(Number.isFinite(sendTtlSeconds) && { sendTtlSeconds }),
    },
  };
}

export function parseEdit({ nodeId, params }: GraphRequest): EditTemplate {
  const category = categoryOf(params);
  const sendTtlSeconds = Number(textOf(params['message_send_ttl_seconds']));
  return {
    type: 'edit-template',
    id: nodeId,
    change: {
      ...(category && { category }),
      ...(params['components'] !== undefined && {
        components: objectsIn(params['components']).map(upperCased),
      }),
      ...(Number.isFinite(sendTtlSeconds) && { sendTtlSeconds }),
    },
  };
}

const categoryOf = (params: JsonObject): TemplateCategory | undefined =>
  textOf(params['category'])?.toUpperCase() as TemplateCategory | undefined;

/** Clients write `body` and `BODY`; Meta prints the second. */
function upperCased(component: JsonObject): JsonObject {
  const format = textOf(component['format']);
  return {
    ...component,
    type: textOf(component['type'])?.toUpperCase() ?? '',
    ...(format !== undefined && { format: format.toUpperCase() }),
  };
}

export function parseDelete({ nodeId, params }: GraphRequest): DeleteTemplates {
  const name = textOf(params['name']);
  const ids = textsOf(params['hsm_ids']) ?? textsOf(params['hsm_id']);
  return {
    type: 'delete-templates',
    wabaId: nodeId as WabaId,
    ...(name !== undefined && { name }),
    ...(ids && { ids }),
  };
}

export function parseList({ nodeId, params }: GraphRequest): ListTemplates {
  const name = textOf(params['name']);
  const content = textOf(params['name_or_content']) ?? textOf(params['content']);
  const [statuses, categories, languages, qualities] = [
    'status',
    'category',
    'language',
    'quality_score',
  ].map((key) => textsOf(params[key]));
  return {
    type: 'list-templates',
    wabaId: nodeId as WabaId,
    ...(name !== undefined && { name }),
    ...(content !== undefined && { content }),
    ...(statuses && { statuses }),
    ...(categories && { categories }),
    ...(languages && { languages }),
    ...(qualities && { qualities }),
  };
}

export const parseRead = ({ nodeId }: GraphRequest): ReadTemplate => ({ type: 'read-template', id: nodeId });

/** What the node shows. @see Meta: message templates, read September 2026 (documented) */
export const templateFields: FieldSet = {
  nodeType: 'WhatsAppMessageTemplate',
  known: [
    'name',
    'parameter_format',
    'components',
    'language',
    'status',
    'category',
    'sub_category',
    'previous_category',
    'correct_category',
    'cta_url_link_tracking_opted_out',
    'degrees_of_freedom_spec',
    'display_format',
    'health_status',
    'is_primary_device_delivery_only',
    'last_updated_time',
    'library_template_name',
    'message_send_ttl_seconds',
    'quality_score',
    'rejected_reason',
    'specific_rejection_reason',
    'id',
  ],
  byDefault: ['name', 'parameter_format', 'components', 'language', 'status', 'category'],
};

export const renderTemplate = (template: MessageTemplate): JsonObject => ({
  name: template.name,
  parameter_format: template.parameterFormat,
  components: template.components,
  language: template.language,
  status: template.status,
  category: template.category,
  ...(template.previousCategory !== undefined && { previous_category: template.previousCategory }),
  ...(template.sendTtlSeconds !== undefined && { message_send_ttl_seconds: template.sendTtlSeconds }),
  quality_score: { score: template.quality },
  rejected_reason: template.rejectedReason,
  cta_url_link_tracking_opted_out: false,
  last_updated_time: `${new Date(template.updatedAtMs).toISOString().slice(0, 19)}+0000`,
  id: template.id,
});

export const renderList = (found: readonly MessageTemplate[]): JsonObject => ({
  data: found.map(renderTemplate),
});

export const renderCreated = ({ id, status, category }: MessageTemplate): JsonObject => ({
  id,
  status,
  category,
});

export const renderSuccess = (): JsonObject => ({ success: true });
