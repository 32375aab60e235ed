import { expect, it } from 'vitest';
import { renderDiagnostic, sortDiagnostics, type Diagnostic } from './diagnostics.ts';

const at = (line: number, column: number, length: number, message = 'Wrong.'): Diagnostic => ({
  code: 'wrong-value',
  file: 'echoes/x.yaml',
  line,
  column,
  length,
  message,
});

const text = 'scenario: x\n\tsteps: []\nlast: y';

it('shows the line with a caret and the way out below it', () => {
  expect(renderDiagnostic({ ...at(3, 7, 1), suggestion: 'Write z.' }, text)).toBe(
    ['echoes/x.yaml:3:7: Wrong. [wrong-value]', '  |', '3 | last: y', '  |       ^ Write z.'].join('\n'),
  );
});

it.each([
  ['never points past the end of the line', at(1, 11, 400), '  |           ^'],
  ['keeps columns where the line has tabs', at(2, 2, 5), '  |  ^^^^^'],
  ['points at one character at least', at(3, 1, 0), '  | ^'],
  ['survives a place outside of the text', at(9, 4, 2), '  |    ^'],
])('%s', (_, diagnostic, caretLine) => {
  expect(renderDiagnostic(diagnostic, text).split('\n').at(-1)).toBe(caretLine);
});

it('sorts by line, column and message', () => {
  const sorted = sortDiagnostics([at(2, 1, 1), at(1, 9, 1), at(1, 2, 1, 'B'), at(1, 2, 1, 'A')]);
  expect(sorted.map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`)).toEqual([
    '1:2 A',
    '1:2 B',
    '1:9 Wrong.',
    '2:1 Wrong.',
  ]);
});
