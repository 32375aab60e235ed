/** One world, wired: engine, emitter, journal and clock; and what a runner or operator can do with it. */
import type { ActingStep, Scenario } from '../scenarios/language/scenario.ts';
import type { Behaviour } from './core/behaviour.ts';
import type { MistakeFinding, Refusal } from './core/decision.ts';
import { createEngine, type Engine } from './core/engine.ts';
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
import { livePace, steppedPace, type Pace } from './pace.ts';
import { stage, type Cast } from './replay/cast.ts';
import { play } from './replay/play.ts';
import type { SimulatedApp } from './simulated-app.ts';
import { createEmitter } from './webhooks/emitter.ts';
import { webhooksFeature } from './webhooks/feature.ts';
import { noticesFeature } from './webhooks/notices.ts';

export interface WorldOptions {
  /** Decides, with the simulator's seed, every id and chance of the world; unique among the open ones. */
  readonly name: string;
  /** Virtual start, milliseconds since the Unix epoch. Default: the wall clock, in whole seconds. */
  readonly startMs?: number;
  readonly behaviour?: Partial<Behaviour>;
}

/** What came of a step. */
export type StepResult =
  | { readonly kind: 'done' }
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
  /** Acts; resolves when the webhooks it caused have been answered, unless the step says `meanwhile`. */
  play(step: ActingStep, on: Cast): Promise<StepResult>;
  /** Lets virtual time pass; see {@link Pace.advance}. */
  advance(durationMs: number): Promise<void>;
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
  };
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
  const state = createWorld(`${around.seed}/${options.name}`, simulator.behaviour);
  const startMs = epochMs(options.startMs ?? Math.floor(Date.now() / 1000) * 1000);
  const engine = createEngine(
    state,
    [furniture, forcedRefusals, graphFaults, generatedAnswers, webhooksFeature, noticesFeature, ...features],
    startMs,
  );
  const journal = createJournal();
  const isLive = simulator.pace === 'live';
  const emitter = createEmitter({
    // Answers come in at any time: the clock has to catch up before they are decided, and a retry has to be waited for.
    engine: { ...engine, world: engine.world, log: engine.log, execute: (command) => pace.execute(command) },
    journal,
    features,
    concurrencyPerNumber: simulator.webhooksInFlight ?? (isLive ? 32 : 1),
    timeLimitMs: simulator.webhookTimeLimitMs ?? 10_000,
    allowHosts: simulator.allowHosts ?? [],
  });
  const pace: Pace = isLive ? livePace({ engine, emitter }) : steppedPace({ engine, emitter });
  furnish(engine, app, around.subscription);

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
    record({ method, path, edge, params, status, answer, byScenario, fault }) {
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

  let cast: Cast | undefined;

  return {
    name: options.name,
    nowMs: () => engine.nowMs,
    world: engine.world,
    journal,
    log: engine.log,
    stage: (scenario) => (cast = stage(engine, scenario, app.id)),
    get cast() {
      return cast;
    },
    async play(step, on) {
      pace.catchUp();
      const result = play(engine, on, step);
      if (result.kind === 'advance') {
        await pace.advance(result.durationMs);
        return { kind: 'done' };
      }
      const outcome = result.kind === 'client-call' ? await callAsClient(result) : result;
      pace.pump();
      if (!('meanwhile' in step && step.meanwhile)) await pace.settled();
      return outcome;
    },
    advance: pace.advance,
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
    },
  };
}

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
