/** What is wrong with a scenario file: where, what was expected, and the way out. */

/** Stable names of mistakes; tools and documentation refer to them. */
export type DiagnosticCode =
  | 'yaml-syntax'
  | 'too-large'
  | 'too-many-aliases'
  | 'several-documents'
  | 'wrong-type'
  | 'wrong-value'
  | 'missing-key'
  | 'unknown-key'
  | 'unknown-step'
  | 'unknown-customer'
  | 'unknown-message'
  | 'unknown-obligation'
  | 'duplicate-name'
  | 'duration-without-unit'
  | 'content-kind'
  | 'needs-control'
  | 'unproven-obligation';

/** One mistake in a scenario file. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1, in UTF-16 units. */
  readonly column: number;
  /** How many characters it concerns, on the first line; at least 1. */
  readonly length: number;
  /** What is wrong and what was expected, as a sentence. */
  readonly message: string;
  /** What to write instead, as a sentence. */
  readonly suggestion?: string;
}

/** By place, then by text, so that the same file always gives the same list. */
export const sortDiagnostics = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...diagnostics].sort(
    (a, b) => a.line - b.line || a.column - b.column || a.message.localeCompare(b.message, 'en'),
  );

/**
 * Shows a diagnostic with its line of the file and a caret under what it concerns.
 *
 * @param text - the whole file
 */
export function renderDiagnostic(diagnostic: Diagnostic, text: string): string {
  const { file, line, column, code, message, suggestion } = diagnostic;
  const source = (text.split(/\r\n|\r|\n/)[line - 1] ?? '').replaceAll('\t', ' ');
  const gutter = ' '.repeat(String(line).length);
  const caret = `${' '.repeat(column - 1)}${'^'.repeat(caretLength(diagnostic, source))}`;
  return [
    `${file}:${line}:${column}: ${message} [${code}]`,
    `${gutter} |`,
    `${line} | ${source}`,
    `${gutter} | ${caret}${suggestion === undefined ? '' : ` ${suggestion}`}`,
  ].join('\n');
}

/** Never past the end of the line, whatever the mistake spans. */
const caretLength = ({ column, length }: Diagnostic, source: string): number =>
  Math.max(1, Math.min(length, source.length - column + 1));
