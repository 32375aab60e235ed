/** `message_templates`: templates of an account, their review, and the node of each. */
import { commands, edge, type Feature } from '../../core/feature.ts';
import { createTemplate, deleteTemplates, editTemplate, listTemplates, readTemplate } from './decide.ts';
import type {
  CreateTemplate,
  DeleteTemplates,
  EditTemplate,
  ListTemplates,
  MessageTemplate,
  ReadTemplate,
  TemplateCommand,
} from './events.ts';
import { rateTemplate, recategoriseTemplate, reviewTemplate, type RecategoriseTemplate } from './review.ts';
import { evolve } from './state.ts';
import * as wire from './wire.ts';

const permission = 'whatsapp_business_management';
const list = { node: 'waba', edge: 'message_templates', contract: 'message-templates', permission } as const;
const node = { node: 'template', edge: '', contract: 'template', permission } as const;

export const messageTemplatesFeature: Feature = {
  name: 'message-templates',
  fields: [
    'message_template_status_update',
    'message_template_quality_update',
    'message_template_components_update',
    'template_category_update',
  ],
  edges: [
    edge<ListTemplates, readonly MessageTemplate[]>({
      ...list,
      method: 'GET',
      parse: wire.parseList,
      render: wire.renderList,
      selects: wire.templateFields,
      pages: true,
    }),
    edge<CreateTemplate, MessageTemplate>({
      ...list,
      method: 'POST',
      parse: wire.parseCreate,
      render: wire.renderCreated,
    }),
    edge<DeleteTemplates, undefined>({
      ...list,
      method: 'DELETE',
      parse: wire.parseDelete,
      render: wire.renderSuccess,
    }),
    edge<ReadTemplate, MessageTemplate>({
      ...node,
      method: 'GET',
      parse: wire.parseRead,
      render: wire.renderTemplate,
      selects: wire.templateFields,
    }),
    edge<EditTemplate, undefined>({
      ...node,
      method: 'POST',
      parse: wire.parseEdit,
      render: wire.renderSuccess,
    }),
  ],
  commands: commands<TemplateCommand | RecategoriseTemplate>({
    'create-template': createTemplate,
    'edit-template': editTemplate,
    'delete-templates': deleteTemplates,
    'list-templates': listTemplates,
    'read-template': readTemplate,
    'review-template': reviewTemplate,
    'rate-template': rateTemplate,
    'recategorise-template': recategoriseTemplate,
  }),
  evolve,
};
