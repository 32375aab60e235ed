/** Why a template is not taken, changed or deleted: all of code 100, told apart by the subcode. */
import type { Refusal } from '../../core/decision.ts';

const errorCodes = 'Meta: support/error-codes';

const refusal = (
  subcode: number,
  userTitle: string,
  userMessage: string,
  evidence: Refusal['evidence'] = 'documented',
  source = `${errorCodes}; the sentence for the user is assumed`,
): Refusal => ({
  code: 100,
  subcode,
  httpStatus: 400,
  message: 'Invalid parameter',
  bare: true,
  isTransient: false,
  userTitle,
  userMessage,
  evidence,
  source,
});

export const nameFormat = refusal(
  2388046,
  'Name Format is Incorrect',
  'The message template name can only have lowercase letters and underscores.',
  'observed',
  'recorded by a provider',
);

/** @param language - as a person would say it, `English`; the code where it has no such name here */
export const languageExists = (language: string): Refusal =>
  refusal(
    2388024,
    'Content in This Language Already Exists',
    `There is already ${language} content for this template. You can create a new template and try again.`,
    'observed',
    `${errorCodes}; recorded in September 2026`,
  );

export const nameBlocked = refusal(
  2388023,
  'The Message Template Language is Being Deleted',
  'New content for this language cannot be added while the existing one is being deleted. Try again in 4 weeks.',
  'observed',
  'client code that knows the subcode; the sentence is assumed',
);

export const tooManyTemplates = refusal(
  2388019,
  'Message Template Limit Exceeded',
  'This account has as many message templates as it may have.',
);

export const languageUnknown = refusal(
  2388049,
  'Language Not Supported',
  'This language is not supported for message templates.',
  'observed',
  'client code that knows the subcode; the sentence is assumed',
);

export const tooLong = (part: string, limit: number): Refusal =>
  refusal(2388040, 'Character Limit Exceeded', `The ${part} can have at most ${limit} characters.`);

export const headerFormat = refusal(
  2388047,
  'Message Header Format is Incorrect',
  'A text header can have one variable at most, and neither formatting nor line breaks.',
);

export const bodyFormat = refusal(
  2388072,
  'Message Body Format is Incorrect',
  'The template needs one body with a text.',
);

export const footerFormat = refusal(
  2388073,
  'Message Footer Format is Incorrect',
  'A footer can have no variables.',
);

export const exampleMissing = refusal(
  2388043,
  'Message Template Is Missing Expected Field(s)',
  'Each variable, and each header with a file, needs an example.',
  'observed',
  'client code that knows the subcode; the sentence is assumed',
);

export const variableAtEdge = refusal(
  2388299,
  'Leading or Trailing Parameters Not Allowed',
  'Variables can be neither at the start nor at the end of the template.',
);

export const tooManyVariables = refusal(
  2388293,
  'Parameters Words Ratio Exceeds Limit',
  'This template has too many variables for its length. Reduce the number of variables or increase the message length.',
  'documented',
  errorCodes,
);

export const statusFixed = refusal(
  2388039,
  'Message Template Status Cannot Be Changed',
  'Only templates that are approved, rejected or paused can be edited, approved ones once in 24 hours and ten times in 30 days, and never their category.',
);

export const templateNotFound = refusal(
  2593002,
  'Message Template Not Found',
  'The message template does not exist.',
  'assumed',
  'older answers of the Graph API',
);

/** Buttons that Meta does not take together, or not so many; no subcode is known. */
export const buttons = (why: string): Refusal => ({
  code: 100,
  httpStatus: 400,
  message: why,
  evidence: 'assumed',
  source: 'limits of Meta: message templates, components; code 100 as for any bad parameter',
});

export const phoneInvalid = (path: string): Refusal => ({
  code: 192,
  httpStatus: 400,
  message: `Param ${path} is not a valid phone number.`,
  evidence: 'observed',
  source: 'a client’s test; the code is in Graph’s general list',
});
