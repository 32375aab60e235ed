/** What Meta decides of templates: the review, pauses, quality and categories. */
import { accept, mistake, type Decision, type WorldEvent } from '../../core/decision.ts';
import { scheduleAfter } from '../../core/events.ts';
import { dayMs, hourMs, type EpochMs } from '../../core/time.ts';
import type { ReadonlyWorld } from '../../core/world.ts';
import type { MessageTemplate, RateTemplate, ReviewTemplate, TemplateChanged } from './events.ts';
import { templates } from './state.ts';
import { categoryAnnounced, categoryUpdated, qualityUpdate, statusUpdate } from './webhooks.ts';

/** How long a template rests at its first pause. @see Meta: template pausing (documented) */
const pauseMs = 3 * hourMs;

/** From the notice of another category to the change. @see Meta: template categorization (documented) */
const categoryNoticeMs = dayMs;

/** Ends a review; of a template that was edited or deleted meanwhile it says nothing. */
export function reviewTemplate(
  world: ReadonlyWorld,
  command: ReviewTemplate,
  nowMs: EpochMs,
): Decision<undefined> {
  const meant = meantBy(world, command);
  if (meant.length === 0 && command.name !== undefined) return missing(command.name);
  const { status, reason } = command;
  return accept(
    meant.flatMap((template): readonly WorldEvent[] => {
      const isBack = template.status === 'PAUSED' && status === 'APPROVED';
      const rejectedReason = status === 'REJECTED' ? (reason ?? 'INVALID_FORMAT') : 'NONE';
      return [
        changed(template, { status, rejectedReason, updatedAtMs: nowMs }),
        statusUpdate(template, isBack ? 'REINSTATED' : status, nowMs, rejectedReason),
        ...(status === 'PAUSED' ? [endOfPause(template, nowMs)] : []),
      ];
    }),
    undefined,
  );
}

function meantBy(world: ReadonlyWorld, command: ReviewTemplate): readonly MessageTemplate[] {
  const all = [...templates.of(world).byId.values()];
  if (command.name !== undefined) return named(all, command.name, command.language);
  return all.filter(({ id, updatedAtMs }) => id === command.id && updatedAtMs === command.submittedAtMs);
}

const named = (
  all: readonly MessageTemplate[],
  name: string,
  language: string | undefined,
): readonly MessageTemplate[] =>
  all.filter((one) => one.name === name && (language === undefined || one.language === language));

const missing = (name: string): Decision<never> =>
  mistake(
    `There is no template “${name}”.`,
    'Templates are there from the start, or once they were created.',
  );

const changed = ({ id }: MessageTemplate, change: Partial<MessageTemplate>): TemplateChanged => ({
  type: 'template-changed',
  id,
  change,
});

const endOfPause = ({ id }: MessageTemplate, nowMs: EpochMs): WorldEvent => {
  const back: ReviewTemplate = { type: 'review-template', id, submittedAtMs: nowMs, status: 'APPROVED' };
  return scheduleAfter(nowMs, pauseMs, back);
};

/**
 * Another quality counts at once; another category is announced, and counts a day later. Neither is an update of the
 * template: a review or a pause that is under way ends all the same.
 */
export function rateTemplate(
  world: ReadonlyWorld,
  command: RateTemplate,
  nowMs: EpochMs,
): Decision<undefined> {
  const meant = named([...templates.of(world).byId.values()], command.name, command.language);
  if (meant.length === 0) return missing(command.name);
  const { quality, category } = command;
  return accept(
    meant.flatMap((template): readonly WorldEvent[] => [
      ...(quality === undefined || quality === template.quality
        ? []
        : [changed(template, { quality }), qualityUpdate(template, quality, nowMs)]),
      ...(category === undefined || category === template.category
        ? []
        : [
            categoryAnnounced(template, category, nowMs),
            scheduleAfter(nowMs, categoryNoticeMs, {
              type: 'recategorise-template',
              id: template.id,
              category,
            } as RecategoriseTemplate),
          ]),
    ]),
    undefined,
  );
}

/** Due: the announced change of category. */
export interface RecategoriseTemplate {
  readonly type: 'recategorise-template';
  readonly id: string;
  readonly category: MessageTemplate['category'];
}

export function recategoriseTemplate(
  world: ReadonlyWorld,
  { id, category }: RecategoriseTemplate,
  nowMs: EpochMs,
): Decision<undefined> {
  const template = templates.of(world).byId.get(id);
  if (!template || template.category === category) return accept([], undefined);
  const change = { category, previousCategory: template.category };
  return accept([changed(template, change), categoryUpdated(template, category, nowMs)], undefined);
}
