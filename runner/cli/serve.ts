/** `coex serve`: only the simulator, on the wall clock. Loads nothing of the runner, so that it is up at once. */
import { obligations } from '../../contracts/catalogue.ts';
import { control } from '../../simulator/control/index.ts';
import { createSimulator, type SimulatorOptions } from '../../simulator/index.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';
import { Mistake } from '../plan/mistake.ts';
import { portMistake } from '../plan/port-mistake.ts';
import type { ExitCode, Io } from './io.ts';

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
}

/** A number in coexistence to begin with, and somebody to write to it. */
const opening: Scenario = {
  id: 'serve',
  file: '',
  title: 'A number in coexistence',
  obligations: [],
  number: { state: 'coexistence', country: 'US', subscribed: true, onboardedAgoMs: 0 },
  customers: { customer: { country: 'US', hidesNumber: false, device: 'android' } },
  history: { messages: 0, threads: 0, days: 0, mediaPerMille: 0, sharing: 'shared' },
  contacts: [],
  behaviour: {},
  anchor: 'start',
  steps: [],
};

/** Resolves when it was asked to stop and everything is closed. */
export async function serve(flags: ServeFlags, io: Io): Promise<ExitCode> {
  const simulator = await listen(flags);
  const { phoneNumberId, wabaId, displayPhoneNumber, customers } = simulator.defaultWorld.stage(opening);
  const { app } = simulator;
  io.out.write(`coex simulates the Graph API of WhatsApp. Give your system:

  GRAPH_API_BASE_URL=${simulator.url}
  WHATSAPP_TOKEN=${app.token}
  WHATSAPP_APP_SECRET=${app.secret}
  WHATSAPP_VERIFY_TOKEN=${app.verifyToken}
  COEX_APP_ID=${app.id}
  COEX_PHONE_NUMBER_ID=${phoneNumberId}
  COEX_WABA_ID=${wabaId}

  number    ${displayPhoneNumber}, in the app and on Cloud API
  customer  ${customers['customer']?.waId ?? 'none'}
  control   ${simulator.url}/_coex/worlds/default
  webhooks  ${flags.callback ?? 'go nowhere until your system subscribes, or with --callback URL'}

ready ${simulator.url}
`);
  await io.stopped;
  await simulator.close();
  return 0;
}

async function listen(flags: ServeFlags) {
  refuseOpenDoor(flags);
  const options: SimulatorOptions = {
    port: flags.port,
    host: flags.host,
    seed: flags.seed,
    pace: 'live',
    app: {
      ...(flags.appSecret !== undefined && { secret: flags.appSecret }),
      ...(flags.verifyToken !== undefined && { verifyToken: flags.verifyToken }),
      ...(flags.token !== undefined && { token: flags.token }),
      ...(flags.callback !== undefined && { callbackUrl: callbackUrl(flags.callback).href }),
    },
    // Whoever names a host on the command line means it.
    allowHosts: flags.callback === undefined ? [] : [callbackUrl(flags.callback).hostname],
    attach: control({
      obligations: () => obligations().map(({ id }) => id),
      ...(flags.operatorToken !== undefined && { operatorToken: flags.operatorToken }),
    }),
  };
  try {
    return await createSimulator(options);
  } catch (error) {
    throw portMistake(error, flags.port, '--port') ?? error;
  }
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

function callbackUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new Mistake({
    message: `“${text}” is no URL.`,
    place: '--callback',
    hint: 'Write it like http://127.0.0.1:3000/webhook.',
  });
}
