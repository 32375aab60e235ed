/** What the scenario expects to see of the system under test. */
import { customer, message, newMessage, obligation } from '../names.ts';
import { duration, flag, jsonMap, listOf, mapped, oneOf, text, whole, type Read } from '../read.ts';
import type { CallMatch, ShownMessage } from '../scenario.ts';
import { defaulted, optional, readMap, required, type Shape, type Values } from '../shape.ts';
import { isScalar, isSeq } from 'yaml';
import { answersShape, edgeName, errorCode, fieldName } from './platform.ts';
import { mapStep, type RoleHint, type StepReader } from './step.ts';

/** How long an expectation waits where a scenario does not say. */
const usualWithinMs = 10_000;

const within = defaulted(duration, usualWithinMs);

/** One id, or a list of them. */
const obligations: Read<readonly string[]> = (value, reading) =>
  (isSeq(value.node) ? listOf(obligation) : mapped(obligation, (id) => [id]))(value, reading);

/** Keys that every expectation may have. */
export const roleShape = { control: defaulted(flag, false), proves: optional(obligations) } as const;

/** Parts the keys of the role from the others. */
function split<V extends Values<typeof roleShape>>(
  values: V,
): { readonly hint: RoleHint; readonly rest: Omit<V, 'control' | 'proves'> } {
  const { control, proves, ...rest } = values;
  return { hint: { control, ...(proves !== undefined && { proves }) }, rest };
}

export const answeredShape = {
  status: optional(answersShape.status.read),
  code: optional(errorCode),
} as const;

const answered: Read<Values<typeof answeredShape>> = (value, reading) =>
  readMap(answeredShape, 'answered', value, value.place, reading)?.values ?? null;

const matchShape = {
  edge: required(edgeName),
  method: optional(oneOf('a method', ['GET', 'POST', 'DELETE'])),
  to: optional(customer),
  body: optional(jsonMap),
  answered: optional(answered),
  before: optional(edgeName),
} as const satisfies Shape;

/** The keys of a call, apart from those of its expectation. */
const matchOf = ({
  edge,
  method,
  to,
  body,
  answered: answer,
  before,
}: Values<typeof matchShape>): CallMatch => ({
  edge,
  ...(method !== undefined && { method }),
  ...(to !== undefined && { to }),
  ...(body !== undefined && { body }),
  ...(answer !== undefined && { answered: answer }),
  ...(before !== undefined && { before }),
});

export const shownShape = {
  text: optional(text),
  author: optional(oneOf('an author', ['customer', 'phone', 'bot', 'agent'])),
  message: optional(message),
  status: optional(oneOf('a status', ['sent', 'delivered', 'read', 'failed'])),
  edited: optional(flag),
  deleted: optional(flag),
  error: optional(errorCode),
  replyTo: optional(message),
  placeholder: optional(flag),
  olderThan: optional(duration),
} as const satisfies Shape;

const shown: Read<ShownMessage> = (value, reading) =>
  readMap(shownShape, 'a shown message', value, value.place, reading)?.values ?? null;

/** A field of Meta's, or one that an earlier step made up. */
const seenField: Read<string> = (value, reading) => {
  const found = isScalar(value.node) ? value.node.value : undefined;
  return typeof found === 'string' && reading.names.fields.has(found) ? found : fieldName(value, reading);
};

const wire = {
  'expect.call': mapStep(
    {
      ...matchShape,
      as: optional(newMessage),
      count: defaulted(whole(1, 1_000), 1),
      within,
      ...roleShape,
    },
    (map) => {
      const { hint, rest } = split(map.values);
      const { as, count, within: withinMs } = rest;
      const name = as === undefined ? {} : { as };
      return { does: 'expect.call', match: matchOf(rest), ...name, count, withinMs, hint };
    },
  ),
  'expect.noCall': mapStep({ ...matchShape, for: required(duration), ...roleShape }, (map) => {
    const { hint, rest } = split(map.values);
    return { does: 'expect.noCall', match: matchOf(rest), forMs: rest.for, hint };
  }),
  'expect.acknowledged': mapStep(
    { field: required(seenField), answeredIn: optional(duration), within, ...roleShape },
    (map) => {
      const { hint, rest } = split(map.values);
      const { field, answeredIn, within: withinMs } = rest;
      const limit = answeredIn === undefined ? {} : { answeredInMs: answeredIn };
      return { does: 'expect.acknowledged', field, withinMs, ...limit, hint };
    },
  ),
  'expect.refused': mapStep({ field: required(fieldName), within, ...roleShape }, (map) => {
    const { hint, rest } = split(map.values);
    return { does: 'expect.refused', field: rest.field, withinMs: rest.within, hint };
  }),
  'expect.handshake': mapStep(
    { token: required(oneOf('a token', ['right', 'wrong'])), ...roleShape },
    (map) => {
      const { hint, rest } = split(map.values);
      return { does: 'expect.handshake', token: rest.token, hint };
    },
  ),
  'expect.noLeak': mapStep({ ...roleShape }, (map) => ({
    does: 'expect.noLeak',
    hint: split(map.values).hint,
  })),
} as const satisfies Readonly<Record<string, StepReader>>;

const syncStates = ['none', 'requested', 'running', 'complete', 'declined'] as const;

const probes = {
  'expect.conversation': mapStep(
    {
      of: required(customer),
      has: optional(shown),
      lacks: optional(shown),
      count: optional(whole(0, 1_000_000)),
      within,
      ...roleShape,
    },
    (map, head, reading) => {
      const { hint, rest } = split(map.values);
      const { within: withinMs, ...seen } = rest;
      if (seen.has === undefined && seen.lacks === undefined && seen.count === undefined)
        return reading.report('missing-key', head.place, `${head.name} needs “has”, “lacks” or “count”.`);
      return { does: 'expect.conversation', ...seen, withinMs, hint };
    },
  ),
  'expect.connection': mapStep(
    {
      is: required(oneOf('a state', ['connected', 'disconnected'])),
      for: optional(duration),
      within,
      ...roleShape,
    },
    (map) => {
      const { hint, rest } = split(map.values);
      const stay = rest.for === undefined ? {} : { forMs: rest.for };
      return { does: 'expect.connection', is: rest.is, ...stay, withinMs: rest.within, hint };
    },
  ),
  'expect.contact': mapStep(
    {
      of: required(customer),
      name: optional(text),
      absent: defaulted(flag, false),
      within,
      ...roleShape,
    },
    (map, head, reading) => {
      const { hint, rest } = split(map.values);
      const { of, name: named, absent, within: withinMs } = rest;
      if ((named === undefined) === !absent)
        return reading.report('missing-key', head.place, `${head.name} needs “name” or “absent: true”.`);
      return { does: 'expect.contact', of, ...(named !== undefined && { named }), absent, withinMs, hint };
    },
  ),
  'expect.sync': mapStep(
    {
      of: required(oneOf('a sync', ['history', 'contacts'])),
      is: required(oneOf('a state', syncStates)),
      within,
      ...roleShape,
    },
    (map) => {
      const { hint, rest } = split(map.values);
      return { does: 'expect.sync', of: rest.of, is: rest.is, withinMs: rest.within, hint };
    },
  ),
} as const satisfies Readonly<Record<string, StepReader>>;

export const expectSteps = { ...wire, ...probes } as const;
