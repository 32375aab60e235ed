/** An exchange in one line, by its stand-ins. Pure. */
import { fieldsIn, fieldsOf, textOf, type Fields } from './json.ts';
import { changesOf } from './meet.ts';
import type { Person } from './people.ts';

type PersonOf = (standIn: string) => Person | undefined;

/** @param body - redacted; missing where it was no JSON */
export function describeWebhook(body: Fields | undefined, personOf: PersonOf): string {
  const changes = changesOf(body).map(({ change }) => describeChange(change, personOf));
  if (changes.length === 0) return 'something that is no webhook of WhatsApp';
  const [first = ''] = changes;
  return changes.length === 1 ? first : `${first} and ${changes.length - 1} more`;
}

function describeChange({ field, value: given }: Fields, personOf: PersonOf): string {
  const value = fieldsOf(given);
  const name = textOf(field) ?? 'a field without a name';
  const [message, ...more] = fieldsIn(value['messages'] ?? value['message_echoes']);
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  if (message) {
    const [way, who] =
      value['messages'] === undefined
        ? ['to', personIn(message, 'to', personOf)]
        : ['from', personIn(message, 'from', personOf)];
    return `${name} (${textOf(message['type']) ?? 'unknown'})${who === undefined ? '' : ` ${way} ${who}`}${rest}`;
  }
  const status = fieldsIn(value['statuses'])[0];
  if (status) {
    const who = personIn(status, 'recipient', personOf);
    return `${name} (${textOf(status['status']) ?? 'status'})${who === undefined ? '' : ` to ${who}`}`;
  }
  const chunk = fieldsIn(value['history'])[0];
  if (chunk) {
    const { phase, progress } = fieldsOf(chunk['metadata']);
    return chunk['metadata'] === undefined
      ? `${name} (declined)`
      : `${name} (phase ${String(phase)}, ${String(progress)} %)`;
  }
  const contacts = fieldsIn(value['state_sync']).length;
  if (contacts > 0) return `${name} (${contacts} ${contacts === 1 ? 'contact' : 'contacts'})`;
  const event = textOf(value['event']);
  return event === undefined ? name : `${name} (${event})`;
}

function personIn(about: Fields, key: 'from' | 'to' | 'recipient', personOf: PersonOf): string | undefined {
  const ids = key === 'recipient' ? ['recipient_id', 'recipient_user_id'] : [key, `${key}_user_id`];
  return ids
    .map((id) => textOf(about[id]))
    .map((standIn) => (standIn === undefined ? undefined : personOf(standIn)?.name))
    .find((name) => name !== undefined);
}

/** A Graph call: what it was, and for whom. */
export function describeCall(
  method: string,
  path: string,
  params: Fields | undefined,
  personOf: PersonOf,
): string {
  const who = textOf(params?.['to']) ?? textOf(params?.['recipient']);
  const name = who === undefined ? undefined : personOf(who)?.name;
  return `${method} ${path}${name === undefined ? '' : ` to ${name}`}`;
}
