/** Steps as they stand in the scenario's file. Pure. */
import type { Scenario } from '../../scenarios/language/scenario.ts';

/** Each step on one line, without the comments between it and the next one; in the order of the steps. */
export function stepTexts({ steps }: Pick<Scenario, 'steps'>, text: string): readonly string[] {
  const lines = text.split('\n');
  return steps.map(({ at: { line } }, index) => {
    const next = steps[index + 1]?.at.line ?? lines.length + 1;
    return lines
      .slice(line - 1, next - 1)
      .map((one) => one.trim())
      .filter((one) => one !== '' && !one.startsWith('#'))
      .join(' ')
      .replace(/^- /, '');
  });
}
