/** The control API over HTTP. JSON in and out; a scenario may also come as YAML. */
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { errorCatalogue, graphContracts, webhookFields } from '../../contracts/catalogue.ts';
import { faultNames, graphFaultNames, obstacles } from '../../scenarios/language/steps/platform.ts';
import { consoleFiles } from '../console/files.ts';
import type { Simulator } from '../index.ts';
import { signupDialog } from '../signup/dialog.ts';
import { createAdmission } from './admission.ts';
import { BadRequest } from './bad-request.ts';
import type { ScenarioRuns } from './runs.ts';
import { worldsApi } from './worlds.ts';

export interface ControlOptions {
  /** Ids of obligations that a scenario may name; asked for when the first scenario comes. */
  readonly obligations: () => Iterable<string>;
  /** Wanted from every caller, if set; needed wherever the simulator is not bound to loopback. */
  readonly operatorToken?: string;
  /** Runs scenarios against a system under test; missing: none is configured. */
  readonly runs?: () => ScenarioRuns;
}

export function createApp(simulator: Simulator, options: ControlOptions): Express {
  const app = express();
  const admission = createAdmission(options.operatorToken);
  const runs = options.runs?.();
  app.disable('x-powered-by');
  // Pages, and what Meta serves to everybody, are no secret; what they show comes through the guarded part.
  app.use(consoleFiles());
  app.use(
    express.json({ limit: '1mb' }),
    express.text({ type: ['text/yaml', 'application/yaml'], limit: '1mb' }),
  );
  app.use(signupDialog(simulator));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const why = admission.turnedAway(request);
    if (why === undefined) next();
    else response.status(403).json({ error: why });
  });

  // A browser cannot add a header to a WebSocket or a link; with the cookie it need not.
  app.post('/_coex/session', (_request, response) => {
    const cookie = admission.cookie();
    if (cookie !== undefined) response.setHeader('set-cookie', cookie);
    response.json({ admitted: true });
  });
  app.get('/_coex/health', (_request, response) => {
    response.json({ ready: true, url: simulator.url, worlds: simulator.worlds().length });
  });
  app.get('/_coex/vocabulary', (_request, response) => {
    response.json({
      edges: graphContracts(),
      fields: webhookFields(),
      webhookFaults: faultNames,
      graphFaults: graphFaultNames,
      obstacles,
      errors: errorCatalogue().map(({ code, subcode, title, side }) => ({ code, subcode, title, side })),
    });
  });
  app.use(worldsApi(simulator, options));

  app.get('/_coex/scenarios', (_request, response) => {
    response.json({ configured: runs !== undefined, scenarios: runs?.choices() ?? [] });
  });
  app.post('/_coex/runs', (request, response) => {
    const { scenario, stepwise } = (request.body ?? {}) as { scenario?: unknown; stepwise?: unknown };
    if (!runs) throw new BadRequest('No system under test is configured: coex serve --config FILE.');
    if (typeof scenario !== 'string') throw new BadRequest('Say which one: {"scenario": "echoes/…"}.');
    const run = runs.start(scenario, stepwise === true);
    if (!run) throw new BadRequest(`There is no scenario “${scenario}”.`);
    response.status(201).json(run);
  });
  app.get('/_coex/runs/:run', (request, response) => {
    const run = runs?.find(request.params.run);
    if (run) response.json(run);
    else response.status(404).json({ error: `There is no run “${request.params.run}”.` });
  });
  app.post('/_coex/runs/:run/proceed', (request, response) => {
    const { toTheEnd } = (request.body ?? {}) as { toTheEnd?: unknown };
    runs?.proceed(request.params.run, toTheEnd === true);
    response.json(runs?.find(request.params.run) ?? null);
  });

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
