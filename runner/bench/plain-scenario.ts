/** Small scenarios for measuring, read by the same parser as everybody's. */
import { parseScenario } from '../../scenarios/language/parse.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';

export interface Wishes {
  readonly customers: number;
  /** Lines of YAML, one step each. */
  readonly steps?: readonly string[];
  /** Further keys, as YAML. */
  readonly more?: string;
}

/** A coexistence number with customers `c1`, `c2` … */
export function plainScenario({ customers, steps = ['app.opens: {}'], more = '' }: Wishes): Scenario {
  const names = Array.from({ length: customers }, (_, index) => `c${index + 1}: { country: US }`);
  const text = [
    'scenario: Measured',
    'number: coexistence',
    `customers: { ${names.join(', ')} }`,
    more,
    'steps:',
    ...steps.map((step) => `  - ${step}`),
  ].join('\n');
  const parsed = parseScenario(text, 'bench.yaml', 'bench', { obligations: new Set() });
  if ('scenario' in parsed) return parsed.scenario;
  throw new Error(JSON.stringify(parsed.diagnostics));
}
