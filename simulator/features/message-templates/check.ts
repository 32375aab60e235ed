/** Whether Meta would take a template for review at all. */
import type { Refusal } from '../../core/decision.ts';
import type { JsonObject } from '../../core/json.ts';
import { objectOf, objectsIn, textOf } from '../../core/wire-values.ts';
import type { TemplateDraft } from './events.ts';
import * as refusals from './refusals.ts';
import { isVariableAtEdge, variablesIn, wordsBesideVariables } from './variables.ts';

/** Characters, and counts. @see Meta: message templates, components (documented) */
export const limits = {
  name: 512,
  header: 60,
  body: 1024,
  footer: 60,
  button: 25,
  url: 2000,
  couponCode: 15,
  buttons: 10,
  urlButtons: 2,
  phoneButtons: 1,
  cards: 10,
} as const;

/** The first thing that Meta would not take. */
export function checkDraft(draft: TemplateDraft): Refusal | undefined {
  if (!/^[a-z0-9_]+$/.test(draft.name) || draft.name.length > limits.name) return refusals.nameFormat;
  if (!/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(draft.language)) return refusals.languageUnknown;
  return checkComponents(draft);
}

/** The components of a draft, or of an edit. */
export function checkComponents({ category, components }: Pick<TemplateDraft, 'category' | 'components'>) {
  const bodies = components.filter(isOf('BODY'));
  if (bodies.length !== 1) return refusals.bodyFormat;
  for (const component of components) {
    const found = checkComponent(component, category === 'AUTHENTICATION');
    if (found) return found;
  }
  return undefined;
}

const isOf = (type: string) => (component: JsonObject) => textOf(component['type'])?.toUpperCase() === type;

function checkComponent(component: JsonObject, isAuthentication: boolean): Refusal | undefined {
  switch (textOf(component['type'])?.toUpperCase()) {
    case 'HEADER':
      return checkHeader(component);
    case 'BODY':
      // Meta writes the body of an authentication template.
      return isAuthentication ? undefined : checkBody(component);
    case 'FOOTER':
      return checkFooter(component);
    case 'BUTTONS':
      return checkButtons(component);
    case 'CAROUSEL':
      return checkCards(component);
    default:
      return undefined;
  }
}

function checkHeader(header: JsonObject): Refusal | undefined {
  const format = textOf(header['format'])?.toUpperCase();
  const example = objectOf(header['example']) ?? {};
  if (format === 'LOCATION' || format === 'PRODUCT') return undefined;
  if (format !== 'TEXT') return example['header_handle'] ? undefined : refusals.exampleMissing;
  const text = textOf(header['text']) ?? '';
  const variables = variablesIn(text);
  if (text === '' || variables.length > 1 || text.includes('\n')) return refusals.headerFormat;
  if (text.length > limits.header) return refusals.tooLong('header', limits.header);
  const hasExample = example['header_text'] ?? example['header_text_named_params'];
  return variables.length > 0 && !hasExample ? refusals.exampleMissing : undefined;
}

function checkBody(body: JsonObject): Refusal | undefined {
  const text = textOf(body['text']) ?? '';
  if (text.trim() === '') return refusals.bodyFormat;
  if (text.length > limits.body) return refusals.tooLong('body', limits.body);
  const variables = variablesIn(text);
  if (variables.length === 0) return undefined;
  if (isVariableAtEdge(text)) return refusals.variableAtEdge;
  const example = objectOf(body['example']) ?? {};
  if (!example['body_text'] && !example['body_text_named_params']) return refusals.exampleMissing;
  return wordsBesideVariables(text) < leastWords(variables.length) ? refusals.tooManyVariables : undefined;
}

/** Words that so many variables want beside them; the ratio is not published (assumed). */
const leastWords = (variables: number): number => 2 * variables + 1;

function checkFooter(footer: JsonObject): Refusal | undefined {
  const text = textOf(footer['text']) ?? '';
  if (variablesIn(text).length > 0) return refusals.footerFormat;
  return text.length > limits.footer ? refusals.tooLong('footer', limits.footer) : undefined;
}

function checkButtons(component: JsonObject): Refusal | undefined {
  const buttons = objectsIn(component['buttons']);
  const count = (type: string): number => buttons.filter(isOf(type)).length;
  if (buttons.length === 0) return refusals.buttons('Param buttons must have at least 1 element.');
  if (buttons.length > limits.buttons)
    return refusals.buttons(`Param buttons must have at most ${limits.buttons} elements.`);
  if (count('URL') > limits.urlButtons)
    return refusals.buttons(`A template can have at most ${limits.urlButtons} URL buttons.`);
  if (count('PHONE_NUMBER') > limits.phoneButtons)
    return refusals.buttons('A template can have at most 1 phone number button.');
  if (count('COPY_CODE') > 1) return refusals.buttons('A template can have at most 1 copy code button.');
  if (!areTogether(buttons)) return refusals.buttons('Quick reply buttons must be grouped together.');
  for (const [index, button] of buttons.entries()) {
    const found = checkButton(button, index);
    if (found) return found;
  }
  return undefined;
}

/** Quick replies stand before or after all other buttons, not among them. */
function areTogether(buttons: readonly JsonObject[]): boolean {
  const changes = buttons.filter(
    (button, index) =>
      index > 0 && isOf('QUICK_REPLY')(button) !== isOf('QUICK_REPLY')(buttons[index - 1] ?? {}),
  );
  return changes.length <= 1;
}

function checkButton(button: JsonObject, index: number): Refusal | undefined {
  const text = textOf(button['text']) ?? '';
  if (text.length > limits.button) return refusals.tooLong('button', limits.button);
  const url = textOf(button['url']) ?? '';
  if (url.length > limits.url) return refusals.tooLong('URL', limits.url);
  if (variablesIn(url).length > 0 && !button['example']) return refusals.exampleMissing;
  const phone = textOf(button['phone_number']);
  if (isOf('PHONE_NUMBER')(button) && !/^\+?[\d\s()-]{5,20}$/.test(phone ?? ''))
    return refusals.phoneInvalid(`components['buttons'][${index}]['phone_number']`);
  const code = textOf(button['example']) ?? '';
  return isOf('COPY_CODE')(button) && code.length > limits.couponCode
    ? refusals.tooLong('coupon code', limits.couponCode)
    : undefined;
}

function checkCards(carousel: JsonObject): Refusal | undefined {
  const cards = objectsIn(carousel['cards']);
  if (cards.length < 1 || cards.length > limits.cards)
    return refusals.buttons(`A carousel has 1 to ${limits.cards} cards.`);
  for (const card of cards)
    for (const component of objectsIn(card['components'])) {
      const found = checkComponent(component, false);
      if (found) return found;
    }
  return undefined;
}
