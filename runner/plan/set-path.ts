/** `path=value`: one value of a body, changed from the command line. Pure. */
import { hint, Mistake } from './mistake.ts';
import { suggest } from '../../scenarios/language/suggest.ts';

type Container = Record<string, unknown> | unknown[];

/** A value is JSON where it can be read as such, else the text itself: `true`, `12`, `{"a":1}`, `Oi`. */
const readValue = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/**
 * Sets one value in place. Numbers are positions in lists; a key or position that does not exist is added at the end.
 *
 * @param assignment - `messages.0.text.body=Oi`
 * @throws Mistake where it is no assignment, or leads through something that has no parts
 */
export function setPath(body: unknown, assignment: string): void {
  const equals = assignment.indexOf('=');
  const parts = assignment.slice(0, equals).split('.');
  const last = parts.pop() ?? '';
  if (equals < 1 || last === '')
    throw new Mistake({
      message: `“${assignment}” is no path=value.`,
      place: '--set',
      hint: 'Write it like --set messages.0.text.body=Oi.',
    });
  let within = body;
  for (const [index, part] of parts.entries()) within = step(within, part, parts.slice(0, index));
  const container = asContainer(within, parts);
  if (Array.isArray(container))
    container[positionIn(container, last, parts)] = readValue(assignment.slice(equals + 1));
  else container[last] = readValue(assignment.slice(equals + 1));
}

function step(value: unknown, part: string, before: readonly string[]): unknown {
  const container = asContainer(value, before);
  const next = Array.isArray(container) ? container[positionIn(container, part, before)] : container[part];
  if (next !== undefined) return next;
  throw new Mistake({
    message: `There is no “${[...before, part].join('.')}” in it.`,
    place: '--set',
    ...hint(Array.isArray(container) ? undefined : suggest(part, Object.keys(container))),
  });
}

function asContainer(value: unknown, path: readonly string[]): Container {
  if (typeof value === 'object' && value !== null) return value as Container;
  throw new Mistake({ message: `“${path.join('.')}” has no parts.`, place: '--set' });
}

function positionIn(list: readonly unknown[], part: string, before: readonly string[]): number {
  const position = /^\d+$/.test(part) ? Number(part) : -1;
  if (position >= 0 && position <= list.length) return position;
  throw new Mistake({
    message: `“${before.join('.')}” is a list of ${list.length}; “${part}” is no position in it.`,
    place: '--set',
  });
}
