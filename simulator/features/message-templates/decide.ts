/** Creating, changing, deleting and finding templates. */
import { accept, mistake, refuse, type Decision, type WorldEvent } from '../../core/decision.ts';
import { scheduleAfter } from '../../core/events.ts';
import { mintGraphId } from '../../core/identifiers.ts';
import { objectMissing } from '../../core/refusals.ts';
import { dayMs, minuteMs, type EpochMs } from '../../core/time.ts';
import { textOf } from '../../core/wire-values.ts';
import { chanceOf, type ReadonlyWorld } from '../../core/world.ts';
import { checkComponents, checkDraft } from './check.ts';
import type {
  CreateTemplate,
  DeleteTemplates,
  EditTemplate,
  ListTemplates,
  MessageTemplate,
  ReadTemplate,
  ReviewTemplate,
  TemplateChanged,
  TemplateCreated,
  TemplatesDeleted,
} from './events.ts';
import * as refusals from './refusals.ts';
import { findTemplate, isNameBlocked, templates, templatesOf } from './state.ts';
import { componentsUpdate, statusUpdate } from './webhooks.ts';

/** Templates of an account; 6,000 for verified portfolios. @see Meta: message templates (documented) */
export const mostTemplates = 250;

/** From submission to the end of the review: minutes to 24 hours (documented); the minutes are assumed. */
export const reviewMs = 5 * minuteMs;

/** Edits of an approved template. @see Meta: message templates (documented) */
const editLimits = { inDay: 1, inMonth: 10, dayMs, monthMs: 30 * dayMs } as const;

/** Takes a template for review; it is `PENDING` until then. */
export function createTemplate(
  world: ReadonlyWorld,
  { wabaId, draft }: CreateTemplate,
  nowMs: EpochMs,
): Decision<MessageTemplate> {
  const refusal =
    checkDraft(draft) ??
    (findTemplate(world, wabaId, draft.name, draft.language)
      ? refusals.languageExists(languageName(draft.language))
      : isNameBlocked(world, wabaId, draft.name, nowMs)
        ? refusals.nameBlocked
        : templatesOf(world, wabaId).length >= mostTemplates
          ? refusals.tooManyTemplates
          : undefined);
  if (refusal) return refuse(refusal);
  const template: MessageTemplate = {
    ...draft,
    id: mintGraphId(chanceOf(world)),
    wabaId,
    status: 'PENDING',
    rejectedReason: 'NONE',
    quality: 'UNKNOWN',
    editedAtMs: [],
    updatedAtMs: nowMs,
  };
  const created: TemplateCreated = { type: 'template-created', template };
  return accept([created, dueReview(template.id, nowMs)], template);
}

const dueReview = (id: string, nowMs: EpochMs): WorldEvent => {
  const review: ReviewTemplate = { type: 'review-template', id, submittedAtMs: nowMs, status: 'APPROVED' };
  return scheduleAfter(nowMs, reviewMs, review);
};

/** As a person says it; Meta's own text is in English. */
const languageName = (code: string): string =>
  new Intl.DisplayNames(['en'], { type: 'language' }).of(code.replace('_', '-')) ?? code;

/** Changes a template, which is then reviewed anew. */
export function editTemplate(
  world: ReadonlyWorld,
  { id, change }: EditTemplate,
  nowMs: EpochMs,
): Decision<undefined> {
  const template = templates.of(world).byId.get(id);
  if (!template) return refuse(objectMissing(id, 'post'));
  const { status } = template;
  if (status !== 'APPROVED' && status !== 'REJECTED' && status !== 'PAUSED')
    return refuse(refusals.statusFixed);
  if (status === 'APPROVED' && !mayEditApproved(template, change, nowMs)) return refuse(refusals.statusFixed);
  const components = change.components ?? template.components;
  const found = checkComponents({ category: change.category ?? template.category, components });
  if (found) return refuse(found);
  const edited: MessageTemplate = {
    ...template,
    ...change,
    status: 'PENDING',
    rejectedReason: 'NONE',
    updatedAtMs: nowMs,
    editedAtMs:
      status === 'APPROVED'
        ? [...template.editedAtMs, nowMs].slice(-editLimits.inMonth)
        : template.editedAtMs,
  };
  const changed: TemplateChanged = { type: 'template-changed', id, change: edited };
  return accept(
    [changed, ...(change.components ? [componentsUpdate(edited, nowMs)] : []), dueReview(id, nowMs)],
    undefined,
  );
}

function mayEditApproved(
  { category, editedAtMs }: MessageTemplate,
  change: EditTemplate['change'],
  nowMs: EpochMs,
): boolean {
  const within = (spanMs: number): number => editedAtMs.filter((atMs) => nowMs - atMs < spanMs).length;
  if (change.category !== undefined && change.category !== category) return false;
  return within(editLimits.dayMs) < editLimits.inDay && within(editLimits.monthMs) < editLimits.inMonth;
}

/** Deletes all languages of a name, one of them, or a list; all or nothing. */
export function deleteTemplates(
  world: ReadonlyWorld,
  { wabaId, name, ids }: DeleteTemplates,
  nowMs: EpochMs,
): Decision<undefined> {
  const all = templatesOf(world, wabaId);
  const meant = ids
    ? all.filter((template) => ids.includes(template.id) && (name === undefined || template.name === name))
    : all.filter((template) => template.name === name);
  if (meant.length === 0 || (ids && meant.length < ids.length)) return refuse(refusals.templateNotFound);
  const deleted: TemplatesDeleted = { type: 'templates-deleted', wabaId, ids: meant.map(({ id }) => id) };
  return accept([deleted, ...meant.map((template) => statusUpdate(template, 'DELETED', nowMs))], undefined);
}

/** The account's templates that pass all filters, the newest first (assumed). */
export function listTemplates(
  world: ReadonlyWorld,
  filter: ListTemplates,
): Decision<readonly MessageTemplate[]> {
  if (!world.wabas.has(filter.wabaId)) return mistake(`There is no account ${filter.wabaId}.`);
  const passes = (values: readonly string[] | undefined, value: string): boolean =>
    values?.some((one) => one.toUpperCase() === value.toUpperCase()) ?? true;
  const found = templatesOf(world, filter.wabaId).filter(
    (template) =>
      (filter.name === undefined || template.name === filter.name) &&
      (filter.content === undefined || contains(template, filter.content)) &&
      passes(filter.statuses, template.status) &&
      passes(filter.categories, template.category) &&
      passes(filter.languages, template.language) &&
      passes(filter.qualities, template.quality),
  );
  return accept([], found.toReversed());
}

const contains = ({ name, components }: MessageTemplate, part: string): boolean =>
  [name, ...components.map((component) => textOf(component['text']) ?? '')].some((text) =>
    text.toLowerCase().includes(part.toLowerCase()),
  );

export function readTemplate(world: ReadonlyWorld, { id }: ReadTemplate): Decision<MessageTemplate> {
  const template = templates.of(world).byId.get(id);
  return template ? accept([], template) : refuse(objectMissing(id, 'get'));
}
