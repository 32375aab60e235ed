/** Calling is for numbers on the Cloud API “and not the WhatsApp Business app”. */
import type { Behaviour } from '../../core/behaviour.ts';
import type { Refusal } from '../../core/decision.ts';

const texts: Readonly<Record<Behaviour['callingRefusalCode'], string>> = {
  100: 'Invalid parameter',
  138013: 'Business-initiated calling is not available',
  138015: 'Calling cannot be enabled for this phone number',
};

/** That it is refused is documented; no recording tells the code or the text. */
export const callingRefused = (code: Behaviour['callingRefusalCode']): Refusal => ({
  code,
  httpStatus: 400,
  message: texts[code],
  evidence: 'assumed',
  source: 'Meta: calling excludes numbers of the WhatsApp Business app; code and text are ours',
});
