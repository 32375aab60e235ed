/** What happened in a scenario, as arrows between those who took part; bodies open on demand. */
import { useState } from 'preact/hooks';
import type { ExpectationEntry, Transcript, TranscriptEntry, WireEntry } from '../../judge/transcript.ts';
import { distance, instant, laneNames, laneOf, lanes } from './words.ts';

/** Rows at a time: a flood has thousands, and nobody reads them all. */
const rowsAtATime = 200;

export function Sequence({ transcript, decidedAt }: { transcript: Transcript; decidedAt?: number }) {
  const [count, setCount] = useState(rowsAtATime);
  const { entries, people, ending } = transcript;
  const startMs = entries[0]?.atMs ?? 0;
  return (
    <>
      {Object.keys(people).length > 0 && (
        <p class="people">
          {Object.entries(people)
            .map(([name, id]) => `${name}: ${id}`)
            .join(' · ')}
        </p>
      )}
      <div class="sequence" role="list" aria-label="What happened, in its order">
        <div class="row lanes" aria-hidden="true">
          <span class="time">UTC</span>
          {lanes.map((lane) => (
            <b key={lane} class={`lane-${lane}`}>
              {laneNames[lane]}
            </b>
          ))}
        </div>
        {entries.slice(0, count).map((entry, index) => (
          <div key={index} role="listitem" class={`row ${entry.kind}`}>
            <Time entry={entry} startMs={startMs} />
            <Event entry={entry} decidedAt={decidedAt} />
          </div>
        ))}
      </div>
      {count < entries.length && (
        <button type="button" class="more" onClick={() => setCount(count + rowsAtATime)}>
          {entries.length - count} more
        </button>
      )}
      {ending !== undefined && <p class="ending">It ended early: {ending}</p>}
    </>
  );
}

function Time({ entry, startMs }: { entry: TranscriptEntry; startMs: number }) {
  return (
    <span class="time">
      {instant(entry.atMs)} <small>{distance(entry.atMs - startMs)}</small>
    </span>
  );
}

function Event({ entry, decidedAt }: { entry: TranscriptEntry; decidedAt: number | undefined }) {
  if (entry.kind === 'expectation')
    return <Expectation entry={entry} isDeciding={entry.line === decidedAt} />;
  if (entry.kind === 'step') {
    if (entry.by === 'time' || entry.by === 'meta') return <p class={`note by-${entry.by}`}>{entry.text}</p>;
    return (
      <p class={`arrow from-${laneOf(entry.by)} to-meta`}>
        <span class="label">{entry.text}</span>
      </p>
    );
  }
  return <Wire entry={entry} />;
}

const sightWords: Readonly<Record<ExpectationEntry['sight'], readonly [string, string]>> = {
  kept: ['✓', 'kept'],
  broken: ['✗', 'broken'],
  unreachable: ['?', 'unreachable'],
  unobservable: ['–', 'not observable'],
  unclear: ['?', 'unclear'],
};

function Expectation({ entry, isDeciding }: { entry: ExpectationEntry; isDeciding: boolean }) {
  const [sign, word] = sightWords[entry.sight];
  return (
    <div class={`bar ${entry.sight}${isDeciding && entry.sight !== 'kept' ? ' deciding' : ''}`}>
      <p>
        <b>
          {sign} {word}
        </b>{' '}
        <code>{entry.text}</code> {entry.role === 'control' && <small>positive control</small>}
      </p>
      {entry.happened !== undefined && (
        <p class="why">
          Expected {entry.expected}; {entry.happened}
        </p>
      )}
    </div>
  );
}

function Wire({ entry }: { entry: WireEntry }) {
  const [isOpen, setOpen] = useState(false);
  const { title, sent, answered } = entry.exchange;
  const answer = answered.slice(0, 3);
  return (
    <details
      class={`arrow from-${laneOf(entry.from)} to-${laneOf(entry.to)}${entry.fine ? '' : ' refused'}`}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <span class="label">
          {entry.kind === 'webhook' ? 'webhook ' : ''}
          {entry.about} → {/^\d{3}$/.test(answer) ? answer : answered.slice(0, 60)}
          {entry.from === 'scenario' && ' (another client)'}
        </span>
      </summary>
      {isOpen && (
        <div class="bodies">
          <p>{title}</p>
          <h4>Sent</h4>
          <pre>{pretty(sent)}</pre>
          <h4>Answered</h4>
          <pre>{pretty(answered)}</pre>
        </div>
      )}
    </details>
  );
}

/** JSON with line ends; a status before it stays before it; what is cut or no JSON stays as it is. */
function pretty(text: string): string {
  const [, status = '', body = text] = /^(\d{3} )?(.*)$/s.exec(text) ?? [];
  try {
    return status + JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return text;
  }
}
