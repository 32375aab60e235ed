/** JSON as Meta writes it: everything beyond plain ASCII escaped. Signatures are over these very bytes. */
import type { JsonValue } from './json.ts';

// One test decides for most texts; the replacement runs only where something is to be replaced.
const special = /[/@<%\u007f-\uffff]/;
const specials = /[/@<%\u007f-\uffff]/g;

/**
 * Serialises as Meta does: non-ASCII as lower-case `\uXXXX` (surrogate pairs for what is beyond the BMP), `/` as `\/`,
 * `@` as `\u0040`, `<` as `\u003C`, `%` as `\u0025`.
 *
 * Evidence: observed in webhook logs and error reports for non-ASCII, `/` and `@`; documented by Meta for Messenger and
 * assumed here for `<` and `%`.
 */
export function toMetaJson(value: JsonValue): string {
  const text = JSON.stringify(value);
  return special.test(text) ? text.replace(specials, escapeCharacter) : text;
}

function escapeCharacter(character: string): string {
  switch (character) {
    case '/':
      return '\\/';
    case '@':
      return '\\u0040';
    case '<':
      return '\\u003C';
    case '%':
      return '\\u0025';
    default:
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }
}
