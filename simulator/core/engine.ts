/** The engine: commands in, events appended, world folded. Synchronous throughout, so the order is the log's order. */
import type { Command, Decide, MistakeFinding, Refusal, WorldEvent } from './decision.ts';
import { createEventLog, type EventLog, type LogRecord } from './event-log.ts';
import { evolveCore, type CoreEvent } from './events.ts';
import type { Evolve, Feature, React } from './feature.ts';
import { plusMs, type EpochMs } from './time.ts';
import type { ReadonlyWorld, World } from './world.ts';

/** What became of a command. */
export type Outcome<Reply = unknown> =
  | { readonly kind: 'accepted'; readonly reply: Reply }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'mistaken'; readonly mistake: MistakeFinding };

export interface Engine {
  readonly world: ReadonlyWorld;
  readonly log: EventLog;
  /** Virtual now. */
  readonly nowMs: EpochMs;
  /** Decides a command now and folds what came of it. Throws only on a bug: an unknown command type. */
  execute<Reply = unknown>(command: Command): Outcome<Reply>;
  /** When the next due item leaves, if there is one. */
  nextDueMs(): EpochMs | undefined;
  /** Gives the next command that is due at `untilMs` or before, moving the clock to it; false if there is none. */
  runNextDue(untilMs: EpochMs): boolean;
  /** Folds what happened before: events alone, since what they led to is among them. Before anything is executed. */
  restore(record: LogRecord): void;
  /** Moves the clock forward. What is due on the way must have been run; going back is a bug. */
  moveTo(instant: EpochMs): void;
}

/**
 * @param features - in the order in which their reactions run
 * @param startMs - virtual time at the start
 */
export function createEngine(world: World, features: readonly Feature[], startMs: EpochMs): Engine {
  const table = mount(features);
  const log = createEventLog();
  let nowMs = startMs;

  const fold = (event: WorldEvent): void => {
    world.sequence += 1;
    evolveCore(world, event as CoreEvent);
    const evolves = table.evolve.get(event.type);
    if (evolves) for (const evolve of evolves) evolve(world, event, nowMs);
    log.append({ sequence: world.sequence, atMs: nowMs, event });
  };

  const foldOne = (event: WorldEvent, followed: WorldEvent[]): void => {
    fold(event);
    const reacts = table.react.get(event.type);
    if (reacts) for (const react of reacts) followed.push(...react(world, event, nowMs));
  };

  const foldAll = (events: readonly WorldEvent[]): void => {
    const followed: WorldEvent[] = [];
    for (const event of events) foldOne(event, followed);
    // Reactions queue behind what caused them, so that siblings keep their order; the loop meets what it appends.
    for (const event of followed) foldOne(event, followed);
  };

  const execute = <Reply>(command: Command): Outcome<Reply> => {
    const decide = table.commands.get(command.type);
    if (!decide) throw new Error(`No feature decides the command “${command.type}”.`);
    const decision = decide(world, command, nowMs);
    if (decision.kind === 'mistaken') return decision;
    foldAll(decision.events);
    return decision.kind === 'refused'
      ? { kind: 'refused', refusal: decision.refusal }
      : { kind: 'accepted', reply: decision.reply as Reply };
  };

  return {
    world,
    log,
    get nowMs() {
      return nowMs;
    },
    execute,
    nextDueMs: () => world.agenda.peek()?.dueAtMs,
    runNextDue(untilMs) {
      const item = world.agenda.peek();
      if (!item || item.dueAtMs > untilMs) return false;
      if (item.dueAtMs > nowMs) nowMs = item.dueAtMs;
      fold({ type: 'command-due', command: item.command.type } as WorldEvent);
      execute(item.command);
      return true;
    },
    restore({ sequence, atMs, event }) {
      if (sequence !== world.sequence + 1)
        throw new Error(`Event ${sequence} does not follow event ${world.sequence}.`);
      nowMs = atMs;
      fold(event);
    },
    moveTo(instant) {
      if (instant < nowMs) throw new Error('The clock never goes back.');
      nowMs = plusMs(instant, 0);
    },
  };
}

interface Tables {
  readonly commands: ReadonlyMap<string, Decide>;
  readonly evolve: ReadonlyMap<string, readonly Evolve[]>;
  readonly react: ReadonlyMap<string, readonly React[]>;
}

function mount(features: readonly Feature[]): Tables {
  const commands = new Map<string, Decide>();
  const evolve = new Map<string, Evolve[]>();
  const react = new Map<string, React[]>();
  for (const feature of features) {
    for (const [type, decide] of Object.entries(feature.commands ?? {})) {
      if (commands.has(type)) throw new Error(`Two features decide the command “${type}”.`);
      commands.set(type, decide);
    }
    for (const [type, step] of Object.entries(feature.evolve ?? {})) push(evolve, type, step);
    for (const [type, step] of Object.entries(feature.react ?? {})) push(react, type, step);
  }
  return { commands, evolve, react };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
