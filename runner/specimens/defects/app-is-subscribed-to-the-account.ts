/**
 * Does not subscribe its app to the account.
 *
 * Defect: signup without `subscribed_apps`; the inbox looks connected and receives nothing.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/13279 and https://github.com/chatwoot/chatwoot/issues/12488
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    subscribesApp: () => false,
  },
};
