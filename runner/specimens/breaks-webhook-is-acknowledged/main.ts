/**
 * Answers 500 to what names no number.
 *
 * Defect: every webhook is believed to have `metadata`; account_update has none. The work is done, the answer is 500.
 *
 * Reproduced with whatsapp-api-js 6.3.0.
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  answerTo: (webhook) => {
    const changes = webhook.entry?.flatMap((entry) => entry.changes ?? []) ?? [];
    return changes.every((change) => change.value?.metadata !== undefined) ? 200 : 500;
  },
});
