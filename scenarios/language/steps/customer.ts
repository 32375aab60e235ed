/** What customers do. */
import { isScalar } from 'yaml';
import { contentOf, customerContentShape } from '../content.ts';
import { customer, message, newMessage, place } from '../names.ts';
import { flag, oneOf, text, type Read, type Reading } from '../read.ts';
import { defaulted, optional, required } from '../shape.ts';
import { mapStep, type StepReader } from './step.ts';

/** `true` is the usual kind. */
const advertisement: Read<'image' | 'video' | 'status' | false> = (value, reading) =>
  typeof value.node === 'object' && isScalar(value.node) && typeof value.node.value === 'boolean'
    ? value.node.value && 'image'
    : oneOf('a kind of advertisement', ['image', 'video', 'status'])(value, reading);

const forwarding: Read<'once' | 'often'> = (value, reading) =>
  isScalar(value.node) && value.node.value === true
    ? 'once'
    : oneOf('true or a frequency', ['often'])(value, reading);

const sends = mapStep(
  {
    from: required(customer),
    ...customerContentShape,
    replyTo: optional(message),
    viaAd: defaulted(advertisement, false),
    forwarded: optional(forwarding),
    product: optional(text),
    firstContact: defaulted(flag, false),
    on: optional(place),
    meanwhile: defaulted(flag, false),
    as: optional(newMessage),
  },
  ({ values, placeOfKey }, head, reading) => {
    const { from, as, replyTo, viaAd, forwarded, product, firstContact, on, meanwhile } = values;
    if (as !== undefined) reading.names.messages.set(as, { by: 'customer', chat: from });
    const content = contentOf(customerContentShape, values, placeOfKey, head, reading);
    if (!content) return null;
    const names = {
      ...(as !== undefined && { as }),
      ...(replyTo !== undefined && { replyTo }),
      ...(forwarded !== undefined && { forwarded }),
      ...(product !== undefined && { product }),
      ...(on !== undefined && { on }),
    };
    return { does: 'customer.sends', from, content, ...names, viaAd, firstContact, meanwhile };
  },
);

/** A customer edits and revokes only messages of their own. */
const isOwn = (from: string, name: string, reading: Reading): boolean => {
  const named = reading.names.messages.get(name);
  return named === undefined || (named.by === 'customer' && named.chat === from);
};

const edits = mapStep(
  { from: required(customer), message: required(message), text: required(text) },
  ({ values, placeOfKey }, _head, reading) =>
    isOwn(values.from, values.message, reading)
      ? { does: 'customer.edits', ...values }
      : reading.report(
          'wrong-value',
          placeOfKey('message'),
          `“${values.message}” was not sent by ${values.from}.`,
        ),
);

const revokes = mapStep(
  { from: required(customer), message: required(message) },
  ({ values, placeOfKey }, _head, reading) =>
    isOwn(values.from, values.message, reading)
      ? { does: 'customer.revokes', ...values }
      : reading.report(
          'wrong-value',
          placeOfKey('message'),
          `“${values.message}” was not sent by ${values.from}.`,
        ),
);

export const customerSteps = {
  'customer.sends': sends,
  'customer.reacts': mapStep(
    { from: required(customer), message: required(message), emoji: required(text) },
    ({ values }) => ({ does: 'customer.reacts', ...values }),
  ),
  'customer.edits': edits,
  'customer.revokes': revokes,
  'customer.changesNumber': mapStep({ from: required(customer) }, ({ values }) => ({
    does: 'customer.changesNumber',
    ...values,
  })),
  'customer.hidesNumber': mapStep({ from: required(customer), username: required(text) }, ({ values }) => ({
    does: 'customer.hidesNumber',
    ...values,
  })),
  'customer.calls': mapStep({ from: required(customer), video: defaulted(flag, false) }, ({ values }) => ({
    does: 'customer.calls',
    ...values,
  })),
  'customer.setsMarketing': mapStep(
    { from: required(customer), to: required(oneOf('a choice', ['stop', 'resume'])) },
    ({ values }) => ({ does: 'customer.setsMarketing', ...values }),
  ),
  'customer.sendsToGroup': mapStep({ from: required(customer), text: required(text) }, ({ values }) => ({
    does: 'customer.sendsToGroup',
    ...values,
  })),
} as const satisfies Readonly<Record<string, StepReader>>;
