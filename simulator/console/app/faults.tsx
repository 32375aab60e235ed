/** Faults: what stands in the way of webhooks and Graph calls, on and off. */
import { useEffect, useState } from 'preact/hooks';
import { call } from './api.ts';
import { t, term } from './i18n.ts';
import { Card } from './shell.tsx';
import { act, world } from './state.ts';

interface Vocabulary {
  readonly edges: readonly string[];
  readonly fields: readonly string[];
  readonly errors: readonly {
    readonly code: number;
    readonly subcode?: number;
    readonly title: string;
    readonly side: string;
  }[];
}

const rules = [
  'duplicate',
  'delay',
  'reorder',
  'drop',
  'batch',
  'wrong-signature',
  'no-signature',
  'replayed-signature',
  'hang',
] as const;
const graphKinds = ['latency', 'error', 'reset', 'hang'] as const;

export function Faults() {
  const [words, setWords] = useState<Vocabulary>();
  useEffect(() => {
    void call<Vocabulary>('GET', '/vocabulary').then(setWords, () => undefined);
  }, []);
  const faults = world.value?.faults;
  return (
    <div class="cards">
      <WebhookFaults fields={words?.fields ?? []} />
      <GraphFaults edges={words?.edges ?? []} />
      <Refusals words={words} />
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

function WebhookFaults({ fields }: { readonly fields: readonly string[] }) {
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
          options={rules}
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

function GraphFaults({ edges }: { readonly edges: readonly string[] }) {
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
          options={graphKinds}
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
function Refusals({ words }: { readonly words: Vocabulary | undefined }) {
  const [edge, setEdge] = useState('messages');
  const [code, setCode] = useState('131047');
  const [times, setTimes] = useState(1);
  const errors = words?.errors ?? [];
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
          options={words?.edges ?? [edge]}
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
