/** What a step reader is: the keys of a step and how they become the step. */
import type { Place, Reading, Value } from '../read.ts';
import type { ActingStep, Expectation } from '../scenario.ts';
import { readMap, type MapRead, type Shape } from '../shape.ts';

type Bare<T, Known extends string> = T extends unknown ? Omit<T, Known> : never;

/** What the author wrote about the role of an expectation; `roles.ts` settles the rest. */
export interface RoleHint {
  readonly control: boolean;
  /** Missing: nothing was written. */
  readonly proves?: readonly string[];
}

/** An acting step before it knows its name and place. */
export type BareAct = Bare<ActingStep, 'name' | 'at'>;
/** An expectation before its role is settled. */
export type BareExpectation = Bare<Expectation, 'name' | 'at' | 'role' | 'proves'> & {
  readonly hint: RoleHint;
};
export type BareStep = BareAct | BareExpectation;

/** The step being read: its name and where the name stands. */
export interface StepHead {
  readonly name: string;
  readonly place: Place;
}

export interface StepReader {
  /** Keys of the step; empty for one that is a single value or has no arguments. */
  readonly shape: Shape;
  /** The step may be written as its bare name. */
  readonly bare: boolean;
  readonly read: (value: Value, head: StepHead, reading: Reading) => BareStep | null;
}

/** A step written as a map. */
export const mapStep = <const S extends Shape>(
  shape: S,
  build: (map: MapRead<S>, head: StepHead, reading: Reading) => BareStep | null,
): StepReader => ({
  shape,
  bare: Object.values(shape).every((field) => field.need !== 'required'),
  read(value, head, reading) {
    const map = readMap(shape, head.name, value, head.place, reading);
    return map && build(map, head, reading);
  },
});
