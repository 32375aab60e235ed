/** One exchange, opened: headers, bodies, signature, contract findings, and what belongs to it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExchangeView } from '../../control/exchange.ts';
import type { Exchange } from '../../index.ts';
import { call, inWorld } from './api.ts';
import { dateTime, t } from './i18n.ts';
import { attempt, say, worldName } from './state.ts';
import { statusOf, titleOf } from './wire.tsx';

export function Detail({
  number,
  onOpen,
  onClose,
}: {
  readonly number: number;
  readonly onOpen: (number: number) => void;
  readonly onClose: () => void;
}) {
  const [view, setView] = useState<ExchangeView>();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    setView(undefined);
    void call<ExchangeView>('GET', inWorld(worldName.value, `/journal/${number}`)).then(
      (found) => {
        setView(found);
        title.current?.focus();
      },
      () => say('refused', t('wire.gone', { number })),
    );
  }, [number]);
  return (
    <section
      class="detail"
      aria-label={t('wire.detail', { number })}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <header class="row spread">
        <h3 ref={title} tabIndex={-1}>
          {view ? `${number} · ${titleOf(view.exchange)}` : number}
        </h3>
        <button type="button" class="plain" aria-label={t('wire.close')} onClick={onClose}>
          ×
        </button>
      </header>
      {view ? <Contents view={view} onOpen={onOpen} /> : null}
    </section>
  );
}

function Contents({
  view,
  onOpen,
}: {
  readonly view: ExchangeView;
  readonly onOpen: (number: number) => void;
}) {
  const { exchange, findings, signature, related } = view;
  const resend = (): void => {
    void attempt(async () => {
      await call('POST', inWorld(worldName.value, `/journal/${exchange.number}/resend`), {});
      say('done', t('wire.resent'));
    });
  };
  const copy = (): void => {
    void attempt(async () => {
      await navigator.clipboard.writeText(asCurl(exchange));
      say('done', t('wire.copied'));
    });
  };
  return (
    <>
      <p>
        <b>{statusOf(exchange)}</b> · {dateTime(exchange.atMs)}· {exchange.latencyMs.toFixed(1)} ms
        {exchange.kind === 'webhook' ? ` · ${exchange.url}` : ''}
      </p>
      <div class="row">
        <button type="button" onClick={resend}>
          {t('wire.resend')}
        </button>
        <button type="button" onClick={copy}>
          {t('wire.curl')}
        </button>
      </div>
      {signature === undefined ? null : (
        <p class={signature === 'right' ? 'good' : 'bad'}>
          {t('wire.signature', { signature: t(`signature.${signature}`) })}
        </p>
      )}
      {findings.length === 0 ? (
        <p class="good">{t('wire.contract.kept')}</p>
      ) : (
        <ul class="bad" aria-label={t('wire.contract')}>
          {findings.map(({ of, pointer, message }) => (
            <li key={`${of} ${pointer} ${message}`}>
              {t(`wire.of.${of}`)} <code>{pointer === '' ? '/' : pointer}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {exchange.kind === 'graph' ? (
        <>
          <Block title={t('wire.of.request')} text={pretty(exchange.params)} />
          <Block title={t('wire.of.answer')} text={pretty(exchange.answer)} />
        </>
      ) : (
        <>
          <Block
            title={t('wire.headers')}
            text={Object.entries(exchange.headers)
              .map(([name, value]) => `${name}: ${value}`)
              .join('\n')}
          />
          <Block
            title={t('wire.body')}
            text={exchange.bodyGone ? t('wire.bodyGone') : prettyText(exchange.body)}
          />
          {exchange.result.kind === 'answered' ? (
            <Block title={t('wire.of.answer')} text={exchange.result.body} />
          ) : null}
        </>
      )}
      {related.length === 0 ? null : (
        <p>
          {t('wire.related')}{' '}
          {related.map((number) => (
            <button key={number} type="button" class="plain" onClick={() => onOpen(number)}>
              {number}
            </button>
          ))}
        </p>
      )}
    </>
  );
}

function Block({ title, text }: { readonly title: string; readonly text: string }) {
  if (text === '') return null;
  return (
    <figure class="block">
      <figcaption>{title}</figcaption>
      <pre tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </figure>
  );
}

const pretty = (value: unknown): string => (value === null ? '' : JSON.stringify(value, null, 2));

function prettyText(text: string): string {
  try {
    return pretty(JSON.parse(text));
  } catch {
    return text;
  }
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A command line that does the same; tokens are not known here and have to be filled in. */
export function asCurl(exchange: Exchange): string {
  if (exchange.kind === 'webhook') {
    const headers = Object.entries(exchange.headers).map(
      ([name, value]) => `-H ${quote(`${name}: ${value}`)}`,
    );
    return ['curl', quote(exchange.url), ...headers, '--data-binary', quote(exchange.body)].join(' ');
  }
  const { method, path, params } = exchange;
  const body =
    method === 'POST'
      ? ['-H', quote('Content-Type: application/json'), '-d', quote(JSON.stringify(params))]
      : [];
  return [
    'curl',
    '-X',
    method,
    quote(`${location.origin}${path}`),
    '-H',
    '"Authorization: Bearer $WHATSAPP_TOKEN"',
    ...body,
  ].join(' ');
}
