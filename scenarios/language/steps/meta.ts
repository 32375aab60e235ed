/** What Meta does of its own accord: reviews, ratings, notices. */
import { jsonMap, oneOf, text } from '../read.ts';
import { optional, required } from '../shape.ts';
import { webhookFields } from '../vocabulary.ts';
import { fieldName } from './platform.ts';
import { mapStep, type StepReader } from './step.ts';

export const templateStatuses = ['APPROVED', 'REJECTED', 'PAUSED', 'DISABLED', 'IN_APPEAL'] as const;
export const rejectionReasons = [
  'ABUSIVE_CONTENT',
  'CATEGORY_NOT_AVAILABLE',
  'INCORRECT_CATEGORY',
  'INVALID_FORMAT',
  'PROMOTIONAL',
  'SCAM',
  'TAG_CONTENT_MISMATCH',
] as const;

export const metaSteps = {
  'meta.reviewsTemplate': mapStep(
    {
      template: required(text),
      language: optional(text),
      status: required(oneOf('a status', templateStatuses)),
      reason: optional(oneOf('a reason', rejectionReasons)),
    },
    ({ values }) => ({ does: 'meta.reviewsTemplate', ...values }),
  ),
  'meta.ratesTemplate': mapStep(
    {
      template: required(text),
      language: optional(text),
      quality: optional(oneOf('a quality', ['GREEN', 'YELLOW', 'RED', 'UNKNOWN'])),
      category: optional(oneOf('a category', ['AUTHENTICATION', 'MARKETING', 'UTILITY'])),
    },
    ({ values }) => ({ does: 'meta.ratesTemplate', ...values }),
  ),
  'meta.notifies': mapStep({ field: required(fieldName), value: required(jsonMap) }, ({ values }) => ({
    does: 'meta.notifies',
    ...values,
  })),
  'meta.invents': mapStep(
    { field: required(text), value: required(jsonMap) },
    ({ values, placeOfKey }, _head, reading) => {
      if (webhookFields.some((known) => known === values.field))
        return reading.report('wrong-value', placeOfKey('field'), `The field “${values.field}” exists.`);
      reading.names.fields.add(values.field);
      return { does: 'meta.invents', ...values };
    },
  ),
} as const satisfies Readonly<Record<string, StepReader>>;
