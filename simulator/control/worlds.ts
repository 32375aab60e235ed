/** The part of the control API that is about worlds: look, let time pass, act. */
import { Router, type Request, type Response } from 'express';
import { readDuration } from '../../scenarios/language/durations.ts';
import { highestSpeed } from '../pace.ts';
import type { Simulator, WorldHandle } from '../index.ts';
import { BadRequest } from './bad-request.ts';
import { viewExchange } from './exchange.ts';
import { keepAsScenario } from './keep.ts';
import { addCustomers, performScenario, performSteps } from './stages.ts';
import { showWorld } from './views.ts';

/** Most exchanges or records of one answer. */
const longestList = 1_000;
/** Most worlds that an operator may have open. */
const mostWorlds = 100;

export function worldsApi(
  simulator: Simulator,
  { obligations }: { readonly obligations: () => Iterable<string> },
): Router {
  const router = Router();
  const known = () => ({ obligations: new Set(obligations()) });
  const world = (name: string | readonly string[] | undefined): WorldHandle => {
    const found = simulator.worlds().find((one) => one.name === name);
    if (!found) throw new NotFound(`There is no world named “${String(name)}”.`);
    return found;
  };
  const answer =
    (make: (world: WorldHandle, request: Request) => unknown) =>
    async (request: Request, response: Response): Promise<void> => {
      response.json(await make(world(String(request.params['world'])), request));
    };
  const at = (path: string): string => `/_coex/worlds/:world${path}`;

  router.get('/_coex/worlds', (_request, response) => {
    response.json({ worlds: simulator.worlds().map(showWorld) });
  });
  // A number with an account and a clock of its own, set up as a scenario says.
  router.post('/_coex/worlds', async (request, response) => {
    const { name, scenario } = (request.body ?? {}) as {
      readonly name?: unknown;
      readonly scenario?: unknown;
    };
    if (typeof name !== 'string' || !/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u.test(name))
      throw new BadRequest('A world has a name of up to 40 letters, digits, spaces, dots and dashes.');
    if (simulator.worlds().some((one) => one.name === name))
      throw new BadRequest(`There is a world named “${name}” already.`);
    if (simulator.worlds().length >= mostWorlds) throw new BadRequest('A hundred worlds are open already.');
    const opened = simulator.openWorld({ name });
    try {
      await performScenario(opened, scenario ?? { scenario: name, steps: ['app.opens'] }, known());
    } catch (error) {
      await simulator.removeWorld(name);
      throw error;
    }
    response.status(201).json(showWorld(opened));
  });
  router.delete(at(''), async (request, response) => {
    const { name } = world(request.params['world']);
    if (name === simulator.defaultWorld.name) throw new BadRequest('The default world stays.');
    await simulator.removeWorld(name);
    response.json({ removed: name });
  });
  router.get(at(''), answer(showWorld));
  router.get(
    at('/chats'),
    answer(({ chats }) => chats?.snapshot() ?? { sequence: 0, chats: [] }),
  );
  router.get(
    at('/journal'),
    answer(({ journal }, { query }) => ({
      newest: journal.newest,
      exchanges: journal.since(numberOf(query['since'])).slice(0, longestList),
    })),
  );
  router.get(
    at('/journal/:number'),
    answer((one, { params }) => {
      const found = viewExchange(one, numberOf(params['number']));
      if (!found) throw new NotFound(`Exchange ${String(params['number'])} is not kept any more.`);
      return found;
    }),
  );
  router.post(
    at('/journal/:number/resend'),
    answer(async (one, { params }) => {
      const result = await one.resend(numberOf(params['number']));
      if (result !== 'sent') throw new BadRequest(result);
      return { newest: one.journal.newest };
    }),
  );
  router.get(
    at('/log'),
    answer(({ log }, { query }) => ({
      length: log.length,
      records: log
        .recent()
        .filter(({ sequence }) => sequence > numberOf(query['since']))
        .slice(0, longestList),
    })),
  );
  router.post(
    at('/time'),
    answer(async (one, { body }) => {
      const { advance, speed } = (body ?? {}) as { readonly advance?: unknown; readonly speed?: unknown };
      if (typeof speed === 'number' && speed >= 0 && speed <= highestSpeed) one.setSpeed(speed);
      else await letPass(one, advance);
      return showWorld(one);
    }),
  );
  // A scenario sets the world's number, customers and history up, and plays its acting steps.
  router.post(
    at('/scenario'),
    answer((one, { body }) => performScenario(one, body, known())),
  );
  // Further steps of the scenario that was set up last.
  router.post(
    at('/steps'),
    answer((one, { body }) => performSteps(one, body, known())),
  );
  router.post(
    at('/customers'),
    answer((one, { body }) => addCustomers(one, body, known())),
  );
  router.get(at('/scenario.yaml'), (request, response) => {
    response.type('text/yaml').send(keepAsScenario(world(request.params['world'])));
  });
  return router;
}

/** What is not there. */
class NotFound extends Error {
  readonly status = 404;
}

async function letPass(world: WorldHandle, advance: unknown): Promise<void> {
  const reading = readDuration(typeof advance === 'string' ? advance : '');
  if (reading.kind !== 'read')
    throw new BadRequest(
      `Say how long, with a unit: {"advance": "14d"}; or how fast, up to {"speed": ${highestSpeed}}.`,
    );
  world.remember({ step: { 'time.passes': advance }, exchanges: world.journal.newest });
  await world.advance(reading.durationMs);
}

const numberOf = (value: unknown): number => {
  const number = Number(value ?? 0);
  if (!Number.isInteger(number) || number < 0)
    throw new BadRequest('`since` and exchanges are whole numbers, 0 or more.');
  return number;
};
