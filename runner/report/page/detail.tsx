/** A cell, opened: what is asked, how it came out and why, and all that happened. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { asAWhole, findingOf, report, rows, scenarioOf, transcriptOf } from './data.ts';
import { Mark } from './grid.tsx';
import { close, openCell, type Cell } from './route.ts';
import { Sequence } from './transcript.tsx';
import { words } from './words.ts';

export function Detail() {
  const cell = openCell.value;
  return cell ? <Opened key={`${cell.scenario}&${cell.row}`} cell={cell} /> : null;
}

function Opened({ cell: { scenario: id, row: rowId } }: { cell: Cell }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const scenario = scenarioOf(id);
  const row = rows.find((one) => one.id === rowId);
  const verdict = row?.cells.get(id);
  const obligation = report.obligations.find((one) => one.id === rowId);
  const finding = findingOf(id, rowId);
  return (
    <dialog ref={dialog} aria-labelledby="opened" onClose={close}>
      <header>
        <h2 id="opened">
          {verdict && <Mark verdict={verdict} />} {rowId === asAWhole ? scenario?.title : rowId}
        </h2>
        <button type="button" class="close" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      {scenario && verdict ? (
        <>
          <p>
            <b>{words[verdict]}</b> in <code>{scenario.id}</code>: {scenario.title}
            {scenario.attempts !== undefined && ` (played ${scenario.attempts} times)`}
          </p>
          {obligation && (
            <dl>
              <dt>Rule</dt>
              <dd>{obligation.statement}</dd>
              <dt>Source</dt>
              <dd>
                {obligation.source.evidence} · {obligation.source.page}
                {obligation.source.url !== undefined && (
                  <>
                    {' · '}
                    <a href={obligation.source.url} rel="noreferrer noopener">
                      {obligation.source.url}
                    </a>
                  </>
                )}
              </dd>
            </dl>
          )}
          {finding && (
            <dl class="finding">
              <dt>Expected</dt>
              <dd>{finding.expected}</dd>
              <dt>Happened</dt>
              <dd class="happened">{finding.happened}</dd>
              <dt>At</dt>
              <dd>
                <code>
                  {finding.at ? `${finding.file}:${finding.at.line}:${finding.at.column}` : finding.file}
                </code>{' '}
                {finding.step}
              </dd>
              {finding.verdict === 'fail' && obligation && (
                <>
                  <dt>Mend</dt>
                  <dd>{obligation.fix}</dd>
                </>
              )}
              <dt>Replay</dt>
              <dd>
                <Copied text={finding.replay} />
              </dd>
            </dl>
          )}
          <What scenario={id} decidedAt={finding?.at?.line} />
        </>
      ) : (
        <p>The report has no such cell.</p>
      )}
    </dialog>
  );
}

function What({ scenario, decidedAt }: { scenario: string; decidedAt: number | undefined }) {
  const transcript = transcriptOf(scenario);
  if (!transcript) return <p>No transcript was kept of it.</p>;
  return <Sequence transcript={transcript} {...(decidedAt !== undefined && { decidedAt })} />;
}

function Copied({ text }: { text: string }) {
  const [done, setDone] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => setDone(true));
  };
  return (
    <>
      <code>{text}</code>{' '}
      <button type="button" onClick={copy}>
        {done ? 'Copied' : 'Copy'}
      </button>
    </>
  );
}
