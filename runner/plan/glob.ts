/** Path patterns of `scenarios:` and of the command line: `*`, `**`, `?` and `{a,b}`. */

/** Whether a text is a pattern, not a path. */
export const isGlob = (text: string): boolean => /[*?{]/.test(text);

/**
 * The folder to look below for what a pattern may match: everything before its first wildcard.
 *
 * @param pattern - with forward slashes
 */
export function globBase(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex(isGlob);
  const base = parts.slice(0, first === -1 ? -1 : first).join('/');
  return base === '' && pattern.startsWith('/') ? '/' : base;
}

/** A pattern as an expression over whole paths with forward slashes. */
export function globToRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|\{/g, (part) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('{') && part.endsWith('}'))
      return `(?:${part.slice(1, -1).split(',').map(literally).join('|')})`;
    return literally(part);
  });
  return new RegExp(`^${source}$`);
}

const literally = (text: string): string => text.replace(/[.+^$()|[\]\\{}]/g, '\\$&');
