/** `coex init`: writes what a first run takes, and checks that the system answers. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../contracts/catalogue.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import type { Diagnosis } from '../drive/check-up.ts';
import { profiles as allProfiles, type Profile, type Reach } from '../plan/config.ts';
import {
  ciFile,
  configText,
  firstScenarioFile,
  receiverScenarioText,
  scenarioText,
  type Answers,
} from '../plan/first-files.ts';
import { hint, Mistake, renderNotes } from '../plan/mistake.ts';
import { callbackUrl } from './callback-url.ts';
import { examine, tell } from './doctor.ts';
import { loadConfig } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { writeFileOrMistake } from './write-file.ts';

export interface InitFlags {
  readonly command?: string;
  readonly webhook?: string;
  readonly ready?: string;
  readonly verifyToken?: string;
  readonly appSecret?: string;
  readonly profile: readonly string[];
  readonly numbers?: string;
  readonly reach?: string;
  readonly ci?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly check: boolean;
}

const configFile = 'coex.config.yaml';
const sampleBot = 'coex/bot.mjs';
const usualWebhook = 'http://127.0.0.1:{port}/webhook';

/** @returns 0 where the system answers as it must; 3 where that could not be seen or is not so; the files are written */
export async function init(flags: InitFlags, io: Io): Promise<ExitCode> {
  refuseOverwriting(flags, io);
  const answers = await answersOf(flags, io);
  const files = filesOf(answers, io);
  for (const [name, text] of files) writeFileOrMistake(path.join(io.cwd, name), text, name);
  io.out.write(`${files.map(([name]) => `  ${name}\n`).join('')}\n`);
  const isWell = flags.check ? await check(flags, io) : true;
  io.out.write(
    isWell ? '\nNow: npx coex run\n' : '\nMend that first; npx coex doctor looks again. Then: npx coex run\n',
  );
  return isWell ? 0 : 3;
}

function refuseOverwriting({ force }: InitFlags, { cwd }: Io): void {
  if (force === true || !existsSync(path.join(cwd, configFile))) return;
  throw new Mistake({
    message: 'There is one already.',
    place: configFile,
    hint: 'coex doctor looks it over; --force overwrites it.',
  });
}

/** What the flags leave open is asked on a terminal, and taken as usual elsewhere. */
async function answersOf(flags: InitFlags, io: Io): Promise<Answers> {
  const given = readFlags(flags);
  const isSample =
    flags.command === undefined && flags.webhook === undefined && startScript(io) === undefined;
  const usual: Answers = {
    ...usualStart(flags, io),
    webhook: flags.webhook ?? usualWebhook,
    hasOwnSecrets: flags.verifyToken !== undefined || flags.appSecret !== undefined,
    profiles: ['receiver', 'sender', 'automation'],
    numbers: 'many',
    reach: 'base-url',
    ci: existsSync(path.join(io.cwd, '.gitlab-ci.yml')) ? 'gitlab' : 'github',
    ...given,
  };
  if (flags.yes === true || !io.out.isTerminal)
    return isSample ? { ...usual, command: `node ${sampleBot}` } : usual;
  const { askForAnswers } = await import('./init-questions.ts');
  return askForAnswers(usual, isSample ? `node ${sampleBot}` : undefined);
}

/** A command, a webhook: what is named runs so. */
const usualStart = ({ command, webhook }: InitFlags, io: Io): Pick<Answers, 'command'> => {
  const start = command ?? (webhook === undefined ? startScript(io) : undefined);
  return start === undefined ? {} : { command: start };
};

function startScript({ cwd }: Io): string | undefined {
  try {
    const { scripts } = JSON.parse(readFileSync(path.join(cwd, 'package.json'), 'utf8')) as {
      readonly scripts?: Readonly<Record<string, string>>;
    };
    return scripts?.['start'] === undefined ? undefined : 'npm start';
  } catch {
    // No package, or none that can be read: then there is nothing to start.
    return undefined;
  }
}

function readFlags(flags: InitFlags): Partial<Answers> {
  if (flags.webhook !== undefined) callbackUrl(flags.webhook.replace('{port}', '1'), '--webhook');
  const word = <Word extends string>(
    flag: string,
    given: string | undefined,
    words: readonly Word[],
  ): Word | undefined => {
    const found = words.find((one) => one === given);
    if (given === undefined || found !== undefined) return found;
    throw new Mistake({
      message: `“${given}” is none of ${words.join(', ')}.`,
      place: flag,
      ...hint(suggest(given, words)),
    });
  };
  const profiles = flags.profile.flatMap((name): Profile[] => {
    const profile = word('--profile', name, allProfiles);
    return profile ? [profile] : [];
  });
  const numbers = word('--numbers', flags.numbers, ['many', 'one'] as const);
  const reach = word<Reach>('--reach', flags.reach, ['base-url', 'redirect', 'proxy', 'hosts']);
  const ci = word('--ci', flags.ci, ['github', 'gitlab', 'none'] as const);
  return {
    ...(flags.ready !== undefined && { ready: flags.ready }),
    ...(profiles.length > 0 && { profiles }),
    ...(numbers && { numbers }),
    ...(reach && { reach }),
    ...(ci && { ci }),
  };
}

function filesOf(answers: Answers, { cwd }: Io): readonly (readonly [string, string])[] {
  const ci = ciFile(answers.ci, existsSync(path.join(cwd, '.gitlab-ci.yml')));
  const answersCustomers = answers.profiles.includes('automation');
  return [
    [configFile, configText(answers)],
    [firstScenarioFile, answersCustomers ? scenarioText : receiverScenarioText],
    ...(answers.command === `node ${sampleBot}` ? [[sampleBot, readSampleBot()] as const] : []),
    ...(ci ? [ci] : []),
  ];
}

const readSampleBot = (): string =>
  readFileSync(path.join(packageRoot(), 'runner', 'examples', 'bot.mjs'), 'utf8');

/** Only the handshake: the rest is the doctor's. @returns whether it is as it must be */
async function check({ verifyToken, appSecret }: InitFlags, io: Io): Promise<boolean> {
  const env = {
    ...io.env,
    ...(verifyToken !== undefined && { WHATSAPP_VERIFY_TOKEN: verifyToken }),
    ...(appSecret !== undefined && { WHATSAPP_APP_SECRET: appSecret }),
  };
  const seen: Diagnosis[] = [];
  try {
    const config = loadConfig(undefined, { cwd: io.cwd, env });
    for await (const diagnosis of examine(config, {}, { ...io, env })) {
      tell(io, diagnosis);
      seen.push(diagnosis);
      if (diagnosis.what.startsWith('handshake with a wrong')) break;
    }
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    io.out.write(`✗ ${renderNotes(error.notes)}\n`);
    return false;
  }
  return seen.every(({ state }) => state !== 'wrong');
}
