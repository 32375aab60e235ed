/**
 * Reads the first message of a webhook alone.
 *
 * Defect: `entry[0].changes[0].value.messages[0]`, as most tutorials have it; whatever else WhatsApp put into the same
 * POST vanishes behind a 200.
 *
 * Seen in https://github.com/david-lev/pywa/issues/229 and https://github.com/netflie/whatsapp-cloud-api/pull/132
 */
import type { Defect } from '../defect.ts';
import type { Value } from '../conforming/wire.ts';

const first = <Item>(list: readonly Item[] | undefined): readonly Item[] => (list ?? []).slice(0, 1);

const readValue = (value: Value): Value =>
  value.messages ? { ...value, messages: first(value.messages) } : value;

export const defect: Defect = {
  conduct: {
    readsOf: (webhook) => ({
      entry: first(webhook.entry).map((entry) => ({
        ...entry,
        changes: first(entry.changes).map((change) => ({
          ...change,
          ...(change.value && { value: readValue(change.value) }),
        })),
      })),
    }),
  },
};
