/** `coex serve --config`: starts the system under test beside the simulator, and lets the console run scenarios on it. */
import path from 'node:path';
import { obligationIds, obligations } from '../../contracts/catalogue.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';
import type { RunVerdict, ScenarioRuns } from '../../simulator/control/runs.ts';
import type { Simulator } from '../../simulator/index.ts';
import { findFreePort } from '../drive/free-port.ts';
import { createLeakWatch } from '../drive/leaks.ts';
import { equip } from '../drive/equipment.ts';
import { placeholderValues } from '../drive/surroundings.ts';
import { createSut, type Sut } from '../drive/sut.ts';
import { createWatchedRuns } from '../drive/watched-runs.ts';
import type { ScenarioFacts } from '../judge/facts.ts';
import { judgeRun } from '../judge/judge-run.ts';
import type { SutAddress } from '../observe/scene.ts';
import { chooseScenarios } from '../plan/choose.ts';
import type { Config } from '../plan/config.ts';
import { fill } from '../plan/placeholders.ts';
import { findScenarioFiles, libraryFiles, loadConfig, loadScenarios, readText } from './files.ts';
import type { Io } from './io.ts';
import type { ServeFlags } from './serve.ts';
import { readVersion } from './version.ts';

/** What `serve` has when it serves a system under test, too. */
export interface ServedSut {
  readonly runs: ScenarioRuns;
  /** Starts the system, where it is ours to start. */
  ensureUp(): Promise<void>;
  close(): Promise<void>;
}

/** What a config comes to before there is a simulator. */
export interface Prepared {
  /** What the config says of the system, in the words of `serve`. */
  readonly flags: Pick<ServeFlags, 'callback' | 'appSecret' | 'verifyToken'>;
  readonly serve: (simulator: Simulator) => Promise<ServedSut>;
}

/** @throws Mistake for a config that cannot be used */
export async function prepare(file: string, io: Io): Promise<Prepared> {
  const config = loadConfig(file, io);
  const { webhook, appSecret, verifyToken } = config.sut;
  const port = config.sut.port === 'auto' ? await findFreePort() : config.sut.port;
  return {
    flags: {
      callback: fill(webhook, { port: String(port ?? '') }),
      ...(appSecret !== undefined && { appSecret }),
      ...(verifyToken !== undefined && { verifyToken }),
    },
    serve: (simulator) => serveSut(config, simulator, port, io),
  };
}

async function serveSut(
  config: Config & { readonly folder: string },
  simulator: Simulator,
  port: number | undefined,
  io: Io,
): Promise<ServedSut> {
  const values = placeholderValues(simulator, port);
  const { app } = simulator;
  const leaks = createLeakWatch({ 'the app secret': app.secret, 'the access token': app.token });
  const equipment = await equip({ config, values, environment: io.env, wallNowMs: io.nowMs });
  const { readPage, clock, person, wrap } = equipment;
  const sut: Sut = createSut({
    config,
    values,
    environment: io.env,
    extraEnvironment: equipment.environment,
    ...(wrap && { wrap }),
    onOutput: leaks.hear,
  });
  const address: SutAddress = {
    webhook: fill(config.sut.webhook, values),
    verifyToken: app.verifyToken,
    webhookLimitMs: config.limits.webhookMs,
    probes: config.probes,
    probeMs: config.limits.probeMs,
    ...(readPage && { readPage }),
    ...(sut.isOurs && { leak: leaks.found }),
    folder: config.folder,
    values,
  };
  const { signup } = config.sut;
  const taken = typeof signup === 'string' ? fill(signup, values) : person;
  const scenarios = chooseScenarios(read(config, io), obligations(), config.profiles).play;
  const runs = createWatchedRuns({
    simulator,
    scenarios,
    textOf: ({ file }) => readText(path.resolve(io.cwd, file), file),
    async ready() {
      await sut.ensureUp();
      return {
        sut: address,
        death: sut.death,
        ...(clock && { clock }),
        ...(taken !== undefined && { signup: taken }),
      };
    },
    limitMs: config.limits.scenarioMs,
    judge: (facts) => verdictsOf(facts, config, io),
    nowMs: io.nowMs,
  });
  return {
    runs,
    ensureUp: () => sut.ensureUp(),
    async close() {
      await sut.close();
      await equipment.close();
    },
  };
}

function read(config: Config & { readonly folder: string }, io: Io): readonly Scenario[] {
  const found = config.scenarios
    ? findScenarioFiles(config.scenarios, config.folder, io.cwd, config.place('scenarios'))
    : libraryFiles(io.cwd);
  return loadScenarios(found, obligationIds());
}

function verdictsOf(facts: ScenarioFacts, config: Config, io: Io): readonly RunVerdict[] {
  const report = judgeRun(
    {
      coex: readVersion(),
      seed: '',
      config: config.file,
      at: new Date(io.nowMs()).toISOString(),
      scenarios: [facts],
      notices: [],
      tookMs: facts.tookMs,
    },
    {
      obligations: obligations(),
      profiles: config.profiles,
      waivers: [],
      today: new Date(io.nowMs()).toISOString().slice(0, 10),
      replay: (file) => `npx coex run ${file}`,
    },
  );
  return (report.scenarios[0]?.obligations ?? []).map(({ id, verdict }) => {
    const finding = report.findings.find(({ obligation }) => obligation === id);
    return {
      obligation: id,
      verdict,
      ...(finding && { why: `Expected ${finding.expected}; ${finding.happened}.` }),
    };
  });
}
