/** “Did you mean …?”: the nearest of the known words. */
import { closest, distance } from 'fastest-levenshtein';

/** Most words that are still worth listing when none is near. */
const mostListed = 20;

/** The way out when `word` is none of `known`; `undefined` where nothing useful can be said. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const nearest = nearestOf(word, known);
  if (nearest !== undefined) return `Did you mean “${nearest}”?`;
  if (known.length === 0 || known.length > mostListed) return undefined;
  return `Known here: ${known.join(', ')}.`;
}

/** A third of the letters may differ, and one in any case: enough for typing mistakes, too little for other words. */
function nearestOf(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(word.toLowerCase(), [...known]);
  const differing = distance(word.toLowerCase(), nearest.toLowerCase());
  return differing <= Math.max(1, Math.floor(word.length / 3)) && differing < nearest.length
    ? nearest
    : undefined;
}
