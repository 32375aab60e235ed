/** A user's mistake: what is wrong, where, and the way out. Never a stack, never exit code 70. */

/** One thing that is wrong. */
export interface MistakeNote {
  readonly message: string;
  /** `file`, `file:line:column`, or a flag; missing where there is no place. */
  readonly place?: string;
  /** The way out; may have several lines. */
  readonly hint?: string;
}

/** Thrown where a user's mistake makes going on pointless; the command line prints its notes and ends with 2. */
export class Mistake extends Error {
  readonly notes: readonly MistakeNote[];
  /** 2, or 3 where the system under test could not be reached. */
  readonly exitCode: 2 | 3;

  constructor(notes: MistakeNote | readonly MistakeNote[], exitCode: 2 | 3 = 2) {
    const list = 'message' in notes ? [notes] : notes;
    super(list.map(noteLine).join('\n'));
    this.name = 'Mistake';
    this.notes = list;
    this.exitCode = exitCode;
  }
}

const noteLine = (note: MistakeNote): string => [note.place, note.message].filter(Boolean).join(': ');

/** Notes as a person reads them: place and message on one line, the way out indented below. */
export const renderNotes = (notes: readonly MistakeNote[]): string =>
  notes
    .map((note) => [noteLine(note), ...(note.hint?.split('\n') ?? []).map((line) => `  ${line}`)].join('\n'))
    .join('\n');

/** To spread into a note: a way out, if there is one. */
export const hint = (text: string | undefined): Pick<MistakeNote, 'hint'> =>
  text === undefined ? {} : { hint: text };
