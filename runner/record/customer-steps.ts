/** Messages of customers → steps. Pure. */
import type { Item } from './changes.ts';
import { contentOf } from './content.ts';
import { step, type Draft, type Told } from './draft.ts';
import { fieldsOf, isFields, textOf, type Fields } from './json.ts';
import type { Person } from './people.ts';

/** Where a message goes that is not the first business's. */
export type Place = 'neighbour' | undefined;

/**
 * @param isReadableLater - it cannot be read, and comes again as it was: a first contact
 * @returns whether there is a step for it
 */
export function customerStep(
  { message = {}, field, accepted, value }: Item,
  draft: Draft,
  on: Place,
): boolean {
  const told = { field, accepted };
  if (isFields(message['system'])) return changesNumber(message, draft, told);
  if (message['group_id'] !== undefined) return false;
  const person = draft.takePart(message['from'], message['from_user_id']);
  if (!person) return false;
  hideNumber(message, value, person, draft);
  const from = person.key;
  switch (message['type']) {
    case 'reaction': {
      const { message_id: target, emoji } = fieldsOf(message['reaction']);
      const named = draft.messages.get(String(target));
      if (!named || textOf(emoji) === undefined || on) return false;
      draft.act(step('customer.reacts', { from, message: named.name, emoji }), told);
      return true;
    }
    case 'edit': {
      const { original_message_id: target, message: edited } = fieldsOf(message['edit']);
      const named = ownMessage(target, from, draft);
      const text = newText(fieldsOf(edited));
      if (named === undefined || text === undefined || on) return false;
      draft.act(step('customer.edits', { from, message: named, text }), told);
      return true;
    }
    case 'revoke': {
      const named = ownMessage(fieldsOf(message['revoke'])['original_message_id'], from, draft);
      if (named === undefined || on) return false;
      draft.act(step('customer.revokes', { from, message: named }), told);
      return true;
    }
    default:
      return sends(message, person, draft, told, on);
  }
}

/** Text or caption that an edit leaves. */
export const newText = (edited: Fields): string | undefined => {
  const content = fieldsOf(edited[textOf(edited['type']) ?? '']);
  return textOf(content['body']) ?? textOf(content['caption']);
};

function ownMessage(target: unknown, from: string, { messages }: Draft): string | undefined {
  const named = messages.get(String(target));
  return named?.by === 'customer' && named.chat === from ? named.name : undefined;
}

function changesNumber(message: Fields, draft: Draft, told: Told): boolean {
  const isMove = (textOf(fieldsOf(message['system'])['type']) ?? '').endsWith('changed_number');
  const person = isMove ? draft.takePart(message['from'], message['from_user_id']) : undefined;
  if (!person) return false;
  draft.act(step('customer.changesNumber', { from: person.key }), told);
  return true;
}

/** Somebody whose number was seen writes without it. */
function hideNumber(message: Fields, value: Fields, person: Person, draft: Draft): void {
  const before = draft.participants.get(person.key);
  const isHidden = message['from'] === undefined && value['contacts'] !== undefined;
  if (!before || before.hidden || !isHidden || draft.hiding.has(person.key)) return;
  draft.hiding.add(person.key);
  draft.act(
    step('customer.hidesNumber', {
      from: person.key,
      username: person.username ?? `person.${person.ordinal}`,
    }),
  );
}

function sends(message: Fields, person: Person, draft: Draft, told: Told, on: Place): boolean {
  const content = contentOf(message);
  if (!content) return false;
  const context = fieldsOf(message['context']);
  const quoted = textOf(context['id']);
  const replyTo = quoted === undefined ? undefined : draft.messages.get(quoted)?.name;
  if (quoted !== undefined && replyTo === undefined)
    draft.leaveOut('a quote of what was said before the recording');
  draft.act(
    step('customer.sends', {
      from: person.key,
      ...content,
      replyTo,
      viaAd: advertisement(message['referral']),
      forwarded:
        context['frequently_forwarded'] === true ? 'often' : context['forwarded'] === true ? true : undefined,
      product: textOf(fieldsOf(context['referred_product'])['product_retailer_id']),
      firstContact: message['firstContact'],
      on,
      as: draft.name(message['id'], 'customer', person.key),
    }),
    told,
  );
  return true;
}

/** Placements in a status have no id of the click. */
function advertisement(referral: unknown): string | undefined {
  if (!isFields(referral)) return undefined;
  if (referral['ctwa_clid'] === undefined) return 'status';
  return referral['media_type'] === 'video' ? 'video' : 'image';
}
