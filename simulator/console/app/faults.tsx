/** Faults: what stands in the way of webhooks and Graph calls, on and off. */
import { useState } from 'preact/hooks';
import { t, term } from './i18n.ts';
import { Card } from './shell.tsx';
import { act, vocabulary, world } from './state.ts';

export function Faults() {
  const faults = world.value?.faults;
  return (
    <div class="cards">
      <WebhookFaults />
      <GraphFaults />
      <Refusals />
      <Card title="faults.now">
        <ul class="plain-list">
          {faults?.webhooks.map((fault) => (
            <li key={fault.id}>
              {t('faults.webhook', {
                what: term('rule', fault.rule),
                of: fault.field ?? t('faults.any'),
                left: fault.left,
              })}
            </li>
          ))}
          {faults?.graph ? (
            <li>
              {t('faults.graph', {
                what: term('graphFault', faults.graph.kind),
                of: faults.graph.edge ?? t('faults.any'),
                left: faults.graph.times,
              })}
            </li>
          ) : null}
          {faults?.refusals.map(({ edge, code, times }) => (
            <li key={`${edge} ${code}`}>{t('faults.refusal', { edge, code, left: times })}</li>
          ))}
        </ul>
        <div class="row">
          <button type="button" onClick={() => void act({ 'webhooks.heals': {} })}>
            {t('faults.healWebhooks')}
          </button>
          <button type="button" onClick={() => void act({ 'graph.heals': {} })}>
            {t('faults.healGraph')}
          </button>
        </div>
      </Card>
    </div>
  );
}

function Times({ value, onChange }: { readonly value: number; readonly onChange: (value: number) => void }) {
  return (
    <label>
      {t('faults.times')}
      <input
        type="number"
        min={1}
        max={999}
        value={value}
        onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
    </label>
  );
}

function Choice({
  label,
  value,
  options,
  name,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly name: (option: string) => string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {name(option)}
          </option>
        ))}
      </select>
    </label>
  );
}

function WebhookFaults() {
  const { fields, webhookFaults } = vocabulary.value;
  const [rule, setRule] = useState<string>('duplicate');
  const [field, setField] = useState('');
  const [times, setTimes] = useState(1);
  return (
    <Card title="faults.webhooks">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void act({ 'webhooks.fault': { rule, times, ...(field !== '' && { field }) } });
        }}
      >
        <Choice
          label={t('faults.what')}
          value={rule}
          options={webhookFaults}
          name={(one) => term('rule', one)}
          onChange={setRule}
        />
        <Choice
          label={t('faults.field')}
          value={field}
          options={['', ...fields]}
          name={(one) => (one === '' ? t('faults.any') : one)}
          onChange={setField}
        />
        <Times value={times} onChange={setTimes} />
        <button type="submit">{t('faults.set')}</button>
      </form>
    </Card>
  );
}

function GraphFaults() {
  const { edges, graphFaults } = vocabulary.value;
  const [kind, setKind] = useState<string>('error');
  const [edge, setEdge] = useState('');
  const [times, setTimes] = useState(1);
  return (
    <Card title="faults.graphs">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void act({ 'graph.fault': { kind, times, ...(edge !== '' && { edge }) } });
        }}
      >
        <Choice
          label={t('faults.what')}
          value={kind}
          options={graphFaults}
          name={(one) => term('graphFault', one)}
          onChange={setKind}
        />
        <Choice
          label={t('faults.edge')}
          value={edge}
          options={['', ...edges]}
          name={(one) => (one === '' ? t('faults.any') : one)}
          onChange={setEdge}
        />
        <Times value={times} onChange={setTimes} />
        <button type="submit">{t('faults.set')}</button>
      </form>
    </Card>
  );
}

/** Any error of the catalogue for the next calls of an edge. */
function Refusals() {
  const { edges, errors } = vocabulary.value;
  const [edge, setEdge] = useState('messages');
  const [code, setCode] = useState('131047');
  const [times, setTimes] = useState(1);
  const titles = new Map(errors.map((error) => [String(error.code), error.title]));
  return (
    <Card title="faults.refuse">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void act({ 'graph.refuse': { edge, code: Number(code), times } });
        }}
      >
        <Choice
          label={t('faults.edge')}
          value={edge}
          options={edges}
          name={(one) => one}
          onChange={setEdge}
        />
        <Choice
          label={t('faults.error')}
          value={code}
          options={[...titles.keys()]}
          name={(one) => `${one} ${titles.get(one) ?? ''}`.slice(0, 80)}
          onChange={setCode}
        />
        <Times value={times} onChange={setTimes} />
        <button type="submit">{t('faults.set')}</button>
      </form>
    </Card>
  );
}
