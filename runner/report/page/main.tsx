/** The page of the HTML report. */
import { render } from 'preact';
import { countVerdicts, verdictOfRun } from '../words.ts';
import { report } from './data.ts';
import { Detail } from './detail.tsx';
import { Filter } from './filter.tsx';
import { Grid } from './grid.tsx';
import './style.css';

function Page() {
  const { coex, at, seed, config, tookMs, scenarios, obligations, unplayed } = report;
  return (
    <>
      <header class="top">
        <h1>
          coex: <span class={`run exit-${report.exitCode}`}>{verdictOfRun(report)}</span>
        </h1>
        <p>
          {scenarios.length} scenarios · {obligations.length} obligations
          {obligations.length > 0 && `: ${countVerdicts(obligations)}`}
          {unplayed.length > 0 && ` · ${unplayed.length} scenarios not played`}
        </p>
        <p class="about">
          {at.slice(0, 19).replace('T', ' ')} UTC · {(tookMs / 1_000).toFixed(1)} s · seed {seed} · {config} ·
          coex {coex}
        </p>
      </header>
      <Notes />
      <Filter />
      <Grid />
      <Detail />
    </>
  );
}

/** What the run as a whole has to say. */
function Notes() {
  const { notices, mistakes, ownFaults, outdatedWaivers } = report;
  const notes = [
    ...ownFaults.map(
      ({ what, place, message }) => `A fault of coex, not of your system: ${what} in ${place}: ${message}`,
    ),
    ...mistakes.map(({ place, message }) => `Mistake in ${place}: ${message}`),
    ...outdatedWaivers.map(
      ({ place, obligation, why }) =>
        `Baseline ${place}: ${obligation} ${why === 'kept' ? 'is kept now; take the entry out' : 'has expired'}`,
    ),
    ...notices,
  ];
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

const page = document.getElementById('page');
if (page) {
  page.replaceChildren();
  render(<Page />, page);
}
