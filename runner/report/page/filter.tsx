/** What of the grid is shown: by words, by verdict, by profile. */
import { computed, signal } from '@preact/signals';
import type { Verdict } from '../../judge/verdict.ts';
import { mentions, report, rows, type Row } from './data.ts';
import { words } from './words.ts';

const wanted = signal('');
const verdict = signal<Verdict | ''>('');
const profile = signal('');

/** Rows and columns that are left. */
export const shown = computed(() => {
  const text = wanted.value.trim().toLowerCase();
  const rowSpeaks = ({ id, statement }: Row): boolean => `${id} ${statement}`.toLowerCase().includes(text);
  const found =
    text === ''
      ? undefined
      : new Set(report.scenarios.filter((one) => mentions(one, text)).map(({ id }) => id));
  const left = rows
    .filter((row) => profile.value === '' || row.profile === profile.value)
    .map((row) => ({
      ...row,
      cells: new Map(
        [...row.cells].filter(
          ([scenario, one]) =>
            (verdict.value === '' || one === verdict.value) &&
            (found === undefined || rowSpeaks(row) || found.has(scenario)),
        ),
      ),
    }))
    .filter(({ cells }) => cells.size > 0);
  const columns = report.scenarios.filter(({ id }) => left.some(({ cells }) => cells.has(id)));
  return { rows: left, columns };
});

const typed = (event: Event): string => (event.currentTarget as HTMLInputElement | HTMLSelectElement).value;

export function Filter() {
  const verdicts = (Object.keys(words) as Verdict[]).filter((one) =>
    rows.some(({ cells }) => [...cells.values()].includes(one)),
  );
  const profiles = [...new Set(rows.map((row) => row.profile))];
  const { rows: left, columns } = shown.value;
  return (
    <search class="filter">
      <label>
        Search
        <input
          type="search"
          placeholder="ids, statements, bodies"
          value={wanted.value}
          onInput={(event) => (wanted.value = typed(event))}
        />
      </label>
      <label>
        Verdict
        <select onChange={(event) => (verdict.value = typed(event) as Verdict | '')}>
          <option value="">all</option>
          {verdicts.map((one) => (
            <option key={one} value={one}>
              {words[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Profile
        <select onChange={(event) => (profile.value = typed(event))}>
          <option value="">all</option>
          {profiles.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <p role="status">
        {left.length} obligations, {columns.length} scenarios
      </p>
    </search>
  );
}
