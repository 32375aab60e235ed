/** `coex certify`: plays what a frozen set demands, and signs that it was kept. */
import path from 'node:path';
import { suggest } from '../../scenarios/language/suggest.ts';
import type { ObligationSet } from '../../contracts/obligation-sets.ts';
import {
  digestsOf,
  packBundle,
  pageFile,
  reportFile,
  scenarioFile,
  setFile,
  tapeFile,
} from '../certificate/bundle.ts';
import {
  fingerprint,
  renderCertificate,
  sha256,
  signClaims,
  type Claims,
} from '../certificate/certificate.ts';
import { demandedBy, showing } from '../certificate/demands.ts';
import { verifyCertificate, type Installed } from '../certificate/verify.ts';
import { runAndJudge, type JudgedRun } from '../drive/judged-run.ts';
import type { Report } from '../judge/verdict.ts';
import type { Waiver } from '../plan/baseline.ts';
import { profiles, type Config, type Profile } from '../plan/config.ts';
import { hint, Mistake } from '../plan/mistake.ts';
import { createProgress } from '../report/progress.ts';
import { renderText } from '../report/text.ts';
import { findBaseline } from './baseline-file.ts';
import { readPrivateKey } from './certifier-key.ts';
import { loadConfig } from './files.ts';
import { readInstalled } from './installed.ts';
import { colorsFor, type ExitCode, type Io } from './io.ts';
import { quote } from './quote.ts';
import { renderReport } from './reports.ts';
import { stopSignal } from './run.ts';
import { readVersion } from './version.ts';
import { wantWritable, writeFileOrMistake } from './write-file.ts';

export interface CertifyFlags {
  readonly config?: string;
  /** Missing: the newest. */
  readonly set?: string;
  readonly profile: readonly string[];
  /** File of the certifier's private key. */
  readonly key: string;
  /** What is examined, such as `Inbox 4.2`. */
  readonly system: string;
  /** Folder for certificate and bundle. */
  readonly out: string;
  readonly seed: string;
  readonly jobs: number;
  readonly baseline?: string;
}

const certificateFile = 'certificate.json';
const bundleFile = 'bundle.zip';

export async function certify(flags: CertifyFlags, io: Io): Promise<ExitCode> {
  const key = readPrivateKey(flags.key, io);
  const installed = readInstalled(io);
  const config = loadConfig(flags.config, io);
  const set = chooseSet(flags.set, installed.sets);
  const claimed = claimedProfiles(flags.profile, config, set);
  const demanded = demandedBy(set, claimed);
  const { waivers } = findBaseline(flags, config, io, {
    obligations: installed.obligations.map(({ id }) => id),
    scenarios: () => installed.library.map(({ id }) => id),
  });
  refuseWaivers(waivers, demanded, installed);
  const folder = path.resolve(io.cwd, flags.out);
  for (const name of [certificateFile, bundleFile]) wantWritable(path.join(folder, name), '--out');

  const ran = await examine(
    { flags, config: { ...config, profiles: claimed }, demanded, waivers, installed },
    io,
  );
  io.out.write(`\n${renderText(ran.report, colorsFor(io.out, io.env))}`);
  const files = await bundleOf(ran, set, installed);
  const zip = packBundle(files);
  writeFileOrMistake(path.join(folder, bundleFile), zip, '--out');
  if (ran.stopped) {
    io.err.write('Stopped. Nothing is certified.\n');
    return 130;
  }
  const missing = unkept(ran.report, demanded);
  if (missing.length > 0) {
    io.err.write(
      `Not certified: ${missing.join(', ')}.\nAll that was seen is in ${path.join(flags.out, bundleFile)}.\n`,
    );
    return ran.report.exitCode === 0 ? 3 : ran.report.exitCode;
  }
  const claims: Omit<Claims, 'key' | 'format'> = {
    coex: installed.version,
    set: set.set,
    setDigest: sha256(installed.setText(set.set)),
    profiles: claimed,
    system: flags.system,
    at: ran.report.at,
    seed: flags.seed,
    obligations: Object.fromEntries(
      demanded.map((id) => [id, verdictOf(ran.report, id) === 'waived' ? 'waived' : 'pass']),
    ),
    waivers: waivers
      .filter(({ obligation }) => verdictOf(ran.report, obligation) === 'waived')
      .map(({ place: _place, ...waiver }) => waiver),
    bundle: { sha256: sha256(zip), bytes: zip.length, files: digestsOf(files) },
  };
  const certificate = signClaims(claims, key);
  const text = renderCertificate(certificate);
  // What we sign must hold before those who verify it; where it does not, the fault is ours.
  const problems = await verifyCertificate({ certificate, text, bundle: zip }, installed);
  if (problems.length > 0)
    throw new Error(
      `The certificate would not hold: ${problems.map(({ what, message }) => `${what}: ${message}`).join('\n')}`,
    );
  writeFileOrMistake(path.join(folder, certificateFile), text, '--out');
  io.out.write(`\nCertified: ${flags.system} keeps what ${set.set} demands of ${claimed.join(', ')}.
  ${path.join(flags.out, certificateFile)}  signed by ${fingerprint(certificate.certificate.key)}
  ${path.join(flags.out, bundleFile)}  all that shows it
Anybody checks it with: npx coex verify ${quote(flags.out)} --key PUBLIC_KEY_FILE
`);
  return 0;
}

interface Examination {
  readonly flags: CertifyFlags;
  readonly config: Config & { readonly folder: string };
  readonly demanded: readonly string[];
  readonly waivers: readonly Waiver[];
  readonly installed: Installed;
}

function examine({ flags, config, demanded, waivers, installed }: Examination, io: Io): Promise<JudgedRun> {
  const scenarios = showing(installed.library, demanded);
  const style = colorsFor(io.out, io.env);
  const progress = createProgress({
    write: io.out.write,
    style,
    total: scenarios.length,
    ...(io.out.isTerminal && { live: { columns: io.out.columns } }),
  });
  return runAndJudge({
    config,
    scenarios,
    seed: flags.seed,
    jobs: flags.jobs,
    selfCheck: true,
    environment: io.env,
    nowMs: io.nowMs,
    stop: stopSignal(io),
    judging: {
      obligations: installed.obligations,
      only: demanded,
      profiles: config.profiles,
      waivers: waivers.filter(({ obligation }) => demanded.includes(obligation)),
      today: new Date(io.nowMs()).toISOString().slice(0, 10),
      replay: (file) =>
        `npx coex run ${quote(file)} --config ${quote(config.file)} --seed ${quote(flags.seed)}`,
    },
    version: readVersion(),
    tape: true,
    textOf: installed.textOf,
    onStarted: ({ id }) => progress.started(id),
    onJudged: (verdict) => progress.finished(verdict),
  }).finally(() => progress.end());
}

async function bundleOf(ran: JudgedRun, { set }: ObligationSet, installed: Installed) {
  const files: Record<string, string> = {
    [reportFile]: await renderReport('json', { report: ran.report, transcripts: [] }),
    [pageFile]: await renderReport('html', ran),
    [setFile]: installed.setText(set),
  };
  for (const { id, tape } of ran.facts) {
    if (tape) files[tapeFile(id)] = JSON.stringify(tape);
    const scenario = installed.library.find((one) => one.id === id);
    if (scenario) files[scenarioFile(id)] = installed.textOf(scenario);
  }
  return files;
}

const verdictOf = ({ obligations }: Report, id: string) => obligations.find((one) => one.id === id)?.verdict;

/** What stands between a run and its certificate, in words. */
function unkept(report: Report, demanded: readonly string[]): readonly string[] {
  const open = demanded
    .map((id) => ({ id, verdict: verdictOf(report, id) ?? 'not-observed' }))
    .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'waived')
    .map(({ id, verdict }) => `${id} is ${verdict === 'fail' ? 'broken' : verdict.replace('-', ' ')}`);
  if (open.length > 0) return open;
  return report.exitCode === 0 ? [] : ['the run itself has something to say; see above'];
}

function chooseSet(given: string | undefined, sets: readonly ObligationSet[]): ObligationSet {
  const set = given === undefined ? sets.at(-1) : sets.find((one) => one.set === given);
  if (set) return set;
  const known = sets.map((one) => one.set);
  throw new Mistake({
    message: `There is no set “${given ?? ''}”.`,
    place: '--set',
    ...hint(suggest(given ?? '', known) ?? `One of ${known.join(', ')}.`),
  });
}

function claimedProfiles(
  given: readonly string[],
  config: Config,
  { demands, set }: ObligationSet,
): readonly Profile[] {
  const names = given.length === 0 ? config.profiles : given;
  return names.map((name) => {
    const profile = profiles.find((one) => one === name);
    if (profile && (demands[profile]?.length ?? 0) > 0) return profile;
    throw new Mistake({
      message: `The set ${set} demands nothing of a profile “${name}”.`,
      place: '--profile',
      ...hint(suggest(name, Object.keys(demands))),
    });
  });
}

/** Whoever certifies may accept that a SHOULD is broken, and has to say why; a MUST is a MUST. */
function refuseWaivers(
  waivers: readonly Waiver[],
  demanded: readonly string[],
  { obligations }: Installed,
): void {
  const musts = waivers.filter(
    ({ obligation }) =>
      demanded.includes(obligation) && obligations.find(({ id }) => id === obligation)?.level === 'MUST',
  );
  if (musts.length > 0)
    throw new Mistake(
      musts.map(({ obligation, place }) => ({
        message: `“${obligation}” is a MUST; no certificate is given while it is waived.`,
        place,
        hint: 'Take the entry out, or certify profiles that it does not bind.',
      })),
    );
}
