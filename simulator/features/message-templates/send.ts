/** Whether a message fits the template it names, as WhatsApp looks at it before the 200. */
import type { Refusal } from '../../core/decision.ts';
import type { WabaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { objectOf, objectsIn, textOf } from '../../core/wire-values.ts';
import type { ReadonlyWorld } from '../../core/world.ts';
import type { MessageTemplate } from './events.ts';
import { findTemplate } from './state.ts';
import { variablesIn } from './variables.ts';

/** What a message says of its template. */
export interface TemplateSend {
  readonly name: string;
  readonly language: string;
  /** As they were sent. */
  readonly components: readonly JsonObject[];
  /** Major version of the request. */
  readonly served: number;
}

const errorCodes = 'Meta: support/error-codes';

const templateUnknown = ({ name, language }: TemplateSend): Refusal => ({
  code: 132001,
  httpStatus: 404,
  message: 'Template name does not exist in the translation',
  details: `template name (${name}) does not exist in ${language}`,
  evidence: 'observed',
  source: `${errorCodes}, and recorded by clients`,
});

const resting = (code: 132015 | 132016, message: string): Refusal => ({
  code,
  httpStatus: 400,
  message,
  evidence: 'documented',
  source: errorCodes,
});

const countMismatch = (part: string, given: number, expected: number): Refusal => ({
  code: 132000,
  httpStatus: 400,
  message: 'Number of parameters does not match the expected number of params',
  details: `${part}: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
  evidence: 'observed',
  source: `${errorCodes}; details recorded by clients`,
});

const formatMismatch = (details: string): Refusal => ({
  code: 132012,
  httpStatus: 400,
  message: 'Parameter format does not match format in the created template',
  details,
  evidence: 'observed',
  source: `${errorCodes}; details recorded by clients`,
});

const parameterMissing = (details: string, evidence: Refusal['evidence'] = 'observed'): Refusal => ({
  code: 131008,
  httpStatus: 400,
  message: 'Required parameter is missing',
  details,
  evidence,
  source: `${errorCodes}; details recorded by clients, or assumed in their manner`,
});

const nameMissing: Refusal = {
  code: 100,
  httpStatus: 400,
  message: 'Invalid parameter',
  details: 'Parameter name is missing or empty',
  evidence: 'observed',
  source: 'recorded by clients; the details are assumed',
};

const textTooLong: Refusal = {
  code: 132005,
  httpStatus: 400,
  message: 'Translated text too long',
  evidence: 'documented',
  source: errorCodes,
};

/** First version that has a code of its own for white space in parameters. @see Meta: support/error-codes (documented) */
const firstWithValidationCode = 23;

const spacing = 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces';

const spacingRefused = (served: number): Refusal =>
  served >= firstWithValidationCode
    ? {
        code: 132018,
        httpStatus: 400,
        message: 'Template validation error',
        details: "There's an issue with the parameters in your template.",
        evidence: 'documented',
        source: errorCodes,
      }
    : {
        code: 100,
        httpStatus: 400,
        message: 'Invalid parameter',
        details: spacing,
        evidence: 'assumed',
        source: `${errorCodes}: before v23.0 there was no code of its own`,
      };

/** Characters of a rendered body, and of one that is all there is. @see Meta: changelog (documented) */
const longest = { besideOthers: 1_024, alone: 32_768 } as const;

/**
 * The first thing that does not fit. Of templates that are not approved, paused or disabled WhatsApp says that they do
 * not exist (assumed).
 */
export function checkTemplate(world: ReadonlyWorld, wabaId: WabaId, sent: TemplateSend): Refusal | undefined {
  const template = findTemplate(world, wabaId, sent.name, sent.language);
  switch (template?.status) {
    case 'APPROVED':
      return hasOddSpacing(sent.components)
        ? spacingRefused(sent.served)
        : checkParts(template, template.components, sent.components);
    case 'PAUSED':
      return resting(132015, 'Template is paused');
    case 'DISABLED':
      return resting(132016, 'Template is disabled');
    default:
      return templateUnknown(sent);
  }
}

/** Whether a text, wherever it stands, has line ends, tabs, or five spaces in a row. */
const hasOddSpacing = (components: readonly JsonObject[]): boolean =>
  components.some(
    (component) =>
      objectsIn(component['parameters']).some((one) => /[\n\t]| {5}/.test(textOf(one['text']) ?? '')) ||
      objectsIn(component['cards']).some((card) => hasOddSpacing(objectsIn(card['components']))),
  );

const isOf = (type: string) => (component: JsonObject) => textOf(component['type'])?.toUpperCase() === type;

function checkParts(
  template: MessageTemplate,
  parts: readonly JsonObject[],
  sent: readonly JsonObject[],
): Refusal | undefined {
  const given = (type: string): readonly JsonObject[] =>
    sent.filter(isOf(type)).flatMap((component) => objectsIn(component['parameters']));
  for (const part of parts) {
    const found = checkPart(template, part, parts, sent, given);
    if (found) return found;
  }
  return undefined;
}

function checkPart(
  template: MessageTemplate,
  part: JsonObject,
  parts: readonly JsonObject[],
  sent: readonly JsonObject[],
  given: (type: string) => readonly JsonObject[],
): Refusal | undefined {
  switch (textOf(part['type'])?.toUpperCase()) {
    case 'HEADER':
      return checkHeader(template, part, given('HEADER'));
    case 'BODY': {
      const text = bodyText(template, part);
      return checkTexts(template, 'body', text, given('BODY')) ?? checkLength(text, given('BODY'), parts);
    }
    case 'BUTTONS':
      return checkButtons(objectsIn(part['buttons']), sent.filter(isOf('BUTTON')));
    case 'LIMITED_TIME_OFFER':
      return objectOf(part['limited_time_offer'])?.['has_expiration'] === true &&
        given('LIMITED_TIME_OFFER').length === 0
        ? parameterMissing('limited_time_offer: a parameter is required', 'assumed')
        : undefined;
    case 'CAROUSEL':
      return checkCards(template, part, sent.find(isOf('CAROUSEL')));
    default:
      return undefined;
  }
}

/** Meta writes the body of an authentication template; the code is its one variable. */
const bodyText = ({ category }: MessageTemplate, body: JsonObject): string =>
  textOf(body['text']) ?? (category === 'AUTHENTICATION' ? '*{{1}}* is your verification code.' : '');

function checkHeader(
  template: MessageTemplate,
  header: JsonObject,
  given: readonly JsonObject[],
): Refusal | undefined {
  const format = textOf(header['format'])?.toUpperCase() ?? 'TEXT';
  const [first] = given;
  const received = textOf(first?.['type'])?.toUpperCase() ?? 'UNKNOWN';
  if (format === 'TEXT') {
    const text = textOf(header['text']) ?? '';
    if (first && received !== 'TEXT' && received !== 'CURRENCY' && received !== 'DATE_TIME')
      return formatMismatch(`header: Format mismatch, expected TEXT, received ${received}`);
    return checkTexts(template, 'header', text, given);
  }
  return received === format
    ? undefined
    : formatMismatch(`header: Format mismatch, expected ${format}, received ${received}`);
}

function checkTexts(
  { parameterFormat }: MessageTemplate,
  part: 'header' | 'body',
  text: string,
  given: readonly JsonObject[],
): Refusal | undefined {
  const variables = variablesIn(text);
  if (given.some(isEmptyText))
    return parameterMissing('Parameter of type text is missing text value', 'assumed');
  if (parameterFormat === 'POSITIONAL' || variables.length === 0)
    return given.length === variables.length
      ? undefined
      : countMismatch(part, given.length, variables.length);
  const names = given.map((parameter) => textOf(parameter['parameter_name']) ?? '');
  if (names.includes('')) return nameMissing;
  const known = variables.filter((variable) => names.includes(variable)).length;
  return known === variables.length && names.length === known
    ? undefined
    : countMismatch(part, known, variables.length);
}

const isEmptyText = (parameter: JsonObject): boolean =>
  isOf('TEXT')(parameter) && (textOf(parameter['text']) ?? '') === '';

/** As a customer would read it; what is no text is at its fallback. */
function checkLength(
  text: string,
  given: readonly JsonObject[],
  parts: readonly JsonObject[],
): Refusal | undefined {
  const filled = given.reduce(
    (sum, parameter) => sum + (textOf(parameter['text']) ?? '').length,
    text.length,
  );
  return filled > (parts.length === 1 ? longest.alone : longest.besideOthers) ? textTooLong : undefined;
}

function checkButtons(buttons: readonly JsonObject[], sent: readonly JsonObject[]): Refusal | undefined {
  for (const [index, button] of buttons.entries()) {
    const own = sent.find((component) => textOf(component['index']) === String(index));
    const kind = wantsParameter(button);
    if (kind !== undefined && objectsIn(own?.['parameters']).length === 0)
      return parameterMissing(`buttons: Button at index ${index} of type ${kind} requires a parameter`);
  }
  return undefined;
}

/** The kind of a button that cannot be sent without a parameter, as WhatsApp spells it. */
function wantsParameter(button: JsonObject): string | undefined {
  switch (textOf(button['type'])?.toUpperCase()) {
    case 'URL':
      return variablesIn(textOf(button['url']) ?? '').length > 0 ? 'Url' : undefined;
    case 'OTP':
      return 'Url';
    case 'COPY_CODE':
      return 'CopyCode';
    case 'MPM':
      return 'Mpm';
    default:
      return undefined;
  }
}

function checkCards(
  template: MessageTemplate,
  carousel: JsonObject,
  sent: JsonObject | undefined,
): Refusal | undefined {
  const cards = objectsIn(carousel['cards']);
  const given = objectsIn(sent?.['cards']);
  if (given.length !== cards.length) return countMismatch('carousel', given.length, cards.length);
  for (const [index, card] of cards.entries()) {
    const own = given.find((one) => textOf(one['card_index']) === String(index)) ?? given[index];
    const found = checkParts(template, objectsIn(card['components']), objectsIn(own?.['components']));
    if (found) return found;
  }
  return undefined;
}
