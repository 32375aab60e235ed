/** What the business does on its phone, in the WhatsApp Business app. */
import { contentOf, contentShape } from '../content.ts';
import { customer, message, newMessage, place } from '../names.ts';
import { flag, listOf, oneOf, text, type Place, type Reading } from '../read.ts';
import { defaulted, optional, required } from '../shape.ts';
import { mapStep, type StepReader } from './step.ts';

const sends = mapStep(
  {
    to: required(customer),
    ...contentShape,
    replyTo: optional(message),
    automatic: optional(oneOf('an automatic message', ['greeting', 'away'])),
    device: defaulted(oneOf('a device', ['phone', 'web', 'windows', 'wear-os']), 'phone'),
    on: optional(place),
    meanwhile: defaulted(flag, false),
    as: optional(newMessage),
  },
  ({ values, placeOfKey }, head, reading) => {
    const { to, as, replyTo, automatic, device, on, meanwhile } = values;
    if (as !== undefined) reading.names.messages.set(as, { by: 'app', chat: to });
    const content = contentOf(contentShape, values, placeOfKey, head, reading);
    if (!content) return null;
    const optionals = {
      ...(as !== undefined && { as }),
      ...(replyTo !== undefined && { replyTo }),
      ...(automatic !== undefined && { automatic }),
      ...(on !== undefined && { on }),
    };
    return { does: 'app.sends', to, content, ...optionals, device, meanwhile };
  },
);

/** The business edits and revokes only what it sent itself, from the app. */
const ownOrReport = (name: string, where: Place, reading: Reading): boolean => {
  const named = reading.names.messages.get(name);
  if (named === undefined || named.by === 'app') return true;
  reading.report('wrong-value', where, `“${name}” was sent by ${named.chat}, not from the app.`);
  return false;
};

const talks = {
  'app.sends': sends,
  'app.reacts': mapStep(
    { to: required(customer), message: required(message), emoji: required(text) },
    ({ values }) => ({ does: 'app.reacts', ...values }),
  ),
  'app.edits': mapStep(
    { message: required(message), text: required(text) },
    ({ values, placeOfKey }, _head, reading) =>
      ownOrReport(values.message, placeOfKey('message'), reading) ? { does: 'app.edits', ...values } : null,
  ),
  'app.revokes': mapStep({ message: required(message) }, ({ values, placeOfKey }, _head, reading) =>
    ownOrReport(values.message, placeOfKey('message'), reading) ? { does: 'app.revokes', ...values } : null,
  ),
  'app.sendsToGroup': mapStep({ text: required(text) }, ({ values }) => ({
    does: 'app.sendsToGroup',
    ...values,
  })),
  'app.posts': mapStep({ status: required(text) }, ({ values }) => ({ does: 'app.posts', ...values })),
  'app.broadcasts': mapStep(
    { to: required(listOf(customer)), text: required(text), refused: defaulted(flag, false) },
    ({ values }) => ({
      does: 'app.broadcasts',
      ...values,
    }),
  ),
  'app.calls': mapStep({ to: required(customer), video: defaulted(flag, false) }, ({ values }) => ({
    does: 'app.calls',
    ...values,
  })),
} as const satisfies Readonly<Record<string, StepReader>>;

const addressBook = {
  'app.saves': mapStep({ name: required(text), of: optional(customer) }, ({ values }) => ({
    does: 'app.saves',
    contact: values,
  })),
  'app.removes': mapStep({ of: required(customer) }, ({ values }) => ({
    does: 'app.removes',
    contact: values,
  })),
} as const satisfies Readonly<Record<string, StepReader>>;

const features = ['disappearing-messages', 'view-once', 'live-location', 'broadcast-lists'] as const;

const reasons = [
  'COMPANION_INACTIVITY',
  'BUSINESS_DOWNGRADE',
  'ACCOUNT_DISCONNECTED',
  'CHANGE_NUMBER',
  'USER_RE_REGISTERED',
] as const;

const linkedDevice = oneOf('a linked device', ['web', 'mac', 'windows', 'wear-os']);

const settings = {
  'app.turnsOn': mapStep(
    {
      feature: required(oneOf('a feature of the app', features)),
      chat: optional(customer),
      refused: defaulted(flag, false),
    },
    ({ values }) => ({ does: 'app.turnsOn', ...values }),
  ),
  'app.opens': mapStep({}, () => ({ does: 'app.opens' })),
  'app.reads': mapStep({ from: required(customer) }, ({ values }) => ({ does: 'app.reads', ...values })),
  'app.automates': mapStep(
    {
      message: required(oneOf('an automatic message', ['greeting', 'away'])),
      text: optional(text),
    },
    ({ values }) => ({ does: 'app.automates', ...values }),
  ),
  'app.links': mapStep({ device: required(linkedDevice) }, ({ values }) => ({
    does: 'app.links',
    ...values,
  })),
  'app.unlinks': mapStep({ device: required(linkedDevice) }, ({ values }) => ({
    does: 'app.unlinks',
    ...values,
  })),
  'app.confirmsSignup': mapStep(
    { history: defaulted(oneOf('a choice', ['shared', 'declined']), 'shared') },
    ({ values }) => ({ does: 'app.confirmsSignup', ...values }),
  ),
  'app.disconnects': mapStep({}, () => ({ does: 'app.disconnects' })),
  'app.changesDevice': mapStep({ staysConnected: defaulted(flag, true) }, ({ values }) => ({
    does: 'app.changesDevice',
    ...values,
  })),
  'app.leaves': mapStep({ reason: required(oneOf('a reason', reasons)) }, ({ values }) => ({
    does: 'app.leaves',
    ...values,
  })),
} as const satisfies Readonly<Record<string, StepReader>>;

export const appSteps = { ...talks, ...addressBook, ...settings } as const;
