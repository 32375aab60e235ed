/** The wire: every Graph call and webhook as it happens. */
import { computed, signal } from '@preact/signals';
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualItem,
} from '@tanstack/virtual-core';
import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { Exchange } from '../../index.ts';
import { Detail } from './exchange-detail.tsx';
import { clockTime, t } from './i18n.ts';
import { attempt, say, wire, wireVersion, world, worldName } from './state.ts';

const kinds = ['all', 'graph', 'webhook', 'bad'] as const;
const kind = signal<(typeof kinds)[number]>('all');
const search = signal('');
/** Number of the exchange that is open. */
const opened = signal<number | undefined>(undefined);

const rowPx = 30;

export const statusOf = (exchange: Exchange): number | string =>
  exchange.kind === 'graph'
    ? exchange.status
    : exchange.result.kind === 'answered'
      ? exchange.result.status
      : exchange.result.kind;

const isBad = (exchange: Exchange): boolean => {
  const status = statusOf(exchange);
  return typeof status === 'string' || status >= 400 || status === 0;
};

export const titleOf = (exchange: Exchange): string =>
  exchange.kind === 'graph' ? `${exchange.method} ${exchange.path}` : exchange.field;

function matches(exchange: Exchange, words: string): boolean {
  if (kind.value === 'bad' && !isBad(exchange)) return false;
  if ((kind.value === 'graph' || kind.value === 'webhook') && exchange.kind !== kind.value) return false;
  return words === '' || textOf(exchange).includes(words);
}

/** What is searched: built once for an exchange, since a search looks at all of them. */
const texts = new WeakMap<Exchange, string>();
function textOf(exchange: Exchange): string {
  let text = texts.get(exchange);
  if (text === undefined) {
    const parts =
      exchange.kind === 'graph' ? JSON.stringify([exchange.params, exchange.answer]) : exchange.body;
    text = `${titleOf(exchange)} ${statusOf(exchange)} ${parts}`.toLowerCase();
    texts.set(exchange, text);
  }
  return text;
}

const shown = computed(() => {
  // Exchanges are added in place; the version says when.
  if (wireVersion.value < 0) return [];
  const words = search.value.trim().toLowerCase();
  return kind.value === 'all' && words === ''
    ? wire.exchanges
    : wire.exchanges.filter((exchange) => matches(exchange, words));
});

export function Wire() {
  return (
    <div class="wire">
      <div class="row wire-tools">
        <h2>{t('view.wire')}</h2>
        <label class="grow">
          <span class="hidden">{t('wire.search')}</span>
          <input
            type="search"
            value={search.value}
            placeholder={t('wire.search')}
            onInput={({ currentTarget }) => (search.value = currentTarget.value)}
          />
        </label>
        <label>
          <span class="hidden">{t('wire.kind')}</span>
          <select
            value={kind.value}
            onChange={({ currentTarget: { value } }) => {
              kind.value = kinds.find((one) => one === value) ?? 'all';
            }}
          >
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`wire.kind.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => void keep()}>
          {t('wire.keep')}
        </button>
      </div>
      <Rows />
      {opened.value === undefined ? null : (
        <Detail
          number={opened.value}
          onOpen={(number) => (opened.value = number)}
          onClose={() => (opened.value = undefined)}
        />
      )}
    </div>
  );
}

/** Only the rows that can be seen are there; the newest is in sight unless somebody has scrolled away from it. */
function Rows() {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useRef<Virtualizer<HTMLDivElement, HTMLDivElement>>(undefined);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const isAtEnd = useRef(true);
  // Read here so that the list is drawn anew when something happened.
  const version = wireVersion.value;
  const rows = shown.value;
  const options = {
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 10,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => draw(undefined),
  };
  virtualizer.current ??= new Virtualizer(options);
  virtualizer.current.setOptions({ ...virtualizer.current.options, ...options });
  useEffect(() => virtualizer.current?._didMount(), []);
  useEffect(() => {
    virtualizer.current?._willUpdate();
    const place = scroller.current;
    if (place && isAtEnd.current) place.scrollTop = place.scrollHeight;
  }, [version, rows.length]);
  const isSilent = world.value?.apps.every(({ callback }) => callback === null) === true;
  return (
    <div
      class="rows"
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={t('wire.list', { count: rows.length })}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < rowPx * 2;
      }}
    >
      {rows.length === 0 ? <p class="pad quiet">{t('wire.empty')}</p> : null}
      {isSilent ? <p class="pad quiet">{t('wire.nowhere')}</p> : null}
      <ul class="rows-all" style={{ height: `${virtualizer.current.getTotalSize()}px` }}>
        {virtualizer.current.getVirtualItems().map((item) => (
          <Row key={rows[item.index]?.number ?? item.index} item={item} exchange={rows[item.index]} />
        ))}
      </ul>
    </div>
  );
}

function Row({ item, exchange }: { readonly item: VirtualItem; readonly exchange: Exchange | undefined }) {
  if (!exchange) return null;
  const status = statusOf(exchange);
  return (
    <li class="wire-row" style={{ transform: `translateY(${item.start}px)` }}>
      <button
        type="button"
        class={isBad(exchange) ? 'bad' : ''}
        aria-current={opened.value === exchange.number ? 'true' : undefined}
        onClick={() => (opened.value = exchange.number)}
      >
        <span class="wire-arrow" aria-hidden="true">
          {exchange.kind === 'graph' ? '→' : '←'}
        </span>
        <time>{clockTime(exchange.atMs, true)}</time>
        <span class="wire-what">
          {exchange.kind === 'graph' ? <b>{exchange.method} </b> : <b>{t('wire.webhook')} </b>}
          {exchange.kind === 'graph' ? exchange.path : exchange.field}
          {exchange.kind === 'webhook' && exchange.attempt > 1
            ? ` · ${t('wire.attempt', { attempt: exchange.attempt })}`
            : ''}
        </span>
        <span class="wire-status">{status === 0 ? '—' : status}</span>
        <span class="wire-latency">
          {t('wire.ms', { ms: exchange.latencyMs.toFixed(exchange.latencyMs < 10 ? 1 : 0) })}
        </span>
      </button>
    </li>
  );
}

/** The YAML of what was just done, as a file. */
async function keep(): Promise<void> {
  await attempt(async () => {
    const response = await fetch(`/_coex/worlds/${encodeURIComponent(worldName.value)}/scenario.yaml`);
    const text = await response.text();
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/yaml' }));
    link.download = 'kept.yaml';
    link.click();
    URL.revokeObjectURL(link.href);
    say('done', t('wire.kept'));
  });
}
