/** What neither customer nor business does: signup, the clock, the platform's moods, a foreign Graph client. */
import { isName } from '../names.ts';
import { duration, flag, jsonMap, oneOf, text, whole, type Read } from '../read.ts';
import { defaulted, optional, readMap, required } from '../shape.ts';
import { suggest } from '../suggest.ts';
import { graphEdges, webhookFields } from '../vocabulary.ts';
import { mapStep, type StepReader } from './step.ts';

export const edgeName: Read<string> = oneOf('a Graph edge', graphEdges);
export const fieldName: Read<string> = oneOf('a webhook field', webhookFields);

/** Error codes of the Graph. */
export const errorCode = whole(0, 99_999_999);

export const answersShape = { status: required(whole(100, 599)), code: optional(errorCode) } as const;

const answers: Read<{ readonly status: number; readonly code?: number }> = (value, reading) =>
  readMap(answersShape, 'answers', value, value.place, reading)?.values ?? null;

const nodes = ['phone-number-id', 'waba-id', 'app-id'];

/** A Graph path whose placeholders are nodes of the scenario or names of customers. */
const graphPath: Read<string> = (value, reading) => {
  const path = text(value, reading);
  if (path === null) return null;
  if (!path.startsWith('/'))
    return reading.report('wrong-value', value.place, 'A path begins with a slash.', `Write /${path}.`);
  const known = [...nodes, ...reading.names.customers];
  for (const [, placeholder = ''] of path.matchAll(/\{([^{}]*)\}/g)) {
    if (known.includes(placeholder)) continue;
    const kind = isName(placeholder) ? suggest(placeholder, known) : undefined;
    return reading.report('wrong-value', value.place, `Nothing stands for {${placeholder}} here.`, kind);
  }
  return path;
};

export const faultNames = [
  'duplicate',
  'delay',
  'reorder',
  'drop',
  'batch',
  'wrong-signature',
  'no-signature',
  'replayed-signature',
  'hang',
] as const;

/** Where most people turn back: the number has been entered, the phone is not at hand. */
const usualScreen = 'PHONE_NUMBER_SETUP';

export const graphFaultNames = ['latency', 'error', 'reset', 'hang'] as const;

/** What can stand in the way of onboarding a number. */
export const obstacles = [
  'app-version',
  'account-type',
  'other-partner',
  'other-account',
  'activity',
  'country',
  'nothing',
] as const;

/** The wait is real time, whatever the world's clock does. */
const longestLatencyMs = 60_000;

/** Most webhooks or calls that one step bends. */
const times = whole(1, 999);

export const platformSteps = {
  'signup.completes': mapStep(
    { history: defaulted(oneOf('a choice', ['shared', 'declined']), 'shared') },
    ({ values }) => ({ does: 'signup.completes', ...values }),
  ),
  'signup.blocks': mapStep({ by: required(oneOf('an obstacle', obstacles)) }, ({ values }) => ({
    does: 'signup.blocks',
    ...values,
  })),
  'signup.repeats': mapStep({}, () => ({ does: 'signup.repeats' })),
  'signup.cancels': mapStep({ screen: defaulted(text, usualScreen) }, ({ values }) => ({
    does: 'signup.cancels',
    ...values,
  })),
  'time.passes': {
    shape: {},
    bare: false,
    read: (value, _head, reading) => {
      const durationMs = duration(value, reading);
      return durationMs === null ? null : { does: 'time.passes', durationMs };
    },
  },
  'webhooks.fault': mapStep(
    {
      rule: required(oneOf('a fault', faultNames)),
      field: optional(fieldName),
      times: defaulted(times, 1),
      by: defaulted(duration, 0),
    },
    ({ values: { by, ...rest } }) => ({ does: 'webhooks.fault', ...rest, byMs: by }),
  ),
  'webhooks.heals': mapStep({}, () => ({ does: 'webhooks.heals' })),
  'graph.heals': mapStep({}, () => ({ does: 'graph.heals' })),
  'webhooks.redeliver': mapStep({ field: required(fieldName) }, ({ values }) => ({
    does: 'webhooks.redeliver',
    ...values,
  })),
  'graph.refuse': mapStep(
    {
      edge: required(edgeName),
      code: required(errorCode),
      subcode: optional(errorCode),
      times: defaulted(times, 1),
      as: optional(oneOf('a way', ['answer', 'status'])),
    },
    ({ values }) => ({ does: 'graph.refuse', ...values }),
  ),
  'graph.fault': mapStep(
    {
      kind: required(oneOf('a fault', graphFaultNames)),
      edge: optional(edgeName),
      status: defaulted(whole(500, 504), 500),
      by: defaulted(duration, 3_000),
      times: defaulted(times, 1),
      applied: defaulted(flag, false),
    },
    ({ values: { by, ...rest }, placeOfKey }, _head, reading) =>
      by > longestLatencyMs
        ? reading.report(
            'wrong-value',
            placeOfKey('by'),
            'An answer can be a minute late at most: the wait is real.',
          )
        : { does: 'graph.fault', ...rest, byMs: by },
  ),
  'client.calls': mapStep(
    {
      method: required(oneOf('a method', ['GET', 'POST', 'DELETE'])),
      path: required(graphPath),
      body: optional(jsonMap),
      answers: required(answers),
    },
    ({ values }) => ({ does: 'client.calls', ...values }),
  ),
} as const satisfies Readonly<Record<string, StepReader>>;
