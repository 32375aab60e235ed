/**
 * Takes the contents of old media for live messages.
 *
 * Defect: looks for `value.messages` and not at `field`, so a photograph out of the history is answered as if it had just
 * been sent.
 *
 * Reproduced with @kapso/whatsapp-cloud-api 0.3.0 and whatsapp-cloud-api 0.3.1.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    onHistoryMedia: (writer, welcome) => welcome(writer),
  },
};
