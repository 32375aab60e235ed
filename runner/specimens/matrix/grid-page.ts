/** A grid of verdicts as one HTML file: rows are systems, columns are obligations. Pure; needs no network. */

export interface Grid {
  readonly title: string;
  /** What the grid shows, a paragraph. */
  readonly about: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Column {
  readonly id: string;
  /** What the obligation says; shown where the pointer rests. */
  readonly statement: string;
}

export interface Row {
  readonly name: string;
  /** By column; a missing one was not looked at. */
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface Cell {
  readonly kind: CellKind;
  /** Why it is so. */
  readonly note?: string;
}

/** `caught`: failed, and was meant to; `explained`: failed as well, with a reason; `alarm`: failed, and nobody knows why. */
export type CellKind = 'pass' | 'caught' | 'explained' | 'alarm' | 'fail' | 'untold' | 'unseen';

const signs: Readonly<Record<CellKind, string>> = {
  pass: '·',
  caught: '✗',
  explained: '~',
  alarm: '!',
  fail: '✗',
  untold: '?',
  unseen: '',
};

const words: Readonly<Record<CellKind, string>> = {
  pass: 'kept',
  caught: 'broken, as it was meant to be',
  explained: 'broken as well, for a known reason',
  alarm: 'broken, and nobody knows why',
  fail: 'broken',
  untold: 'nothing could be told',
  unseen: 'not looked at',
};

export function renderGrid(grid: Grid): string {
  const used = new Set(grid.rows.flatMap(({ cells }) => Object.values(cells).map(({ kind }) => kind)));
  const legend = Object.keys(signs)
    .map((kind) => kind as CellKind)
    .filter((kind) => used.has(kind))
    .map((kind) => `<li><b class="${kind}">${signs[kind] || '&nbsp;'}</b> ${escape(words[kind])}</li>`)
    .join('');
  const head = grid.columns
    .map(
      ({ id, statement }) => `<th scope="col" title="${escape(statement)}"><span>${escape(id)}</span></th>`,
    )
    .join('');
  const body = grid.rows.map((row) => renderRow(row, grid.columns)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(grid.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escape(grid.title)}</h1>
<p>${escape(grid.about)}</p>
<ul class="legend">${legend}</ul>
<div class="grid" tabindex="0" role="region" aria-label="${escape(grid.title)}">
<table>
<thead><tr><td></td>${head}</tr></thead>
<tbody>
${body}
</tbody>
</table>
</div>
${renderNotes(grid)}
</body>
</html>
`;
}

/** All reasons, in the order of the grid: what a pointer shows has to be there for those who have none, too. */
function renderNotes({ rows, columns }: Grid): string {
  const notes = rows.flatMap(({ name, cells }) =>
    columns.flatMap(({ id }) => {
      const note = cells[id]?.note;
      return note === undefined ? [] : [`<li><b>${escape(name)}</b> · ${escape(id)}: ${escape(note)}</li>`];
    }),
  );
  return notes.length === 0 ? '' : `<h2>Reasons</h2>\n<ul>\n${notes.join('\n')}\n</ul>`;
}

function renderRow({ name, cells }: Row, columns: readonly Column[]): string {
  const rendered = columns.map(({ id }) => {
    const { kind, note } = cells[id] ?? { kind: 'unseen' as const };
    const said = `${name} / ${id}: ${words[kind]}${note === undefined ? '' : `: ${note}`}`;
    return `<td class="${kind}" title="${escape(said)}"><span aria-label="${escape(words[kind])}">${signs[kind]}</span></td>`;
  });
  return `<tr><th scope="row">${escape(name)}</th>${rendered.join('')}</tr>`;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

/** Both schemes have to be readable; the names of the columns stand upright to keep a wide grid narrow. */
const style = `
:root { color-scheme: light dark; --line: #8884; --good: #2a7d3f; --bad: #b3261e; --dim: #777; --back: #fff; }
@media (prefers-color-scheme: dark) { :root { --good: #7bd18f; --bad: #ff8a80; --dim: #999; --back: #16181c; } }
body { font: 14px/1.45 system-ui, sans-serif; margin: 1.5rem; background: var(--back); }
p { max-width: 60rem; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; }
.grid { overflow: auto; max-height: 80vh; border: 1px solid var(--line); }
table { border-collapse: separate; border-spacing: 0; }
thead th, thead td { position: sticky; top: 0; background: var(--back); z-index: 1; vertical-align: bottom; }
thead th { font-weight: normal; padding: .4rem 0; }
thead span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
tbody th { position: sticky; left: 0; background: var(--back); text-align: left; font-weight: normal; white-space: nowrap; padding: 0 .6rem; }
thead td { left: 0; z-index: 2; }
tbody td { text-align: center; min-width: 1.3rem; border-top: 1px solid var(--line); border-left: 1px solid var(--line); }
tbody th { border-top: 1px solid var(--line); }
tr:hover th, tr:hover td { background: #8882; }
.pass { color: var(--dim); }
.caught { color: var(--good); font-weight: bold; }
.explained, .untold { color: var(--dim); }
.alarm, .fail { color: var(--bad); font-weight: bold; }
@media (max-width: 40rem) { body { margin: .6rem; } tbody th { max-width: 9rem; overflow: hidden; text-overflow: ellipsis; } }
`;
