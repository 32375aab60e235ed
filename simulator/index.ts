/**
 * The public door: a simulator of Meta's side of WhatsApp, with any number of worlds behind one HTTP port.
 *
 * @example
 * const simulator = await createSimulator({ port: 0, app: { callbackUrl: 'http://127.0.0.1:3000/webhook' } });
 * // … point a system at simulator.url …
 * await simulator.close();
 */
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Behaviour } from './core/behaviour.ts';
import type { AppSubscribed } from './core/events.ts';
import type { JsonObject } from './core/json.ts';
import { features } from './features/index.ts';
import { createFrontDoor } from './graph/front-door.ts';
import { createGraph, type Graph, type GraphWorld } from './graph/graph.ts';
import { forcedRefusals } from './graph/forced.ts';
import { resolveApp, type AppOptions, type SimulatedApp } from './simulated-app.ts';
import type { Store } from './store.ts';
import { verifyCallback } from './webhooks/handshake.ts';
import { createWorldHandle, type WorldHandle, type WorldOptions } from './world-handle.ts';

export { contractsOfCall, type CallContract, type ReadCall, type WireCall } from './call-contracts.ts';
export { checkAnswer, checkRequest, checkWebhook, type CheckedPart } from './exchange-contracts.ts';
export { sign, type Signature } from './webhooks/sign.ts';
export { fidelityRegister, type Fidelity, type FidelityRow } from './fidelity.ts';
export type { Behaviour } from './core/behaviour.ts';
export type { Refusal } from './core/decision.ts';
export type { LogRecord } from './core/event-log.ts';
export type { AttemptResult, Exchange, GraphExchange, Journal, WebhookExchange } from './core/journal.ts';
export type { Cast } from './replay/cast.ts';
export { openStore, StoreError, type Store } from './store.ts';
export type { AppOptions, SimulatedApp } from './simulated-app.ts';
export type { StepResult, WorldHandle, WorldOptions } from './world-handle.ts';

export interface SimulatorOptions {
  /** 0, the default: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. Anything but loopback is the caller's decision. */
  readonly host?: string;
  /** Decides every id and every chance. Default `coex`. */
  readonly seed?: string;
  /** `stepped`, the default: time stands still until advanced. `live`: it follows the wall clock. */
  readonly pace?: 'live' | 'stepped';
  /** The Meta app of the system under test; what is missing is made up. */
  readonly app?: AppOptions;
  readonly behaviour?: Partial<Behaviour>;
  /** How long a receiver may take, real milliseconds. Default 10,000; Meta publishes no figure. */
  readonly webhookTimeLimitMs?: number;
  /** Most webhooks in flight to one number's receiver. Default 1 when stepped (a stable order), 32 when live. */
  readonly webhooksInFlight?: number;
  /** Hosts beside loopback that webhooks may go to. */
  readonly allowHosts?: readonly string[];
  /** Adds a control API below `/_coex`; gets the server too, for WebSocket upgrades. */
  readonly attach?: (simulator: Simulator, server: Server) => RequestListener;
  /** Where everything is kept, and begins from. Missing: nowhere. */
  readonly store?: Store;
  /** Keeps chats as phone and customers see them ({@link WorldHandle.chats}), for those who show them. */
  readonly chats?: boolean;
  /** Hears of bugs of the simulator itself. Default: they end the process. */
  readonly onBug?: (error: unknown) => void;
}

export interface Simulator {
  /** Base of every Graph URL: `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly app: SimulatedApp;
  /** The world that answers what points to no other. */
  readonly defaultWorld: WorldHandle;
  /** A world of its own: own clock, ids, number and customers; the app's subscription is the default world's. */
  openWorld(options: WorldOptions): WorldHandle;
  /** Closes a world for good; where worlds are kept, its file goes too. */
  removeWorld(name: string): Promise<void>;
  /** The open worlds, the default one first. Of the closed ones the newest 256 go on answering Graph calls. */
  worlds(): readonly WorldHandle[];
  /** Ends every world and frees the port; resolves when nothing is left running. */
  close(): Promise<void>;
}

/**
 * Starts a simulator.
 *
 * @throws the system's error, with its code, where the port cannot be had (`EADDRINUSE`)
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', port = 0, store } = options;
  const seed = store?.simulator?.seed ?? options.seed ?? 'coex';
  const app = store?.simulator?.app ?? resolveApp(options.app ?? {}, seed);
  store?.saveSimulator({ seed, app });
  const worlds = new Map<string, WorldHandle>();
  const closedWorlds = new Map<string, WorldHandle>();
  const onBug = options.onBug ?? fail;

  const locate = (nodeId: string, params: JsonObject, token: string): GraphWorld => {
    if (nodeId === app.id) return defaultWorld.graph;
    const find = (among: ReadonlyMap<string, WorldHandle>) =>
      findWorld(among.values(), nodeId, params, token);
    return (find(worlds) ?? find(closedWorlds) ?? defaultWorld).graph;
  };
  const graph: Graph = createGraph({
    features: [forcedRefusals, ...features],
    locate,
    handshake: (handshake, world) => verifyCallback(handshake, challengeFor(world), options),
  });

  const openWorld = (world: WorldOptions): WorldHandle => {
    if (worlds.has(world.name)) throw new Error(`There is a world named “${world.name}” already.`);
    const handle = createWorldHandle(world, {
      seed,
      app,
      subscription: worlds.size > 0 ? defaultWorld.subscription() : undefined,
      simulator: { ...options, behaviour: { ...options.behaviour, ...world.behaviour } },
      file: world.kept === false ? undefined : store?.open(world.name),
      graph,
      onClose() {
        if (worlds.get(world.name) !== handle) return;
        worlds.delete(world.name);
        keepNewest(closedWorlds, world.name, handle);
      },
    });
    worlds.set(world.name, handle);
    return handle;
  };

  const defaultWorld = openWorld({ name: 'default' });
  for (const name of store?.worlds ?? []) if (!worlds.has(name)) openWorld({ name });
  defaultWorld.log.subscribe(({ event }) => {
    if (event.type !== 'app-subscribed') return;
    // The app is one and the same in all worlds; a new subscription counts everywhere at once.
    for (const world of worlds.values())
      if (world !== defaultWorld) world.subscribeApp(event as AppSubscribed);
  });

  const attached: { control?: RequestListener } = {};
  const server = createFrontDoor({
    graph,
    control: (request, response) => {
      if (attached.control) attached.control(request, response);
      else response.writeHead(404).end();
    },
    hosts: new Set(['localhost', host]),
    onBug,
  });
  /** Sockets of streams, which the server no longer counts as its own. */
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (_request, socket: Duplex) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
  });
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  const simulator: Simulator = {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    app,
    defaultWorld,
    openWorld,
    async removeWorld(name) {
      await worlds.get(name)?.close();
      store?.forget(name);
    },
    worlds: () => [...worlds.values()],
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      await Promise.all([...worlds.values()].map((world) => world.close()));
      closedWorlds.clear();
      store?.close();
      await closed;
    },
  };
  if (options.attach) attached.control = options.attach(simulator, server);
  return simulator;
}

/** A reply may still be on its way when its world closes: to its sender the number has not vanished. */
const mostClosedWorlds = 256;

/** Of two worlds of one name the later counts. */
function keepNewest(closedWorlds: Map<string, WorldHandle>, name: string, world: WorldHandle): void {
  closedWorlds.delete(name);
  closedWorlds.set(name, world);
  if (closedWorlds.size <= mostClosedWorlds) return;
  for (const oldest of closedWorlds.keys()) {
    closedWorlds.delete(oldest);
    return;
  }
}

/** The world that knows the node; for a root edge, the one that knows the signup code, the file or the token. */
function findWorld(
  worlds: Iterable<WorldHandle>,
  nodeId: string,
  { code, mid, input_token: inputToken }: JsonObject,
  token: string,
): WorldHandle | undefined {
  if (nodeId !== '') {
    for (const world of worlds) if (world.knows('node', nodeId)) return world;
    return undefined;
  }
  const clues = [
    ['signup-code', code],
    ['node', mid],
    ['own-token', inputToken],
    ['own-token', token],
  ] as const;
  for (const world of worlds) {
    if (clues.some(([what, id]) => typeof id === 'string' && world.knows(what, id))) return world;
  }
  return undefined;
}

/** A decimal number of 7 to 10 digits, as all recorded challenges are. */
const challengeFor = (world: GraphWorld): string =>
  String(1_000_000_000 + ((world.exchanges * 7_919) % 999_999_999));

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function fail(error: unknown): never {
  throw error;
}
