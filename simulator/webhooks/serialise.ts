/** The envelope around the changes, as the text that is signed and posted. */
import type { WebhookEmitted } from '../core/events.ts';
import type { JsonObject } from '../core/json.ts';
import { toMetaJson } from '../core/meta-json.ts';

/** A change with its value made: what an emission says. */
export type Change = Pick<WebhookEmitted, 'entryId' | 'timeSeconds' | 'field'> & {
  readonly value: JsonObject;
};

interface Entry {
  readonly id: string;
  readonly time?: number;
  readonly changes: { readonly value: JsonObject; readonly field: string }[];
}

/**
 * The body of a POST, in pure ASCII. The same changes give the same bytes.
 *
 * Key order as recorded: `object`, `entry`; `id`, `time` on management fields alone, `changes`; `value`, `field`.
 * Neighbours of one account and time share an entry.
 */
export function serialise(changes: readonly Change[]): string {
  const entry: Entry[] = [];
  for (const { entryId, timeSeconds, value, field } of changes) {
    const last = entry.at(-1);
    if (last?.id === entryId && last.time === timeSeconds) last.changes.push({ value, field });
    else
      entry.push({
        id: entryId,
        ...(timeSeconds === undefined ? {} : { time: timeSeconds }),
        changes: [{ value, field }],
      });
  }
  // The types of JSON are read-only and open; an entry is neither, but it is nothing else than JSON.
  return toMetaJson({ object: 'whatsapp_business_account', entry: entry.map((one) => ({ ...one })) });
}
