/** `coex serve`: only the simulator, on the wall clock. Loads nothing of the runner, so that it is up at once. */
import path from 'node:path';
import { obligationIds } from '../../contracts/catalogue.ts';
import { control } from '../../simulator/control/index.ts';
import {
  createSimulator,
  openStore,
  StoreError,
  type Simulator,
  type SimulatorOptions,
  type Store,
} from '../../simulator/index.ts';
import type { ScenarioRuns } from '../../simulator/control/runs.ts';
import { Mistake } from '../plan/mistake.ts';
import { portMistake } from '../plan/port-mistake.ts';
import { callbackUrl } from './callback-url.ts';
import type { ExitCode, Io } from './io.ts';
import { environmentOf, openNumber } from './open-number.ts';
import type { ServedSut } from './serve-sut.ts';

export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly seed: string;
  readonly callback?: string;
  readonly verifyToken?: string;
  readonly appSecret?: string;
  readonly token?: string;
  /** Wanted from everybody who uses the control API. */
  readonly operatorToken?: string;
  /** Where everything is kept. */
  readonly data?: string;
  /** Of the system under test that the console runs scenarios against. */
  readonly config?: string;
}

export const usualSeed = 'coex';

/** Resolves when it was asked to stop and everything is closed. */
export async function serve(flags: ServeFlags, io: Io): Promise<ExitCode> {
  // What it takes to run scenarios is loaded only where it is wanted.
  const prepared =
    flags.config === undefined ? undefined : await (await import('./serve-sut.ts')).prepare(flags.config, io);
  let served: ServedSut | undefined;
  const runs = (): ScenarioRuns => {
    if (!served) throw new Error('The system under test is not there yet.');
    return served.runs;
  };
  const told = { ...flags, ...prepared?.flags };
  const simulator = await listen(told, io, prepared && runs);
  const { defaultWorld } = simulator;
  const { phoneNumberId, wabaId, displayPhoneNumber, customers } =
    defaultWorld.cast ?? openNumber(defaultWorld);
  try {
    served = await prepared?.serve(simulator);
    await served?.ensureUp();
  } catch (error) {
    await served?.close();
    await simulator.close();
    throw error;
  }
  const given = environmentOf(simulator, { phoneNumberId, wabaId });
  io.out.write(`coex simulates the Graph API of WhatsApp. Give your system:

${Object.entries(given)
  .map(([name, value]) => `  ${name}=${value}`)
  .join('\n')}

  number    ${displayPhoneNumber}, in the app and on Cloud API
  customer  ${customers['ana']?.waId ?? 'none'}
  console   ${simulator.url}/
  control   ${simulator.url}/_coex/worlds/default
  webhooks  ${told.callback ?? 'go nowhere until your system subscribes, or with --callback URL'}

ready ${simulator.url}
`);
  await io.stopped;
  await served?.close();
  await simulator.close();
  return 0;
}

async function listen(flags: ServeFlags, io: Io, runs: (() => ScenarioRuns) | undefined) {
  refuseOpenDoor(flags);
  const store = flags.data === undefined ? undefined : openData(flags, io);
  const options: SimulatorOptions = {
    port: flags.port,
    host: flags.host,
    seed: flags.seed,
    pace: 'live',
    chats: true,
    ...(store && { store }),
    app: {
      ...(flags.appSecret !== undefined && { secret: flags.appSecret }),
      ...(flags.verifyToken !== undefined && { verifyToken: flags.verifyToken }),
      ...(flags.token !== undefined && { token: flags.token }),
      ...(flags.callback !== undefined && { callbackUrl: callbackUrl(flags.callback).href }),
    },
    // Whoever names a host on the command line means it.
    allowHosts: flags.callback === undefined ? [] : [callbackUrl(flags.callback).hostname],
    attach: control({
      obligations: () => obligationIds(),
      ...(flags.operatorToken !== undefined && { operatorToken: flags.operatorToken }),
      ...(runs && { runs }),
    }),
  };
  try {
    const simulator = await createSimulator(options);
    if (flags.callback !== undefined && store?.simulator) redirect(simulator, flags.callback);
    return simulator;
  } catch (error) {
    store?.close();
    if (error instanceof StoreError) throw dataMistake(error);
    throw portMistake(error, flags.port, '--port') ?? error;
  }
}

/** A folder that has been used decides who the app is; flags that say otherwise would be forgotten silently. */
function openData({ data = '', seed, appSecret, verifyToken, token }: ServeFlags, io: Io): Store {
  const folder = path.resolve(io.cwd, data);
  try {
    const store = openStore(folder, (error) => {
      io.err.write(`${error.message}\n`);
      // Nothing may be acknowledged that is not kept.
      process.exit(2);
    });
    const kept = store.simulator;
    if (!kept) return store;
    const differing = (
      [
        ['--app-secret', appSecret, kept.app.secret],
        ['--verify-token', verifyToken, kept.app.verifyToken],
        ['--token', token, kept.app.token],
        ['--seed', seed === usualSeed ? undefined : seed, kept.seed],
      ] as const
    ).find(([, given, before]) => given !== undefined && given !== before);
    if (!differing) return store;
    store.close();
    throw new Mistake({
      message: `${folder} was begun with another ${differing[0]}.`,
      place: differing[0],
      hint: 'Leave the flag out, or keep the data in another folder.',
    });
  } catch (error) {
    if (error instanceof StoreError) throw dataMistake(error);
    throw error;
  }
}

const dataMistake = ({ message }: StoreError): Mistake => new Mistake({ message, place: '--data' });

/** The system may listen elsewhere than it did. */
function redirect({ defaultWorld, app }: Simulator, callback: string): void {
  const { callback: before, fields } = defaultWorld.subscription();
  const url = callbackUrl(callback).href;
  if (before?.url === url) return;
  defaultWorld.subscribeApp({ callback: { url, verifyToken: app.verifyToken }, fields });
}

/** The control API can do anything; beyond loopback it needs a secret. */
function refuseOpenDoor({ host, operatorToken }: ServeFlags): void {
  if (['127.0.0.1', '::1', 'localhost'].includes(host) || operatorToken !== undefined) return;
  throw new Mistake({
    message: `Bound to ${host}, the control API would be open to everybody who reaches this machine.`,
    place: '--host',
    hint: 'Add --operator-token SECRET, or leave --host out to stay on 127.0.0.1.',
  });
}
