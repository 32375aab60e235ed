/** What no step does by itself becomes a webhook word for word: `meta.notifies`, or `meta.invents` for a field that nobody knows. Pure. */
import { webhookFields as fieldsWithContract, webhookValidator } from '../../contracts/catalogue.ts';
import { webhookFields } from '../../scenarios/language/vocabulary.ts';
import type { Item } from './changes.ts';
import { step, type Draft } from './draft.ts';
import { isFields, type Fields } from './json.ts';
import type { Nodes } from './nodes.ts';

export function notify({ field, value, accepted }: Item, draft: Draft, nodes: Nodes): void {
  const { messaging_product: _product, metadata: _metadata, ...rest } = value;
  const isKnown = webhookFields.some((known) => known === field);
  if (isKnown && !(fieldsWithContract().includes(field) && webhookValidator(field)(value).length === 0)) {
    draft.leaveOut(`${field}: differs from the contract; coex lint says where`);
    return;
  }
  if (!isKnown && !/^[a-z_]{1,64}$/.test(field)) {
    draft.leaveOut('a change without the name of a field');
    return;
  }
  const shown = withPlaceholders(rest, draft, nodes) as Fields;
  draft.act(step(isKnown ? 'meta.notifies' : 'meta.invents', { field, value: shown }), { field, accepted });
}

/** In the replay a person has another user id, which nothing stands for; the number beside it is enough. */
const isSecondId = (key: string, value: Fields): boolean =>
  (key === 'user_id' && value['wa_id'] !== undefined) ||
  (/^(?:from|to)_user_id$/.test(key) && value[key.replace('_user_id', '')] !== undefined);

/** People, messages and nodes of the replay in place of those of the recording. */
function withPlaceholders(value: unknown, draft: Draft, nodes: Nodes): unknown {
  if (Array.isArray(value)) return value.map((one) => withPlaceholders(one, draft, nodes));
  if (isFields(value)) {
    const shown = Object.entries(value).filter(([key]) => !isSecondId(key, value));
    return Object.fromEntries(shown.map(([key, inner]) => [key, withPlaceholders(inner, draft, nodes)]));
  }
  if (typeof value !== 'string') return value;
  if (value === nodes.phoneNumberId) return '{phone-number-id}';
  if (value === nodes.wabaId) return '{waba-id}';
  const message = draft.messages.get(value);
  if (message) return `{${message.name}}`;
  const person = /^\d+$/.test(value) ? draft.takePart(value, undefined) : undefined;
  return person ? `{${person.key}}` : value;
}
