/** Why an application is not taken. */
import type { Refusal } from '../../core/decision.ts';

/** Numbers of the WhatsApp Business app are not granted the badge; how that is answered is not known. */
export const notGranted: Refusal = {
  code: 100,
  httpStatus: 400,
  message: 'Invalid parameter',
  evidence: 'assumed',
  source: 'Meta: official-business-accounts says it is not granted; code and wording are not known',
};
