/** The grid: obligations by profile, scenarios by folder; on a narrow screen a list. */
import { signal } from '@preact/signals';
import type { ScenarioVerdict, Verdict } from '../../judge/verdict.ts';
import type { Row } from './data.ts';
import { shown } from './filter.tsx';
import { open } from './route.ts';
import { signs, words } from './words.ts';

const narrow = matchMedia('(max-width: 800px)');
const isNarrow = signal(narrow.matches);
narrow.addEventListener('change', () => (isNarrow.value = narrow.matches));

export function Grid() {
  const { rows, columns } = shown.value;
  if (rows.length === 0) return <p class="nothing">Nothing fits.</p>;
  return isNarrow.value ? <List rows={rows} /> : <Table rows={rows} columns={columns} />;
}

interface Shown {
  readonly rows: readonly Row[];
  readonly columns: readonly ScenarioVerdict[];
}

const folderOf = (id: string): string => id.split('/').slice(0, -1).join('/') || 'own';
const nameOf = (id: string): string => id.split('/').at(-1) ?? id;

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function Table({ rows, columns }: Shown) {
  const folders = grouped(columns, ({ id }) => folderOf(id));
  const ordered = [...folders.values()].flat();
  const profiles = grouped(rows, ({ profile }) => profile);
  return (
    // A region that scrolls has to be reached by the keyboard.
    <div class="scroller" role="region" aria-label="Obligations and scenarios" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th class="corner" scope="col" rowSpan={2}>
              Obligation
            </th>
            {[...folders].map(([folder, members]) => (
              <th key={folder} class="folder" scope="colgroup" colSpan={members.length}>
                {folder}
              </th>
            ))}
          </tr>
          <tr>
            {ordered.map(({ id, title }) => (
              <th key={id} class="column" scope="col" title={title}>
                <span>{nameOf(id)}</span>
              </th>
            ))}
          </tr>
        </thead>
        {[...profiles].map(([profile, members]) => (
          <tbody key={profile}>
            <tr class="profile">
              <th scope="rowgroup">{profile}</th>
              <td colSpan={ordered.length} />
            </tr>
            {members.map((row) => (
              <tr key={row.id}>
                <th scope="row" title={row.statement}>
                  <Mark verdict={row.verdict} /> <span class="id">{row.id}</span>{' '}
                  {row.level === 'SHOULD' && <small>SHOULD</small>}
                </th>
                {ordered.map(({ id }) => (
                  <td key={id}>
                    <CellButton row={row} scenario={id} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function CellButton({ row, scenario, named }: { row: Row; scenario: string; named?: boolean }) {
  const verdict = row.cells.get(scenario);
  if (!verdict) return null;
  const says = `${row.id} in ${scenario}: ${words[verdict]}`;
  return (
    <button
      type="button"
      class={`cell ${verdict}`}
      aria-label={says}
      title={says}
      onClick={() => open({ scenario, row: row.id })}
    >
      {signs[verdict]}
      {named && <span> {scenario}</span>}
    </button>
  );
}

function List({ rows }: { rows: readonly Row[] }) {
  return (
    <ul class="list">
      {rows.map((row) => (
        <li key={row.id}>
          <h2>
            <Mark verdict={row.verdict} /> {row.id}
          </h2>
          <p>{row.statement}</p>
          {[...row.cells.keys()].map((scenario) => (
            <CellButton key={scenario} row={row} scenario={scenario} named />
          ))}
        </li>
      ))}
    </ul>
  );
}

export function Mark({ verdict }: { verdict: Verdict }) {
  return (
    <span class={`mark ${verdict}`} role="img" aria-label={words[verdict]}>
      {signs[verdict]}
    </span>
  );
}
