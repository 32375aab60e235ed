/** Echoes, and the phone's address book → steps. Pure. */
import type { Item } from './changes.ts';
import { echoedContentOf } from './content.ts';
import { newText, type Place } from './customer-steps.ts';
import { step, type Draft } from './draft.ts';
import { fieldsOf, textOf } from './json.ts';

/** @returns whether there is a step for it */
export function echoStep({ message = {}, field, accepted }: Item, draft: Draft, on: Place): boolean {
  const person = draft.takePart(message['to'], message['to_user_id']);
  if (!person) return false;
  const told = { field, accepted };
  const to = person.key;
  draft.usePhone();
  switch (message['type']) {
    case 'reaction': {
      const { message_id: target, emoji } = fieldsOf(message['reaction']);
      const named = draft.messages.get(String(target));
      if (!named || textOf(emoji) === undefined || on) return false;
      draft.act(step('app.reacts', { to, message: named.name, emoji }), told);
      return true;
    }
    case 'edit': {
      const { original_message_id: target, message: edited } = fieldsOf(message['edit']);
      const named = draft.messages.get(String(target));
      const text = newText(fieldsOf(edited));
      if (named?.by !== 'app' || text === undefined || on) return false;
      draft.act(step('app.edits', { message: named.name, text }), told);
      return true;
    }
    case 'revoke': {
      const named = draft.messages.get(String(fieldsOf(message['revoke'])['original_message_id']));
      if (named?.by !== 'app' || on) return false;
      draft.act(step('app.revokes', { message: named.name }), told);
      return true;
    }
    default: {
      const content = echoedContentOf(message);
      if (!content) return false;
      const quoted = textOf(fieldsOf(message['context'])['id']);
      const replyTo = quoted === undefined ? undefined : draft.messages.get(quoted)?.name;
      if (quoted !== undefined && replyTo === undefined)
        draft.leaveOut('a quote of what was said before the recording');
      draft.act(
        step('app.sends', { to, ...content, replyTo, on, as: draft.name(message['id'], 'app', person.key) }),
        told,
      );
      return true;
    }
  }
}
