/** A failure that a scenario or operator orders: the next messages are accepted and then fail with a chosen error. */
import type { WorldEvent } from './decision.ts';
import { slice, type ReadonlyWorld } from './world.ts';

/** Why a message that was accepted does not arrive. */
export interface Failure {
  readonly code: number;
  readonly title: string;
  readonly details: string;
}

export interface FailureOrdered extends WorldEvent {
  readonly type: 'failure-ordered';
  readonly failure: Failure;
  readonly times: number;
}

/** One message has met the ordered failure. */
export interface FailureTaken extends WorldEvent {
  readonly type: 'failure-taken';
}

export const orderedFailures = slice<{ current: { failure: Failure; times: number } | undefined }>(
  'forced-failure',
  () => ({ current: undefined }),
);

/** What the next message is to fail with, if anything. */
export const forcedFailure = (world: ReadonlyWorld): Failure | undefined =>
  orderedFailures.of(world).current?.failure;
