/** Message templates: what businesses write ahead, have reviewed, and may send at any time. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { WabaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import type { EpochMs } from '../../core/time.ts';

export { checkTemplate, type TemplateSend } from './send.ts';
export { findTemplate } from './state.ts';

/** Where a template stands. @see Meta: message templates (documented) */
export type TemplateStatus =
  'APPROVED' | 'ARCHIVED' | 'DISABLED' | 'IN_APPEAL' | 'LIMIT_EXCEEDED' | 'PAUSED' | 'PENDING' | 'REJECTED';

export type TemplateCategory = 'AUTHENTICATION' | 'MARKETING' | 'UTILITY';
export type TemplateQuality = 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';

/** One language of a template; each is reviewed by itself and has an id of its own. */
export interface MessageTemplate {
  /** Graph id, digits. */
  readonly id: string;
  readonly wabaId: WabaId;
  readonly name: string;
  /** As WhatsApp writes it: `pt_BR`. */
  readonly language: string;
  readonly category: TemplateCategory;
  readonly previousCategory?: TemplateCategory;
  readonly parameterFormat: 'POSITIONAL' | 'NAMED';
  /** As they were given; types and formats in capitals. */
  readonly components: readonly JsonObject[];
  readonly status: TemplateStatus;
  /** `NONE` while it is not rejected. */
  readonly rejectedReason: string;
  readonly quality: TemplateQuality;
  /** Seconds until an undelivered message is given up, where it was set. */
  readonly sendTtlSeconds?: number;
  /** When it was edited while it was approved; the newest last, no more than the limits know. */
  readonly editedAtMs: readonly EpochMs[];
  readonly updatedAtMs: EpochMs;
}

/** What a business writes of a template. */
export interface TemplateDraft {
  readonly name: string;
  readonly language: string;
  readonly category: TemplateCategory;
  readonly parameterFormat: MessageTemplate['parameterFormat'];
  readonly components: readonly JsonObject[];
  readonly sendTtlSeconds?: number;
}

/** `POST /{waba-id}/message_templates`. */
export interface CreateTemplate extends Command {
  readonly type: 'create-template';
  readonly wabaId: WabaId;
  readonly draft: TemplateDraft;
}

/** `POST /{template-id}`. */
export interface EditTemplate extends Command {
  readonly type: 'edit-template';
  readonly id: string;
  readonly change: Partial<Pick<TemplateDraft, 'category' | 'components' | 'sendTtlSeconds'>>;
}

/** `DELETE /{waba-id}/message_templates`: by name, by name and id, or several ids. */
export interface DeleteTemplates extends Command {
  readonly type: 'delete-templates';
  readonly wabaId: WabaId;
  readonly name?: string;
  readonly ids?: readonly string[];
}

/** `GET /{waba-id}/message_templates`; filters that are missing let everything through. */
export interface ListTemplates extends Command {
  readonly type: 'list-templates';
  readonly wabaId: WabaId;
  readonly name?: string;
  /** A part of name or body. */
  readonly content?: string;
  readonly statuses?: readonly string[];
  readonly categories?: readonly string[];
  readonly languages?: readonly string[];
  readonly qualities?: readonly string[];
}

/** `GET /{template-id}`. */
export interface ReadTemplate extends Command {
  readonly type: 'read-template';
  readonly id: string;
}

/** The review is over: by the clock, or because a scenario says so. */
export interface ReviewTemplate extends Command {
  readonly type: 'review-template';
  /** Of the due review: the edit it belongs to; a later edit makes it moot. */
  readonly id?: string;
  readonly submittedAtMs?: EpochMs;
  /** Of a scenario: by name, in all its languages or in one. */
  readonly name?: string;
  readonly language?: string;
  readonly status: 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED' | 'IN_APPEAL';
  /** Why it was rejected, in Meta's words: `INVALID_FORMAT`. */
  readonly reason?: string;
}

/** Meta changes its mind about a template's category or quality. */
export interface RateTemplate extends Command {
  readonly type: 'rate-template';
  readonly name: string;
  readonly language?: string;
  readonly quality?: TemplateQuality;
  readonly category?: TemplateCategory;
}

export type TemplateCommand =
  | CreateTemplate
  | EditTemplate
  | DeleteTemplates
  | ListTemplates
  | ReadTemplate
  | ReviewTemplate
  | RateTemplate;

export interface TemplateCreated extends WorldEvent {
  readonly type: 'template-created';
  readonly template: MessageTemplate;
}

/** It is as told from now on; every other template is as it was. */
export interface TemplateChanged extends WorldEvent {
  readonly type: 'template-changed';
  readonly id: string;
  readonly change: Partial<MessageTemplate>;
}

export interface TemplatesDeleted extends WorldEvent {
  readonly type: 'templates-deleted';
  readonly wabaId: WabaId;
  readonly ids: readonly string[];
}

export type TemplateEvent = TemplateCreated | TemplateChanged | TemplatesDeleted;
