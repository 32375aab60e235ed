/** The control API over HTTP. JSON in and out; a scenario may also come as YAML. */
import express, { type Express, type Request, type Response } from 'express';
import { readDuration } from '../../scenarios/language/durations.ts';
import type { Simulator, WorldHandle } from '../index.ts';
import { turnedAway } from './admission.ts';
import { BadRequest } from './bad-request.ts';
import { performScenario, performSteps } from './stages.ts';
import { showWorld } from './views.ts';

export interface ControlOptions {
  /** Ids of obligations that a scenario may name; asked for when the first scenario comes. */
  readonly obligations: () => Iterable<string>;
  /** Wanted from every caller, if set; needed wherever the simulator is not bound to loopback. */
  readonly operatorToken?: string;
}

/** Most exchanges or records of one answer. */
const longestList = 1_000;

export function createApp(simulator: Simulator, options: ControlOptions): Express {
  const app = express();
  const known = () => ({ obligations: new Set(options.obligations()) });
  app.disable('x-powered-by');
  app.use((request, response, next) => {
    const why = turnedAway(request, options.operatorToken);
    if (why === undefined) next();
    else response.status(403).json({ error: why });
  });
  app.use(
    express.json({ limit: '1mb' }),
    express.text({ type: ['text/yaml', 'application/yaml'], limit: '1mb' }),
  );

  app.get('/_coex/health', (_request, response) => {
    response.json({ ready: true, url: simulator.url, worlds: simulator.worlds().length });
  });
  app.get('/_coex/worlds', (_request, response) => {
    response.json({ worlds: simulator.worlds().map(showWorld) });
  });
  app.get(
    '/_coex/worlds/:world',
    inWorld(simulator, (world) => showWorld(world)),
  );
  app.get(
    '/_coex/worlds/:world/journal',
    inWorld(simulator, (world, { query }) => ({
      newest: world.journal.newest,
      exchanges: world.journal.since(numberOf(query['since'])).slice(0, longestList),
    })),
  );
  app.get(
    '/_coex/worlds/:world/log',
    inWorld(simulator, (world, { query }) => ({
      length: world.log.length,
      records: world.log
        .recent()
        .filter(({ sequence }) => sequence > numberOf(query['since']))
        .slice(0, longestList),
    })),
  );
  app.post(
    '/_coex/worlds/:world/time',
    inWorld(simulator, async (world, { body }) => {
      const { advance } = (body ?? {}) as { readonly advance?: unknown };
      const reading = readDuration(typeof advance === 'string' ? advance : '');
      if (reading.kind !== 'read') throw new BadRequest('Say how long, with a unit: {"advance": "14d"}.');
      await world.advance(reading.durationMs);
      return showWorld(world);
    }),
  );
  // A scenario sets the world's number, customers and history up, and plays its acting steps.
  app.post(
    '/_coex/worlds/:world/scenario',
    inWorld(simulator, (world, { body }) => performScenario(world, body, known())),
  );
  // Further steps of the scenario that was set up last.
  app.post(
    '/_coex/worlds/:world/steps',
    inWorld(simulator, (world, { body }) => performSteps(world, body, known())),
  );
  app.use((request, response) => {
    response.status(404).json({ error: `The control API has no ${request.method} ${request.path}.` });
  });
  app.use((error: unknown, _request: Request, response: Response, _next: unknown) => {
    const status = (error as { readonly status?: unknown }).status;
    response
      .status(typeof status === 'number' ? status : 500)
      .json({ error: error instanceof Error ? error.message : String(error) });
  });
  return app;
}

type Answer = (world: WorldHandle, request: Request) => unknown;

const inWorld =
  (simulator: Simulator, answer: Answer) =>
  async (request: Request, response: Response): Promise<void> => {
    const name = request.params['world'];
    const world = simulator.worlds().find((one) => one.name === name);
    if (world) response.json(await answer(world, request));
    else response.status(404).json({ error: `There is no world named “${String(name)}”.` });
  };

const numberOf = (value: unknown): number => {
  const number = Number(value ?? 0);
  if (!Number.isInteger(number) || number < 0) throw new BadRequest('`since` is a whole number, 0 or more.');
  return number;
};
