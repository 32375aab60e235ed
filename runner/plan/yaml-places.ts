/** YAML with positions: a text as plain data, and where each part of it stands. */
import { isMap, isPair, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { Mistake } from './mistake.ts';

/** A YAML text that was read. */
export interface PlacedYaml {
  readonly data: unknown;
  /** `file:line:column` of the value at a path; of what encloses it where the path leads nowhere. */
  readonly place: (path: readonly (string | number)[]) => string;
  /** The same for a key, below the path of its map. */
  readonly placeOfKey: (path: readonly (string | number)[], key: string) => string;
}

/** Most aliases a document may expand; a config needs a handful. */
const maxAliasCount = 100;

/** @throws Mistake where the text is no YAML, with the first error's place */
export function readPlacedYaml(text: string, file: string): PlacedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [error] = document.errors;
  if (error) throw new Mistake({ message: `This is not YAML: ${error.message}`, place: at(error.pos[0]) });
  return {
    data: toData(document, file),
    place: (path) => at(offsetOf(nearestNode(document, path))),
    placeOfKey: (path, key) => at(offsetOf(keyNode(nearestNode(document, path), key))),
  };
}

function toData(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount }) as unknown;
  } catch (error) {
    throw new Mistake({ message: error instanceof Error ? error.message : String(error), place: file });
  }
}

const offsetOf = (node: Node | null): number => node?.range?.[0] ?? 0;

function nearestNode(document: Document, path: readonly (string | number)[]): Node | null {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as Node | undefined;
    if (node) return node;
  }
  return document.contents;
}

function keyNode(node: Node | null, key: string): Node | null {
  if (!isMap(node)) return node;
  const pair = node.items.find(
    (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key,
  );
  return (pair?.key as Node | undefined) ?? node;
}
