/** Scenarios: pick one, run it against the system that is configured, step through it, see the verdicts. */
import { useEffect, useState } from 'preact/hooks';
import type { RunView, ScenarioChoice } from '../../control/runs.ts';
import { call } from './api.ts';
import { t, term } from './i18n.ts';
import { Card } from './shell.tsx';
import { attempt, choose, worldName } from './state.ts';

/** How often a run is looked at, milliseconds. */
const lookMs = 200;

export function Scenarios() {
  const [choices, setChoices] = useState<readonly ScenarioChoice[]>([]);
  const [configured, setConfigured] = useState(true);
  const [filter, setFilter] = useState('');
  const [run, setRun] = useState<RunView>();
  useEffect(() => {
    void call<{ configured: boolean; scenarios: readonly ScenarioChoice[] }>('GET', '/scenarios').then(
      (answer) => {
        setChoices(answer.scenarios);
        setConfigured(answer.configured);
      },
      () => undefined,
    );
  }, []);
  useEffect(() => {
    if (!run || run.state === 'ended') return undefined;
    const timer = setTimeout(
      () => void call<RunView>('GET', `/runs/${run.id}`).then(setRun, () => undefined),
      lookMs,
    );
    return () => clearTimeout(timer);
  }, [run]);
  const start = (scenario: string, stepwise: boolean): void => {
    void attempt(async () => setRun(await call<RunView>('POST', '/runs', { scenario, stepwise })));
  };
  const proceed = (toTheEnd: boolean): void => {
    if (run)
      void attempt(async () => setRun(await call<RunView>('POST', `/runs/${run.id}/proceed`, { toTheEnd })));
  };
  const shown = choices.filter(({ id, title }) =>
    `${id} ${title}`.toLowerCase().includes(filter.toLowerCase()),
  );
  return (
    <div class="cards">
      {configured ? null : (
        <Card title="runs.none">
          <p>{t('runs.none.about')}</p>
          <pre>npx coex serve --config coex.config.yaml</pre>
        </Card>
      )}
      {run ? <Run run={run} onProceed={proceed} /> : null}
      {choices.length === 0 ? null : (
        <Card title="runs.choose">
          <label>
            {t('runs.search')}
            <input
              type="search"
              value={filter}
              onInput={({ currentTarget }) => setFilter(currentTarget.value)}
            />
          </label>
          <ul class="plain-list scroll" tabIndex={0} aria-label={t('runs.choose')}>
            {shown.map(({ id, title }) => (
              <li key={id} class="row spread">
                <span>
                  {title} <span class="quiet">{id}</span>
                </span>
                <span class="row">
                  <button
                    type="button"
                    aria-label={t('runs.runOne', { title })}
                    onClick={() => start(id, false)}
                  >
                    {t('runs.run')}
                  </button>
                  <button
                    type="button"
                    aria-label={t('runs.stepOne', { title })}
                    onClick={() => start(id, true)}
                  >
                    {t('runs.step')}
                  </button>
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

function Run({ run, onProceed }: { readonly run: RunView; readonly onProceed: (toTheEnd: boolean) => void }) {
  return (
    <section class="card wide" aria-label={run.title}>
      <h2>{run.title}</h2>
      <p class="quiet">
        {run.scenario} · <span role="status">{t(`runs.${run.state}`)}</span>
      </p>
      {run.state === 'ended' || worldName.value === run.world ? null : (
        <button type="button" onClick={() => choose(run.world)}>
          {t('runs.watch')}
        </button>
      )}
      {run.state === 'waiting' ? (
        <div class="row">
          <button type="button" onClick={() => onProceed(false)}>
            {t('runs.next')}
          </button>
          <button type="button" onClick={() => onProceed(true)}>
            {t('runs.rest')}
          </button>
        </div>
      ) : null}
      <ol class="steps">
        {run.steps.map((step) => (
          <li key={step.line} class={`step ${step.state.replace(' ', '-')}`}>
            <span class="badge">{term('step', step.state)}</span> <code>{step.text}</code>
            {step.seen === undefined ? null : <p class="quiet">{step.seen}</p>}
          </li>
        ))}
      </ol>
      {run.ending === undefined ? null : <p>{run.ending}</p>}
      <ul class="plain-list" aria-label={t('runs.verdicts')}>
        {run.verdicts.map(({ obligation, verdict, why }) => (
          <li key={obligation}>
            <span class={`badge verdict-${verdict}`}>{term('verdict', verdict)}</span>{' '}
            <code>{obligation}</code>
            {why === undefined ? null : <p class="quiet pre">{why}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
