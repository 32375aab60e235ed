/**
 * Settles whether an expectation proves an obligation or is the positive control that keeps a proof from being empty.
 *
 * What the author wrote counts first. Else negatives and probes are proofs; a call or an acknowledgement that was
 * waited for is a control if a proof follows later in the file, and a proof itself if none does.
 */
import type { Reading } from './read.ts';
import { isExpectation, type Expectation, type Role, type Step } from './scenario.ts';
import type { Drafted, DraftStep } from './steps/index.ts';
import { suggest } from './suggest.ts';

type DraftExpectation = Extract<DraftStep, { hint: unknown }>;

const isDraftExpectation = (step: DraftStep): step is DraftExpectation => 'hint' in step;

/** Whether it would hold for a system that does nothing at all. */
export function isNegative(step: DraftExpectation | Expectation): boolean {
  switch (step.does) {
    case 'expect.noCall':
    case 'expect.refused':
      return true;
    case 'expect.conversation':
      return step.lacks !== undefined || step.count !== undefined;
    case 'expect.contact':
      return step.absent;
    default:
      return false;
  }
}

const waitsForTheWire = (step: DraftExpectation): boolean =>
  step.does === 'expect.call' || step.does === 'expect.acknowledged';

/**
 * @param obligations - those of the scenario
 * @returns the steps with their roles; mistakes about roles are reported
 */
export function resolveRoles(
  drafted: readonly Drafted[],
  obligations: readonly string[],
  reading: Reading,
): readonly Step[] {
  const roles = rolesOf(drafted.map(({ step }) => step));
  const resolved = drafted.map(({ step }, index) => withRole(step, roles[index], obligations));
  drafted.forEach((draft) => checkProves(draft, obligations, reading));
  checkControls(drafted, resolved, reading);
  return resolved;
}

/** From the end, so that each expectation knows whether a proof follows it; `undefined` for acting steps. */
function rolesOf(steps: readonly DraftStep[]): readonly (Role | undefined)[] {
  let proofFollows = false;
  return steps
    .map((_, index) => steps[steps.length - 1 - index])
    .map((step) => {
      if (!step || !isDraftExpectation(step)) return undefined;
      const role = roleOf(step, proofFollows);
      if (role === 'proof') proofFollows = true;
      return role;
    })
    .reverse();
}

function roleOf(step: DraftExpectation, proofFollows: boolean): Role {
  if (step.hint.control) return 'control';
  if (step.hint.proves !== undefined) return 'proof';
  return waitsForTheWire(step) && proofFollows ? 'control' : 'proof';
}

function withRole(step: DraftStep, role: Role | undefined, obligations: readonly string[]): Step {
  if (!isDraftExpectation(step) || role === undefined) return step as Step;
  const { hint, ...rest } = step;
  return { ...rest, role, proves: hint.proves ?? obligations };
}

function checkProves({ step, head }: Drafted, obligations: readonly string[], reading: Reading): void {
  if (!isDraftExpectation(step)) return;
  for (const id of step.hint.proves ?? [])
    if (!obligations.includes(id))
      reading.report(
        'unknown-obligation',
        head.place,
        `${head.name} proves “${id}”, which is not under “obligations:”.`,
        suggest(id, obligations),
      );
}

/** A negative without a control would pass for a system that is not even running. */
function checkControls(drafted: readonly Drafted[], steps: readonly Step[], reading: Reading): void {
  const expectations = steps.filter(isExpectation);
  if (expectations.some(({ role }) => role === 'control')) return;
  steps.forEach((step, index) => {
    const head = drafted[index]?.head;
    if (!head || !isExpectation(step) || step.role !== 'proof' || !isNegative(step)) return;
    reading.report(
      'needs-control',
      head.place,
      `${head.name} needs a positive control: without one it holds for a system that does nothing.`,
      'Expect a call or an acknowledgement before it, or mark a later expectation with “control: true”.',
    );
  });
}

/** Each obligation of a scenario is proven by one of its expectations, or the scenario says nothing about it. */
export function unproven(steps: readonly Step[], obligations: readonly string[]): readonly string[] {
  const proofs = steps.filter(isExpectation).filter(({ role }) => role === 'proof');
  const proven = new Set(proofs.flatMap(({ proves }) => proves));
  return obligations.filter((id) => !proven.has(id));
}
