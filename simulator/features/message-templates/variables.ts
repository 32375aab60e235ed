/** The variables of a template's texts: `{{1}}`, or `{{first_name}}` where the format is named. */

/** Their names, each once, in the order in which they stand. */
export const variablesIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(([, name]) => name ?? '')),
];

/** Whether a text begins or ends with a variable; Meta takes neither in a body (documented). */
export const isVariableAtEdge = (text: string): boolean => /^\s*\{\{|\}\}\s*$/.test(text);

/** Words that are no variables. */
export const wordsBesideVariables = (text: string): number =>
  text
    .replace(/\{\{[^{}]*\}\}/g, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
