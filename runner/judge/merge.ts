/** Reports of the parts of one run → the report of the whole. Pure. */
import { exitCodeOf, verdictAcross } from './judge-run.ts';
import type { ObligationVerdict, Report } from './verdict.ts';

/** Parts that do not belong together. */
export class MergeError extends Error {
  /** Position of the part that does not fit, from 0. */
  readonly part: number;

  constructor(part: number, message: string) {
    super(message);
    this.name = 'MergeError';
    this.part = part;
  }
}

/**
 * @param parts - at least one
 * @throws MergeError where two parts played the same scenario, or were played by other versions or seeds
 */
export function mergeReports(parts: readonly Report[]): Report {
  const [first] = parts;
  if (!first) throw new MergeError(0, 'there is no part');
  refuseStrange(first, parts);
  const scenarios = parts.flatMap((part) => part.scenarios);
  const ids = [...new Set(parts.flatMap(({ obligations }) => obligations.map(({ id }) => id)))].sort();
  const obligations = ids.map((id) => mergeObligation(id, parts, scenarios));
  const merged = {
    coex: first.coex,
    seed: first.seed,
    config: first.config,
    at: parts.map(({ at }) => at).sort()[0] ?? first.at,
    tookMs: parts.reduce((sum, { tookMs }) => sum + tookMs, 0),
    scenarios,
    obligations,
    findings: parts.flatMap(({ findings }) => findings),
    ownFaults: parts.flatMap(({ ownFaults }) => ownFaults),
    mistakes: parts.flatMap(({ mistakes }) => mistakes),
    outdatedWaivers: parts.flatMap(({ outdatedWaivers }) => outdatedWaivers),
    unplayed: parts.flatMap(({ unplayed }) => unplayed),
    notices: [...new Set(parts.flatMap(({ notices }) => notices))],
  };
  return { ...merged, exitCode: exitCodeOf(merged) };
}

function refuseStrange({ coex, seed }: Report, parts: readonly Report[]): void {
  const seen = new Set<string>();
  for (const [index, part] of parts.entries()) {
    if (part.coex !== coex)
      throw new MergeError(index, `it was written by coex ${part.coex}, the first by ${coex}`);
    if (part.seed !== seed) throw new MergeError(index, `it has the seed ${part.seed}, the first ${seed}`);
    for (const { id } of part.scenarios) {
      if (seen.has(id)) throw new MergeError(index, `“${id}” was played in an earlier part already`);
      seen.add(id);
    }
  }
}

function mergeObligation(
  id: string,
  parts: readonly Report[],
  scenarios: Report['scenarios'],
): ObligationVerdict {
  const found = parts.flatMap(({ obligations }) => obligations.filter((one) => one.id === id));
  const [first] = found;
  if (!first) throw new Error(`No part knows ${id}.`);
  const { waiver: _waiver, ...rest } = first;
  const verdict = verdictAcross(
    scenarios
      .flatMap(({ obligations }) => obligations.filter((one) => one.id === id))
      .map((one) => one.verdict),
  );
  const waiver = found.find((one) => one.waiver)?.waiver;
  return {
    ...rest,
    verdict,
    scenarios: found.flatMap((one) => one.scenarios),
    ...(verdict === 'waived' && waiver && { waiver }),
  };
}
