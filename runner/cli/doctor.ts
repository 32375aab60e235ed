/** `coex doctor`: says what is wrong with a set-up, and how to mend it. */
import path from 'node:path';
import { createSimulator, type Simulator } from '../../simulator/index.ts';
import { checkUp, type Diagnosis } from '../drive/check-up.ts';
import { equip, type Equipment } from '../drive/equipment.ts';
import { findFreePort } from '../drive/free-port.ts';
import { placeholderValues } from '../drive/surroundings.ts';
import { createSut } from '../drive/sut.ts';
import type { Config } from '../plan/config.ts';
import { Mistake, renderNotes } from '../plan/mistake.ts';
import { fill } from '../plan/placeholders.ts';
import { loadConfig } from './files.ts';
import { findHardCodedHost } from './hard-coded.ts';
import { colorsFor, type ExitCode, type Io } from './io.ts';
import { openNumber } from './open-number.ts';

export interface DoctorFlags {
  readonly config?: string;
  readonly verbose?: boolean;
}

/** @returns 0 where all is well, 1 where something is wrong, 3 where the system could not be looked at */
export async function doctor(flags: DoctorFlags, io: Io): Promise<ExitCode> {
  const config = loadConfig(flags.config, io);
  if (config.warnings.length > 0) io.out.write(`${renderNotes(config.warnings)}\n`);
  tell(io, { what: 'config', state: 'fine', seen: `${config.file} is well-formed` });
  let worst: Diagnosis['state'] = 'fine';
  for await (const diagnosis of examine(config, flags, io)) {
    tell(io, diagnosis);
    if (worst !== 'wrong' && diagnosis.state !== 'fine') worst = diagnosis.state;
  }
  io.out.write(conclusions[worst]);
  return worst === 'wrong' ? 1 : 0;
}

const conclusions: Readonly<Record<Diagnosis['state'], string>> = {
  fine: '\nAll is well: coex run can begin.\n',
  doubtful: '\nNothing is wrong for sure; see what is marked with ?.\n',
  wrong: '\nMend what is marked with ✗, the first first: the rest may follow from it.\n',
};

const signs = { fine: '✓', doubtful: '?', wrong: '✗' } as const;
const colourOf = { fine: 'green', doubtful: 'yellow', wrong: 'red' } as const;

export function tell({ out, env }: Io, { what, state, seen, mend }: Diagnosis): void {
  const colors = colorsFor(out, env);
  out.write(`${colors[colourOf[state]](signs[state])} ${what}: ${seen}\n`);
  for (const line of mend?.split('\n') ?? []) out.write(`    ${line}\n`);
}

/** Starts what has to be started, looks, and ends it all again. @throws Mistake where the system does not come up */
export async function* examine(
  config: Config & { readonly folder: string },
  { verbose }: Pick<DoctorFlags, 'verbose'>,
  io: Io,
): AsyncGenerator<Diagnosis> {
  const port = config.sut.port === 'auto' ? await findFreePort() : config.sut.port;
  const simulator = await open(config, port);
  let equipment: Equipment | undefined;
  let close = (): Promise<void> => Promise.resolve();
  try {
    const cast = openNumber(simulator.defaultWorld);
    const values = placeholderValues(simulator, port, cast);
    equipment = await equip({ config, values, environment: io.env, wallNowMs: io.nowMs });
    const sut = createSut({
      config,
      values,
      environment: io.env,
      extraEnvironment: equipment.environment,
      ...(equipment.wrap && { wrap: equipment.wrap }),
      ...(verbose === true && { onOutput: io.err.write }),
    });
    close = () => sut.close();
    void io.stopped.then(close);
    await sut.ensureUp();
    yield {
      what: 'system',
      state: 'fine',
      seen: sut.isOurs ? `started: ${config.sut.command ?? ''}` : 'it is there',
    };
    const { readPage } = equipment;
    yield* checkUp({
      config,
      simulator,
      cast,
      nowMs: io.nowMs,
      sut: {
        webhook: fill(config.sut.webhook, values),
        verifyToken: simulator.app.verifyToken,
        webhookLimitMs: config.limits.webhookMs,
        probeMs: config.limits.probeMs,
        probes: config.probes,
        folder: config.folder,
        values,
        ...(readPage && { readPage }),
      },
      ...(sut.isOurs && { hardCoded: findHardCodedHost(path.resolve(config.folder, config.sut.cwd)) }),
    });
  } finally {
    await close();
    await equipment?.close();
    await simulator.close();
  }
}

async function open(config: Config, port: number | undefined): Promise<Simulator> {
  const { webhook, appSecret, verifyToken } = config.sut;
  const callbackUrl = fill(webhook, { port: String(port ?? '') });
  try {
    return await createSimulator({
      port: config.graphPort,
      webhookTimeLimitMs: config.limits.webhookMs,
      allowHosts: [new URL(callbackUrl).hostname],
      app: {
        callbackUrl,
        ...(appSecret !== undefined && { secret: appSecret }),
        ...(verifyToken !== undefined && { verifyToken }),
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Mistake({
      message: `The simulator cannot listen: ${reason}`,
      place: config.place('graph', 'port'),
    });
  }
}
