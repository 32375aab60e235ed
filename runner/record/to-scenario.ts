/** A recording → the scenario that plays it again. Pure: works on what is redacted, and knows nothing else. */
import { dropUnusedNames, type WrittenStep } from '../../scenarios/language/write.ts';
import { isInactivity } from './account-steps.ts';
import { momentsOf } from './changes.ts';
import { createClock } from './clock.ts';
import { createCopies } from './copies.ts';
import { createDraft, mostSteps } from './draft.ts';
import { findFirstContacts } from './first-contacts.ts';
import { expectCall } from './graph-steps.ts';
import { findPastChats } from './history-setup.ts';
import type { Fields } from './json.ts';
import { nodesOf } from './nodes.ts';
import type { Person } from './people.ts';
import type { Recorded } from './recording.ts';
import { createTaker, type Findings } from './take.ts';
import { stateAtFirst, topOf } from './top.ts';

/** A scenario, and what of the recording is not in it. */
export interface Turned {
  /** What stands above the steps, in the order of the file, but for the title. */
  readonly top: Fields;
  readonly steps: readonly WrittenStep[];
  /** What became no step, and how often. */
  readonly leftOut: ReadonlyMap<string, number>;
}

/** @param personOf - whose number or user id a stand-in is */
export function toScenario(
  recorded: readonly Recorded[],
  personOf: (standIn: string) => Person | undefined,
): Turned {
  const moments = momentsOf(recorded);
  const draft = createDraft(personOf);
  const findings: Findings = {
    moments,
    nodes: nodesOf(moments),
    past: findPastChats(moments),
    firstContacts: findFirstContacts(moments),
  };
  // The first chats of a history are with the customers, in their order.
  for (const standIn of findings.past.people)
    if (/^\d/.test(standIn)) draft.takePart(standIn, undefined);
    else draft.takePart(undefined, standIn);
  const begins = stateAtFirst(moments);
  const { book, take } = createTaker(draft, findings, begins);
  const copies = createCopies(draft);
  const [first] = moments;
  const clock = first ? createClock(first) : () => 0;
  for (const moment of moments) {
    if (draft.steps.length >= mostSteps) {
      draft.leaveOut('what came after as many steps as a scenario may have');
      continue;
    }
    const afterMs = clock(moment);
    if (moment.kind === 'call') {
      draft.waitUntil(afterMs);
      expectCall(moment, draft);
      continue;
    }
    // The step itself lets the phone lie.
    if (!isInactivity(moment)) draft.waitUntil(afterMs);
    if (moment.copyOf && copies.take(moment, moment.copyOf)) continue;
    copies.announce(moment);
    take(moment);
  }
  draft.endRow();
  const names = new Set([...draft.messages.values()].map(({ name }) => name));
  return {
    top: topOf(findings, draft, book.contacts(), begins),
    steps: dropUnusedNames(draft.steps, names),
    leftOut: draft.leftOut,
  };
}
