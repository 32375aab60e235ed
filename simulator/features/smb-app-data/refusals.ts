/** Why a synchronisation is refused, in each of the forms that the wire is known or reported to take. */
import type { Behaviour } from '../../core/behaviour.ts';
import type { Refusal } from '../../core/decision.ts';

type RefusalForm = Behaviour['syncRefusals'];

const repeatedTexts = {
  message: 'Synchronization request limit exceeded',
  details:
    'You have exceeded the maximum number of times to call the synchronization api for this phone number.',
} as const;

const lateTexts = {
  message: 'Synchronization request made outside of allowed time window',
  details: 'Synchronization request can only be made within 24 hours of onboarding',
} as const;

/** The type was already asked for in this onboarding. */
export function repeated(form: RefusalForm): Refusal {
  switch (form) {
    case 'documented':
      return documented(2593107, repeatedTexts);
    case 'subcode':
      return withSubcode(2593107, repeatedTexts);
    case 'generic':
      return { ...generic, evidence: 'assumed', source: 'two clients handle it for the late request' };
  }
}

/** Asked for more than 24 hours after onboarding. */
export function late(form: RefusalForm): Refusal {
  switch (form) {
    case 'documented':
      return documented(2593108, lateTexts);
    case 'subcode':
      return withSubcode(2593108, lateTexts);
    case 'generic':
      return { ...generic, evidence: 'observed', source: 'handled by two clients' };
  }
}

const generic = { code: 135000, httpStatus: 400, message: 'Generic user error' } as const;

type Texts = Pick<Refusal, 'message' | 'details'>;

const documented = (code: number, texts: Texts): Refusal => ({
  code,
  httpStatus: 400,
  ...texts,
  evidence: 'documented',
  source: 'Meta: support/error-codes',
});

/** Seven digits are a subcode elsewhere in the Graph, and a client stored code 4 with these texts. */
const withSubcode = (subcode: number, texts: Texts): Refusal => ({
  code: 4,
  subcode,
  httpStatus: 400,
  ...texts,
  evidence: 'assumed',
  source: 'code 4 stored by one client; the subcode is reasoned',
});

/** The number is in the app alone, or between two devices; Cloud API does not know it (yet). */
export const notLinked: Refusal = {
  code: 133010,
  httpStatus: 400,
  message: 'Account not registered',
  evidence: 'observed',
  source: 'recorded on a half-linked number',
};

/** The number is on Cloud API alone: there is no app to synchronise with. */
export const notInTheApp: Refusal = {
  code: 131000,
  httpStatus: 400,
  message: 'Something went wrong',
  evidence: 'observed',
  source: 'handled by one client; the HTTP status is assumed',
};
