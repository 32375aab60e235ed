/** Looks a set-up over: each thing that integrations get wrong first, what was seen of it, and how to mend it. */
import type { ActingStep } from '../../scenarios/language/scenario.ts';
import type { Cast, Simulator } from '../../simulator/index.ts';
import { isSutCall } from '../observe/match.ts';
import { challenge, shakeHands } from '../observe/handshake.ts';
import { askProbe } from '../observe/probe.ts';
import type { SutAddress } from '../observe/scene.ts';
import { waitFor } from '../observe/wait.ts';
import { probeNames, type Config } from '../plan/config.ts';
import { showDuration } from '../plan/duration.ts';
import { fill, type Values } from '../plan/placeholders.ts';

/** What was found about one thing. */
export interface Diagnosis {
  readonly what: string;
  /** `doubtful`: it may be meant so. */
  readonly state: 'fine' | 'doubtful' | 'wrong';
  readonly seen: string;
  /** The way out; missing where nothing is to be mended. */
  readonly mend?: string;
}

export interface Patient {
  readonly config: Config & { readonly folder: string };
  readonly simulator: Simulator;
  readonly cast: Cast;
  readonly sut: SutAddress;
  readonly nowMs: () => number;
  /** Places in its sources where Meta's host is written; missing: its sources are not here. */
  readonly hardCoded?: readonly string[];
}

const fine = (what: string, seen: string): Diagnosis => ({ what, state: 'fine', seen });
const wrong = (what: string, seen: string, mend: string): Diagnosis => ({ what, state: 'wrong', seen, mend });
const doubtful = (what: string, seen: string, mend: string): Diagnosis => ({
  what,
  state: 'doubtful',
  seen,
  mend,
});

/** Everything, in the order in which one thing needs the other; tells each as soon as it is known. */
export async function* checkUp(patient: Patient): AsyncGenerator<Diagnosis> {
  yield* handshake(patient);
  yield await clock(patient);
  const delivery = await delivers(patient);
  yield delivery;
  if (delivery.state !== 'wrong') {
    yield await forged(patient);
    yield await graph(patient);
  }
  yield* probes(patient);
}

/** Longest wait for a Graph call, real milliseconds; a bot may think a while. */
const patienceMs = 5_000;
/** A clock may be this far off before a token, a window or a signature with a time in it goes wrong. */
const tolerableSkewMs = 30_000;
/** Meta wants an answer at once; whoever does the work before it answers gets webhooks twice. */
const quickMs = 2_000;

async function* handshake({ sut, simulator }: Patient): AsyncGenerator<Diagnosis> {
  const never = new AbortController().signal;
  const what = 'handshake with the right verify token';
  const answer = await shakeHands(sut, simulator.app.verifyToken, never);
  if (answer.kind === 'unreachable') {
    yield wrong(
      what,
      `no answer from ${sut.webhook}: ${answer.reason}`,
      'Check host, port and path of “sut.webhook”.',
    );
    return;
  }
  const { status, body } = answer;
  if (status === 200 && body.trim() === challenge) yield fine(what, 'answered 200 with the challenge');
  else
    yield wrong(
      what,
      `answered ${status} with ${JSON.stringify(body.slice(0, 80))}`,
      mendHandshake(status, body),
    );
  const other = await shakeHands(sut, `not-${simulator.app.verifyToken}`, never);
  const refused = 'handshake with a wrong verify token';
  if (other.kind === 'answered' && other.status < 400 && other.body.includes(challenge))
    yield wrong(
      refused,
      `answered ${other.status} with the challenge`,
      'Compare hub.verify_token with your own, and answer 403 where it differs.',
    );
  else yield fine(refused, other.kind === 'answered' ? `refused with ${other.status}` : other.reason);
}

function mendHandshake(status: number, body: string): string {
  if (body.includes(challenge))
    return 'Answer the challenge alone, as text with status 200: no JSON, no quotes, nothing around it.';
  if (status === 404) return 'Nothing listens at that path, or not for GET: check the path of “sut.webhook”.';
  if (status === 401 || status === 403)
    return 'It knows another verify token: read WHATSAPP_VERIFY_TOKEN, which coex sets, or write yours to “sut.verifyToken”.';
  if (status >= 300 && status < 400)
    return 'It redirects; write the address it redirects to as “sut.webhook”.';
  return 'Answer GET with hub.mode=subscribe and the right hub.verify_token with hub.challenge as the body.';
}

/** By the `Date` that HTTP servers send. */
async function clock({ sut, nowMs }: Patient): Promise<Diagnosis> {
  const what = 'clock of the system';
  try {
    const response = await fetch(sut.webhook, {
      redirect: 'manual',
      signal: AbortSignal.timeout(sut.webhookLimitMs),
    });
    await response.body?.cancel();
    const date = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(date)) return fine(what, 'not told: its answers have no Date');
    const skewMs = date - nowMs();
    if (Math.abs(skewMs) <= tolerableSkewMs) return fine(what, 'the same as ours');
    return wrong(
      what,
      `${showDuration(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead of' : 'behind'} ours`,
      'Set it by NTP; the 24-hour window and the age of messages are reckoned by it.',
    );
  } catch {
    return doubtful(what, 'not told: no answer', 'See the handshake.');
  }
}

const greeting: ActingStep = {
  name: 'customer.sends',
  does: 'customer.sends',
  from: 'ana',
  content: { kind: 'text', text: 'Oi' },
  viaAd: false,
  firstContact: false,
  meanwhile: false,
  at: { line: 1, column: 1 },
};

async function delivers({ simulator: { defaultWorld }, cast }: Patient): Promise<Diagnosis> {
  const what = 'a signed webhook';
  await defaultWorld.play(greeting, cast);
  const webhook = defaultWorld.journal.since(0).find((one) => one.kind === 'webhook');
  if (webhook?.kind !== 'webhook') return wrong(what, 'none left the simulator', 'Please report this.');
  const { result, latencyMs } = webhook;
  if (result.kind !== 'answered')
    return wrong(
      what,
      result.kind === 'timed-out' ? `not answered within ${showDuration(result.afterMs)}` : result.reason,
      'Answer POST with 200 at once, and do the work afterwards.',
    );
  if (result.status >= 200 && result.status < 300) {
    if (latencyMs <= quickMs) return fine(what, `taken with ${result.status} in ${showDuration(latencyMs)}`);
    return doubtful(
      what,
      `taken with ${result.status}, after ${showDuration(latencyMs)}`,
      'Answer at once, and do the work afterwards: what takes long is delivered again.',
    );
  }
  return wrong(
    what,
    `answered ${result.status}${result.body === '' ? '' : `: ${result.body.slice(0, 120)}`}`,
    mendDelivery(result.status),
  );
}

function mendDelivery(status: number): string {
  if (status === 401 || status === 403)
    return 'It refuses the signature. Take the secret from WHATSAPP_APP_SECRET, which coex sets, or write yours to “sut.appSecret”;\nand reckon HMAC-SHA256 over the raw bytes, before any JSON parser has touched them.';
  if (status === 404 || status === 405)
    return 'Nothing takes POST at that path: check the path of “sut.webhook”.';
  if (status === 413) return 'Its body parser takes too little: a chunk of history has several megabytes.';
  return 'Its log says why; coex doctor --verbose shows it.';
}

async function forged({ sut }: Patient): Promise<Diagnosis> {
  const what = 'a webhook without a signature';
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [] });
  try {
    const response = await fetch(sut.webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(sut.webhookLimitMs),
    });
    await response.body?.cancel();
    if (response.status >= 400) return fine(what, `refused with ${response.status}`);
    return wrong(
      what,
      `taken with ${response.status}`,
      'Refuse what has no right X-Hub-Signature-256; anybody can write to that address.',
    );
  } catch (error) {
    return fine(what, `refused: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function graph({ simulator: { defaultWorld, url }, config, hardCoded }: Patient): Promise<Diagnosis> {
  const what = 'calls of the Graph';
  const call = await waitFor(defaultWorld, {
    withinMs: patienceMs,
    signal: new AbortController().signal,
    look: () => defaultWorld.journal.since(0).find(isSutCall),
  });
  if (call)
    return fine(what, `${call.method} ${call.path} after a customer's message, answered ${call.status}`);
  const none = `none within ${showDuration(patienceMs)} of a customer's message`;
  const [first] = hardCoded ?? [];
  if (first !== undefined && config.sut.reach === 'base-url')
    return wrong(
      what,
      `${none}; Meta's host is written into ${first}`,
      `Take the base URL from GRAPH_API_BASE_URL (now ${url}); or leave the code as it is and write “reach: redirect” (Node)\nor “reach: proxy” (any other language) under “sut”.`,
    );
  if (!config.profiles.some((profile) => profile === 'automation' || profile === 'sender'))
    return fine(what, `${none}, as is right for ${config.profiles.join(', ')}`);
  return doubtful(
    what,
    none,
    `Where it is to answer customers, its Graph base URL may still be Meta's: it has to be ${url} (GRAPH_API_BASE_URL).\nWhere it is not, leave “automation” out of “profiles”.`,
  );
}

async function* probes({ config, cast, sut }: Patient): AsyncGenerator<Diagnosis> {
  const customer = cast.customers['ana'];
  const values: Values = {
    ...sut.values,
    'phone-number-id': cast.phoneNumberId,
    'waba-id': cast.wabaId,
    'display-phone-number': cast.displayPhoneNumber,
    ...(customer && { customer: customer.waId, 'customer-user-id': customer.userId }),
  };
  const { folder, probeMs: limitMs, readPage } = sut;
  for (const name of probeNames) {
    const probe = config.probes[name];
    if (!probe) continue;
    const what = `probe “${name}”`;
    const answer = await askProbe(
      probe,
      values,
      { folder, limitMs, ...(readPage && { readPage }) },
      new AbortController().signal,
    );
    if (answer.kind === 'failed')
      yield wrong(
        what,
        answer.reason,
        `Try it by hand: ${'http' in probe ? fill(probe.http, values) : 'command' in probe ? fill(probe.command, values) : probe.browser.page}`,
      );
    else if (answer.kind === 'nothing')
      yield doubtful(
        what,
        `${answer.from} answered 404`,
        'Let it answer an empty result; 404 may also be a misspelt address.',
      );
    else yield fine(what, `answered ${JSON.stringify(answer.value ?? null).slice(0, 100)}`);
  }
}
