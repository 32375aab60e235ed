/**
 * Answers 500 to a field that it does not know.
 *
 * Defect: a switch over the published fields whose default throws.
 *
 * Reproduced with whatsappcloudapi_wrapper 1.0.16.
 */
import { changesOf } from '../conforming/wire.ts';
import type { Defect } from '../defect.ts';

/** Everything that Meta's page lists begins with one of these words. */
const published = [
  ...[
    'account',
    'business',
    'calls',
    'flows',
    'group',
    'history',
    'message',
    'messages',
    'messaging',
    'partner',
  ],
  ...['payment', 'phone', 'security', 'smb', 'standby', 'template', 'user'],
];

const isPublished = (field: string): boolean => published.includes(field.split('_')[0] ?? '');

export const defect: Defect = {
  conduct: {
    answerTo: (webhook) => {
      const changes = changesOf(webhook);
      return changes.every((change) => isPublished(change.field ?? '')) ? 200 : 500;
    },
  },
};
