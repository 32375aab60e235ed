/** Figures by pairs: A, B, A, B …, so that a machine that slows down slows both. */

export interface Pairing {
  readonly ours: number;
  readonly theirs: number;
  /** Median over the pairs of ours divided by theirs. */
  readonly ratio: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
};

/** Measures both in turn, `rounds` times, one after the other. */
export async function pair(
  rounds: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<Pairing> {
  const measured: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const baseline = await theirs();
    measured.push({ theirs: baseline, ours: await ours() });
  }
  return {
    ours: median(measured.map((one) => one.ours)),
    theirs: median(measured.map((one) => one.theirs)),
    ratio: median(measured.map((one) => one.ours / one.theirs)),
  };
}

/** One line of the bench: what was measured, the figures, what is wanted, and whether it was reached. */
export function printLine(name: string, figures: string, wanted: string, reached: boolean): void {
  console.log(`${reached ? '✓' : '✗'} ${name.padEnd(44)} ${figures.padEnd(58)} wanted: ${wanted}`);
}

export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;
