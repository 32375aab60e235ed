/** All steps there are, by name. */
import type { Reading, Value } from '../read.ts';
import { placeOf } from '../read.ts';
import { isMap, isScalar } from 'yaml';
import type { Position, Step } from '../scenario.ts';
import { pairsOf } from '../shape.ts';
import { suggest } from '../suggest.ts';
import { appSteps } from './app.ts';
import { customerSteps } from './customer.ts';
import { expectSteps } from './expect.ts';
import { metaSteps } from './meta.ts';
import { platformSteps } from './platform.ts';
import type { BareStep, StepHead, StepReader } from './step.ts';

/** Every step has its reader, and no reader lacks its step: the types hold both lists together. */
export const steps: Readonly<Record<Step['does'], StepReader>> = {
  ...customerSteps,
  ...appSteps,
  ...platformSteps,
  ...metaSteps,
  ...expectSteps,
};

/** A step that was read, before roles are settled. */
export type DraftStep = BareStep & { readonly name: string; readonly at: Position };

/** Where a draft stands, for what is found out later. */
export interface Drafted {
  readonly step: DraftStep;
  readonly head: StepHead;
}

/** Reads one entry of `steps`: a map with one key, or the bare name of a step that needs no arguments. */
export function readStep(value: Value, reading: Reading): Drafted | null {
  const entry = entryOf(value, reading);
  if (!entry) return null;
  const { head, argument } = entry;
  const reader = readerOf(head, reading);
  if (!reader) return null;
  if (argument === undefined && !reader.bare)
    return reading.report('missing-key', head.place, `${head.name} needs arguments.`);
  const step = reader.read(argument ?? { node: null, place: head.place }, head, reading);
  return step && { step: { ...step, name: head.name, at: reading.positionOf(head.place) }, head };
}

function readerOf({ name, place }: StepHead, reading: Reading): StepReader | null {
  const known: Readonly<Record<string, StepReader>> = steps;
  const reader = Object.hasOwn(known, name) ? known[name] : undefined;
  if (reader) return reader;
  return reading.report(
    'unknown-step',
    place,
    `There is no step “${name}”.`,
    suggest(name, Object.keys(known)),
  );
}

function entryOf(
  { node, place }: Value,
  reading: Reading,
): { readonly head: StepHead; readonly argument?: Value } | null {
  if (isScalar(node) && typeof node.value === 'string') return { head: { name: node.value, place } };
  const [first, second] = isMap(node) ? pairsOf(node, place, reading) : [];
  if (!first || second)
    return reading.report(
      'wrong-type',
      second ? second[1].key : placeOf(node, place),
      'A step is a map with one key: who, dot, what.',
      second ? 'Begin a new step with “- ”, or indent this key below the step.' : undefined,
    );
  const [name, { key, value }] = first;
  return { head: { name, place: key }, argument: value };
}
