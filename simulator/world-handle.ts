/** One world, wired: engine, emitter, journal and clock; and what a runner or operator can do with it. */
import type { ActingStep, CustomerSetup, Scenario } from '../scenarios/language/scenario.ts';
import type { Behaviour } from './core/behaviour.ts';
import type { Command, MistakeFinding, Refusal } from './core/decision.ts';
import { createEngine, type Engine, type Outcome } from './core/engine.ts';
import type { EventLog } from './core/event-log.ts';
import type { AppSubscribed } from './core/events.ts';
import { furniture, type CreateApp, type IssueToken, type MirrorSubscription } from './core/furniture.ts';
import type { AccessToken, SignupCode } from './core/identifiers.ts';
import { epochMs } from './core/time.ts';
import { createWorld, type Callback, type ReadonlyWorld } from './core/world.ts';
import { features } from './features/index.ts';
import type { Graph, GraphWorld } from './graph/graph.ts';
import { graphFaults } from './graph/faults.ts';
import { forcedRefusals } from './graph/forced.ts';
import { generatedAnswers } from './graph/generated/feature.ts';
import { generatedKind } from './graph/generated/nodes.ts';
import { createJournal, type Journal } from './core/journal.ts';
import { createChats, type Chats } from './chats.ts';
import { livePace, steppedPace, type Pace } from './pace.ts';
import { originOf, recall } from './recall.ts';
import { join, stage, type Cast, type CastCustomer } from './replay/cast.ts';
import { play } from './replay/play.ts';
import type { SimulatedApp } from './simulated-app.ts';
import type { Entry, WorldFile } from './store.ts';
import { createEmitter } from './webhooks/emitter.ts';
import type { Redeliver } from './webhooks/events.ts';
import { webhooksFeature } from './webhooks/feature.ts';
import { noticesFeature } from './webhooks/notices.ts';

export interface WorldOptions {
  /** Decides, with the simulator's seed, every id and chance of the world; unique among the open ones. */
  readonly name: string;
  /** Virtual start, milliseconds since the Unix epoch. Default: the wall clock, in whole seconds. */
  readonly startMs?: number;
  readonly behaviour?: Partial<Behaviour>;
  /** Default: the simulator's. */
  readonly pace?: 'live' | 'stepped';
  /**
   * Told, where time is stepped, of each instant at which the clock stops, before what happens then leaves: for
   * whoever takes another clock along.
   */
  readonly onMoved?: (nowMs: number) => Promise<void>;
  /** False: it is nothing to be kept, and is gone after a restart. Default true. */
  readonly kept?: boolean;
}

/** What came of a step. */
export type StepResult =
  /** `wamid`: of what was sent, if something was. */
  | { readonly kind: 'done'; readonly wamid?: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'mistaken'; readonly mistake: MistakeFinding }
  /** The page would now hand code and event to the system's own back end. */
  | { readonly kind: 'signup'; readonly code?: string; readonly sessionEvent: unknown }
  /** What the Graph answered to a `client.calls`. */
  | { readonly kind: 'answered'; readonly status: number; readonly code?: number };

export interface WorldHandle {
  readonly name: string;
  /** Virtual now, milliseconds since the Unix epoch. */
  nowMs(): number;
  /** State, to look at. */
  readonly world: ReadonlyWorld;
  readonly journal: Journal;
  readonly log: EventLog;
  /** Sets number, customers, history and contacts up as a scenario says. */
  stage(scenario: Scenario): Cast;
  /** Whom the last `stage` set up; missing before the first. */
  readonly cast: Cast | undefined;
  /** Somebody more writes to the business: a customer of the cast from now on. */
  join(name: string, customer: CustomerSetup, on: Cast): CastCustomer;
  /** Chats as phone and customers see them; only where the simulator was told to keep them. */
  readonly chats: Chats | undefined;
  /** What was played here by hand, oldest first, as it was written: what a scenario can be made of. */
  readonly played: readonly unknown[];
  /** Remembers a step that was played by hand. */
  remember(step: unknown): void;
  /** Acts; resolves when the webhooks it caused have been answered, unless the step says `meanwhile`. */
  play(step: ActingStep, on: Cast): Promise<StepResult>;
  /**
   * Sends a webhook of the journal once more, or makes a Graph call again with the app's token.
   *
   * @returns `sent`, or why it cannot be done
   */
  resend(exchange: number): Promise<string>;
  /** Does what no step of a scenario does: what the pop-up of Embedded Signup decides. */
  execute<Reply>(command: Command): Outcome<Reply>;
  /** Lets virtual time pass; see {@link Pace.advance}. */
  advance(durationMs: number): Promise<void>;
  /** See {@link Pace.speed}. */
  readonly speed: number;
  setSpeed(speed: number): void;
  /** What falls due next, the soonest first. */
  due(most: number): readonly { readonly atMs: number; readonly what: string }[];
  /** Resolves when every webhook that is due has been answered. */
  settled(): Promise<void>;
  /** The app's subscription as it is now. */
  subscription(): Subscription;
  subscribeApp(event: Pick<AppSubscribed, 'callback' | 'fields'>): void;
  /** `own-token`: a token issued here alone, not the app's. */
  knows(what: 'node' | 'signup-code' | 'own-token', id: string): boolean;
  /** The Graph's view of this world. */
  readonly graph: GraphWorld;
  /** Ends clock and webhooks. Graph calls that still come are answered, as of the last instant. */
  close(): Promise<void>;
}

export interface Subscription {
  readonly callback?: Callback;
  readonly fields: readonly string[];
}

/** What a world gets from its simulator. */
export interface Surroundings {
  readonly seed: string;
  readonly app: SimulatedApp;
  /** Missing: the app's options decide. */
  readonly subscription: Subscription | undefined;
  readonly simulator: {
    readonly pace?: 'live' | 'stepped';
    readonly behaviour?: Partial<Behaviour>;
    readonly webhookTimeLimitMs?: number;
    readonly webhooksInFlight?: number;
    readonly allowHosts?: readonly string[];
    readonly chats?: boolean;
  };
  /** Where the world is kept, and what it was when it was kept last. */
  readonly file: WorldFile | undefined;
  readonly graph: Graph;
  readonly onClose: () => void;
}

const systemUserScopes = [
  'whatsapp_business_messaging',
  'whatsapp_business_management',
  'business_management',
];

export function createWorldHandle(options: WorldOptions, around: Surroundings): WorldHandle {
  const { app, simulator } = around;
  const past = around.file?.entries()[Symbol.iterator]();
  const origin = originOf(past) ?? {
    name: options.name,
    startMs: options.startMs ?? Math.floor(Date.now() / 1000) * 1000,
    ...(simulator.behaviour && { behaviour: simulator.behaviour }),
  };
  const state = createWorld(`${around.seed}/${options.name}`, origin.behaviour);
  const startMs = epochMs(origin.startMs);
  const engine = createEngine(
    state,
    [furniture, forcedRefusals, graphFaults, generatedAnswers, webhooksFeature, noticesFeature, ...features],
    startMs,
  );
  const journal = createJournal();
  const chats = simulator.chats ? createChats() : undefined;
  if (chats) engine.log.subscribe(chats.follow);
  const keep = (entry: Entry): void => around.file?.append(entry);
  const kept = recall(past, engine, journal);
  const { played } = kept;
  let { cast } = kept;
  if (around.file) {
    if (engine.log.length === 0) keep({ origin });
    engine.log.subscribe((record) => keep({ record }));
    journal.subscribe((exchange) => keep({ exchange }));
  }
  const isLive = (options.pace ?? simulator.pace) === 'live';
  const emitter = createEmitter({
    // Answers come in at any time: the clock has to catch up before they are decided, and a retry has to be waited for.
    engine: { ...engine, world: engine.world, log: engine.log, execute: (command) => pace.execute(command) },
    journal,
    features,
    unanswered: kept.unanswered,
    concurrencyPerNumber: simulator.webhooksInFlight ?? (isLive ? 32 : 1),
    timeLimitMs: simulator.webhookTimeLimitMs ?? 10_000,
    allowHosts: simulator.allowHosts ?? [],
  });
  // While nobody looked, time went on. A world that was ahead of it, or whose time stood still, is where it was.
  const isLate = past !== undefined && kept.speed === 1 && Date.now() > engine.nowMs;
  const pace: Pace = isLive
    ? livePace({ engine, emitter }, Date.now, isLate ? Date.now() : engine.nowMs)
    : steppedPace({ engine, emitter }, options.onMoved);
  if (kept.speed !== 1) pace.setSpeed(kept.speed);
  if (state.apps.size === 0) furnish(engine, app, around.subscription);

  const graph: GraphWorld = {
    engine,
    catchUp() {
      pace.catchUp();
      // A system that answers a webhook and then calls has its answer here already, on another socket. Reading that
      // first keeps the log in the order in which the system did it; a world that follows the wall clock has no need.
      return !isLive && emitter.underWay > 0 ? new Promise(setImmediate) : undefined;
    },
    pump: pace.pump,
    get exchanges() {
      return journal.newest;
    },
    record({ method, path, edge, params, status, answer, byScenario, latencyMs, fault }) {
      const wallMs = Date.now();
      const atMs = engine.nowMs;
      // Written out: a spread costs a send a measurable part of its time.
      const exchange = {
        kind: 'graph',
        atMs,
        wallMs,
        method,
        path,
        edge,
        params,
        status,
        answer,
        byScenario,
        latencyMs,
      } as const;
      journal.record(fault === undefined ? exchange : { ...exchange, fault });
    },
  };

  const callAsClient = async (call: {
    readonly method: string;
    readonly path: string;
    readonly body?: unknown;
  }): Promise<StepResult> => {
    const answer = await around.graph({
      method: call.method,
      target: call.path,
      authorization: `Bearer ${app.token}`,
      contentType: 'application/json',
      body: Buffer.from(call.body === undefined ? '' : JSON.stringify(call.body)),
      byScenario: true,
    });
    const error = (answer.json as { error?: { code?: number } } | null)?.error;
    return {
      kind: 'answered',
      status: answer.status,
      ...(error?.code !== undefined && { code: error.code }),
    };
  };

  const saveCast = ({ messages: _messages, ...saved }: Cast): void => keep({ cast: saved });
  const saveClock = (): void => keep({ clock: { atMs: engine.nowMs, speed: pace.speed } });

  return {
    name: options.name,
    nowMs: () => pace.now(),
    world: engine.world,
    journal,
    log: engine.log,
    stage(scenario) {
      pace.catchUp();
      cast = stage(engine, scenario, app.id);
      saveCast(cast);
      return cast;
    },
    get cast() {
      return cast;
    },
    join(name, customer, on) {
      pace.catchUp();
      const joined = join(engine, on, name, customer);
      saveCast(on);
      return joined;
    },
    chats,
    played,
    remember(step) {
      played.push(step);
      if (played.length > mostPlayed) played.shift();
      keep({ played: step });
    },
    async play(step, on) {
      pace.catchUp();
      const result = play(engine, on, step);
      if (result.kind === 'advance') {
        await pace.advance(result.durationMs);
        saveClock();
        return { kind: 'done' };
      }
      const wamid = 'as' in step ? on.messages.get(step.as) : undefined;
      if (wamid !== undefined && 'as' in step) keep({ named: { message: step.as, wamid } });
      if (changesCast.has(step.does)) saveCast(on);
      const outcome = result.kind === 'client-call' ? await callAsClient(result) : result;
      pace.pump();
      if (!('meanwhile' in step && step.meanwhile)) await pace.settled();
      return outcome;
    },
    async resend(number) {
      const [exchange] = journal.since(number - 1);
      if (exchange?.number !== number) return `Exchange ${number} is not kept any more.`;
      if (exchange.kind === 'graph') {
        const { method, path, params } = exchange;
        const hasBody = method === 'POST';
        await callAsClient({ method, path, ...(hasBody && { body: params }) });
        return 'sent';
      }
      const redeliver: Redeliver = {
        type: 'redeliver',
        field: exchange.field,
        deliveryId: exchange.deliveryId,
      };
      const outcome = pace.execute<{ deliveryId: number }>(redeliver);
      if (outcome.kind !== 'accepted')
        return outcome.kind === 'mistaken' ? outcome.mistake.message : outcome.refusal.message;
      await pace.settled();
      return 'sent';
    },
    execute: (command) => pace.execute(command),
    async advance(durationMs) {
      await pace.advance(durationMs);
      saveClock();
    },
    get speed() {
      return pace.speed;
    },
    setSpeed(speed) {
      pace.setSpeed(speed);
      saveClock();
    },
    due: (most) =>
      state.agenda.next(most).map(({ dueAtMs, command }) => ({ atMs: dueAtMs, what: command.type })),
    settled: pace.settled,
    subscription() {
      const known = engine.world.apps.get(app.id);
      return { fields: known?.fields ?? [], ...(known?.callback && { callback: known.callback }) };
    },
    subscribeApp({ callback, fields }) {
      const command: MirrorSubscription = {
        type: 'mirror-subscription',
        appId: app.id,
        fields,
        ...(callback && { callback }),
      };
      pace.execute(command);
    },
    knows(what, id) {
      switch (what) {
        case 'node':
          return state.nodes.has(id) || generatedKind(state, id) !== undefined;
        case 'signup-code':
          return state.signupCodes.has(id as SignupCode);
        case 'own-token':
          return id !== app.token && state.tokens.has(id as AccessToken);
      }
    },
    graph,
    async close() {
      around.onClose();
      pace.stop();
      await emitter.close();
      around.file?.close();
    },
  };
}

/** Most steps remembered of what was played by hand. */
const mostPlayed = 1_000;

/** Steps that change who is who. */
const changesCast: ReadonlySet<string> = new Set(['customer.changesNumber', 'signup.completes']);

/** Gives the world the app and its token. */
function furnish(engine: Engine, app: SimulatedApp, subscription: Subscription | undefined): void {
  const callback = subscription
    ? subscription.callback
    : app.callbackUrl !== undefined
      ? { url: app.callbackUrl, verifyToken: app.verifyToken }
      : undefined;
  const create: CreateApp = {
    type: 'create-app',
    appId: app.id,
    businessId: app.businessId,
    name: 'System under test',
    secret: app.secret,
    fields: subscription?.fields ?? app.fields,
    ...(callback && { callback }),
  };
  engine.execute(create);
  const issue: IssueToken = {
    type: 'issue-token',
    token: app.token,
    appId: app.id,
    kind: 'system-user',
    scopes: systemUserScopes,
  };
  engine.execute(issue);
}
