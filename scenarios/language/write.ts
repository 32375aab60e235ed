/** A scenario as a file: data becomes the YAML that people read. Pure. */
import { Document, isPair, isScalar, visit, type YAMLMap, type YAMLSeq } from 'yaml';

/** Longest line written. */
const lineWidth = 110;
/** Longest map that stands on its key's own line. */
const longestInline = 80;

/** A step as it is written: a map with one key. */
export type WrittenStep = Readonly<Record<string, unknown>>;

/**
 * Writes a scenario.
 *
 * @param scenario - keys in the order of the file
 * @param layout - `compact`: a step and its arguments on one line where they fit, as the library has them
 */
export function writeScenario(
  scenario: Readonly<Record<string, unknown>>,
  layout: 'open' | 'compact' = 'open',
): string {
  const document = new Document(scenario);
  if (layout === 'compact')
    visit(document, {
      Collection(_key, node, path) {
        if (!standsAlone(path) && isShort(node)) node.flow = true;
      },
    });
  return document.toString({ lineWidth, flowCollectionPadding: true, defaultStringType: 'PLAIN' });
}

const isShort = (node: YAMLMap | YAMLSeq): boolean => JSON.stringify(node.toJSON()).length <= longestInline;

/**
 * Whether a collection has a line for each of its parts, however short it is: the whole, who there is, the steps, and
 * each step.
 *
 * @param path - of its ancestors: the document, the whole, a pair of it, and on
 */
function standsAlone(path: readonly unknown[]): boolean {
  const pair = path[2];
  if (!isPair(pair) || !isScalar(pair.key)) return true;
  return (
    (pair.key.value === 'customers' && path.length === 3) || (pair.key.value === 'steps' && path.length < 5)
  );
}

/**
 * Takes the names of messages away that nothing points at: they only make the file longer.
 *
 * @param given - names that were given by whoever writes; all others stay
 */
export function dropUnusedNames(
  steps: readonly WrittenStep[],
  given: ReadonlySet<string>,
): readonly WrittenStep[] {
  const texts = steps.map((step) => JSON.stringify(step));
  return steps.map((step, index) => {
    const [[does, argument] = ['', undefined]] = Object.entries(step);
    if (typeof argument !== 'object' || argument === null) return step;
    const { as, ...rest } = argument as Readonly<Record<string, unknown>>;
    if (typeof as !== 'string' || !given.has(as)) return step;
    const isUsed = texts.some(
      (text, at) => at !== index && (text.includes(`"${as}"`) || text.includes(`{${as}}`)),
    );
    return isUsed ? step : { [does]: rest };
  });
}
