/** A recorder between our own simulator and a small receiver, and what tests look at of a recording. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { obligations } from '../../contracts/catalogue.ts';
import { parseScenario } from '../../scenarios/language/parse.ts';
import { isExpectation, type Scenario } from '../../scenarios/language/scenario.ts';
import { createSimulator, type Cast, type Simulator, type WorldHandle } from '../../simulator/index.ts';
import { fieldsIn, type Fields } from './json.ts';
import { changesOf } from './meet.ts';
import { createRecorder, type Recorder, type RecorderOptions } from './recorder.ts';

/** What somebody heard. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly string[];
  readonly body: string;
}

export interface Listener {
  readonly url: string;
  readonly heard: Heard[];
  close(): Promise<void>;
}

type Answer = (heard: Heard) => {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: string[];
};

/** Answers the handshake, and anything else with 200, unless told otherwise. */
export async function listen(answer: Answer = answerHandshake): Promise<Listener> {
  const heard: Heard[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request;
      const one = { method, path: url, headers: rawHeaders, body: Buffer.concat(chunks).toString('latin1') };
      heard.push(one);
      const { status, body, headers = [] } = answer(one);
      response.writeHead(status, [...headers, 'Content-Length', String(Buffer.byteLength(body))]).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

export const answerHandshake: Answer = ({ path }) => ({
  status: 200,
  body: new URL(path, 'http://listener').searchParams.get('hub.challenge') ?? '',
});

export const readScenario = (text: string): Scenario => {
  const parsed = parseScenario(text, 'test', 'test', {
    obligations: new Set(obligations().map(({ id }) => id)),
  });
  if ('scenario' in parsed) return parsed.scenario;
  throw new Error(JSON.stringify(parsed.diagnostics));
};

/** What our own simulator did, and what was recorded of it. */
export interface RecordedPlay {
  readonly recorder: Recorder;
  readonly target: Listener;
  readonly lines: readonly string[];
  readonly captured: readonly Fields[];
  readonly cast: Cast;
}

/** Plays the acting steps of a scenario, with the recorder as the callback. */
export async function recordPlay(
  scenario: Scenario,
  more: Partial<RecorderOptions> = {},
  between?: (simulator: Simulator, cast: Cast, recorder: Recorder) => Promise<void>,
): Promise<RecordedPlay> {
  const target = await listen();
  const lines: string[] = [];
  const captured: Fields[] = [];
  const recorder = await createRecorder({
    target: new URL('/webhook', target.url),
    port: 0,
    nowMs: Date.now,
    onLine: (line) => lines.push(line),
    capture: (record) => captured.push(JSON.parse(JSON.stringify(record)) as Fields),
    ...more,
  });
  const simulator = await createSimulator({ app: { callbackUrl: `${recorder.url}/webhook` } });
  try {
    const world = simulator.openWorld({ name: 'recorded', behaviour: scenario.behaviour });
    const cast = world.stage(scenario);
    await act(scenario, world, cast);
    await between?.(simulator, cast, recorder);
    await world.settled();
    return { recorder, target, lines, captured, cast };
  } finally {
    await simulator.close();
    await recorder.close();
    await target.close();
  }
}

async function act({ steps }: Scenario, world: WorldHandle, cast: Cast): Promise<void> {
  for (const step of steps) {
    if (isExpectation(step)) continue;
    if (step.does === 'time.passes') await world.advance(step.durationMs);
    else await world.play(step, cast);
  }
}

/**
 * What was told, in order: field and kind of each message or event. A row of chunks of the history counts once, since their
 * number is WhatsApp's affair, and so do statuses.
 */
export function kindsOf({ recorded }: Recorder): readonly string[] {
  const kinds = recorded.flatMap((one) =>
    one.kind === 'call' ? [] : changesOf(one.body).flatMap(({ change }) => kindsOfChange(change)),
  );
  return kinds.filter((kind, index) => kind !== 'history' || kinds[index - 1] !== 'history');
}

function kindsOfChange({ field, value }: Fields): readonly string[] {
  const { messages, message_echoes: echoes, state_sync: entries, statuses, event } = value as Fields;
  if (field === 'history') return ['history'];
  if (statuses !== undefined) return [];
  const told = [
    ...fieldsIn(messages ?? echoes).map(({ type }) => type),
    ...fieldsIn(entries).map(({ action }) => action),
  ];
  return (told.length > 0 ? told : [event]).map((kind) => `${String(field)} ${String(kind)}`);
}
