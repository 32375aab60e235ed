/** What subscribers hear of templates. Ids are numbers here, as in all of Meta's samples. */
import { emitForWaba, type WebhookEmitted } from '../../core/events.ts';
import type { JsonObject } from '../../core/json.ts';
import { toSeconds, type EpochMs } from '../../core/time.ts';
import { objectsIn, textOf } from '../../core/wire-values.ts';
import { dayMs } from '../../core/time.ts';
import type { MessageTemplate } from './events.ts';

const naming = (template: MessageTemplate): JsonObject => ({
  message_template_id: Number(template.id),
  message_template_name: template.name,
  message_template_language: template.language,
});

/**
 * `message_template_status_update`.
 *
 * @param event - the new status, `DELETED` where there is none any more
 * @param reason - of a rejection; `NONE` otherwise
 * @see Meta: webhooks/reference/message_template_status_update (documented)
 */
export const statusUpdate = (
  template: MessageTemplate,
  event: string,
  nowMs: EpochMs,
  reason = 'NONE',
): WebhookEmitted =>
  emitForWaba(template.wabaId, 'message_template_status_update', nowMs, {
    event,
    ...naming(template),
    reason,
    message_template_category: template.category,
    ...(event === 'DISABLED' && { disable_info: { disable_date: toSeconds(nowMs) } }),
    ...(event === 'PAUSED' && {
      other_info: {
        title: 'FIRST_PAUSE',
        description:
          'Your WhatsApp message template has been paused for 3 hours until its quality improves, because it had issues.',
      },
    }),
    ...(event === 'REJECTED' &&
      reason === 'INVALID_FORMAT' && {
        rejection_info: {
          reason: 'The format of the template is invalid.',
          recommendation: 'Edit the template and submit it again.',
        },
      }),
  });

/** `message_template_quality_update`. @see Meta: webhooks/reference (documented) */
export const qualityUpdate = (
  template: MessageTemplate,
  quality: MessageTemplate['quality'],
  nowMs: EpochMs,
): WebhookEmitted =>
  emitForWaba(template.wabaId, 'message_template_quality_update', nowMs, {
    previous_quality_score: template.quality,
    new_quality_score: quality,
    ...naming(template),
  });

/**
 * `template_category_update`, of a change that is announced, and a day later of the change.
 *
 * @see Meta: webhooks/reference/template_category_update (documented)
 */
export const categoryAnnounced = (
  template: MessageTemplate,
  category: MessageTemplate['category'],
  nowMs: EpochMs,
): WebhookEmitted =>
  emitForWaba(template.wabaId, 'template_category_update', nowMs, {
    ...naming(template),
    correct_category: category,
    new_category: template.category,
    category_update_timestamp: toSeconds(nowMs) + dayMs / 1000,
  });

export const categoryUpdated = (
  template: MessageTemplate,
  category: MessageTemplate['category'],
  nowMs: EpochMs,
): WebhookEmitted =>
  emitForWaba(template.wabaId, 'template_category_update', nowMs, {
    ...naming(template),
    previous_category: template.category,
    new_category: category,
  });

/** `message_template_components_update`: how an edited template reads. @see Meta: webhooks/reference (documented) */
export function componentsUpdate(template: MessageTemplate, nowMs: EpochMs): WebhookEmitted {
  const of = (type: string) =>
    template.components.find((component) => textOf(component['type'])?.toUpperCase() === type);
  const title = textOf(of('HEADER')?.['text']);
  const footer = textOf(of('FOOTER')?.['text']);
  const buttons = objectsIn(of('BUTTONS')?.['buttons']);
  return emitForWaba(template.wabaId, 'message_template_components_update', nowMs, {
    ...naming(template),
    ...(title !== undefined && { message_template_title: title }),
    message_template_element: textOf(of('BODY')?.['text']) ?? '',
    ...(footer !== undefined && { message_template_footer: footer }),
    ...(buttons.length > 0 && { message_template_buttons: buttons.map(showButton) }),
  });
}

function showButton(button: JsonObject): JsonObject {
  const url = textOf(button['url']);
  const phone = textOf(button['phone_number']);
  return {
    message_template_button_type: textOf(button['type'])?.toUpperCase() ?? '',
    message_template_button_text: textOf(button['text']) ?? '',
    ...(url !== undefined && { message_template_button_url: url }),
    ...(phone !== undefined && { message_template_button_phone_number: phone }),
  };
}
