/**
 * Checks a certificate and its bundle without a network: who signed it, whether a byte was changed, whether all that is
 * demanded is there, and whether the verdicts follow from the tapes. Verdicts are made anew, not believed. Pure.
 */
import type { ObligationSet } from '../../contracts/obligation-sets.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';
import { judgeRun } from '../judge/judge-run.ts';
import type { Tape } from '../judge/tape.ts';
import type { JudgedObligation, Report } from '../judge/verdict.ts';
import { rewatch, TapeError } from '../observe/rewatch.ts';
import {
  digestsOf,
  pageFile,
  reportFile,
  scenarioFile,
  setFile,
  tapeFile,
  unpackBundle,
  type BundleFiles,
} from './bundle.ts';
import {
  fingerprint,
  isSigned,
  renderCertificate,
  sha256,
  type Certificate,
  type Claims,
} from './certificate.ts';
import { demandedBy, showing } from './demands.ts';

/** What this installation of coex knows, to hold a bundle against. */
export interface Installed {
  readonly version: string;
  readonly sets: readonly ObligationSet[];
  readonly setText: (set: string) => string;
  readonly library: readonly Scenario[];
  readonly textOf: (scenario: Scenario) => string;
  readonly obligations: readonly JudgedObligation[];
}

export interface Problem {
  /** The file or the claim that is wrong: `certificate.json`, `tapes/echoes/a.json`, `signature`. */
  readonly what: string;
  readonly message: string;
}

export interface Given {
  readonly certificate: Certificate;
  /** Its file, as it is. */
  readonly text: string;
  readonly bundle: Uint8Array;
  /** Public key that the certifier is known by, as certificates name it; missing: any will do. */
  readonly trusted?: string;
}

/** @returns everything that is wrong; nothing: the certificate holds */
export async function verifyCertificate(given: Given, installed: Installed): Promise<readonly Problem[]> {
  const claims = given.certificate.certificate;
  const files = unpackBundle(given.bundle);
  const problems = [...sealProblems(given), ...claimProblems(claims, installed)];
  if (!files) return problems;
  return [
    ...problems,
    ...contentProblems(claims, files, installed),
    ...(await verdictProblems(claims, files, installed)),
  ];
}

/** Whether it is as it was signed, byte for byte, and by whom: what any version can tell of any certificate. */
export const sealProblems = (given: Given): readonly Problem[] => [
  ...signatureProblems(given),
  ...digestProblems(given.certificate.certificate, given.bundle, unpackBundle(given.bundle)),
];

function signatureProblems({ certificate, text, trusted }: Given): Problem[] {
  const problems: Problem[] = [];
  if (!isSigned(certificate))
    problems.push({
      what: 'signature',
      message: 'It does not fit: a claim, the key or the signature was changed.',
    });
  const written = renderCertificate(certificate);
  if (written !== text)
    problems.push({
      what: 'certificate.json',
      message: `It is not written as coex writes it, from character ${firstDifference(written, text)} on.`,
    });
  const { key } = certificate.certificate;
  if (trusted !== undefined && trusted !== key)
    problems.push({
      what: 'key',
      message: `It was signed by ${fingerprint(key)}, and you trust ${fingerprint(trusted)}.`,
    });
  return problems;
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/** Whether what is claimed is what the set demands. */
function claimProblems(claims: Claims, { sets, setText, obligations }: Installed): Problem[] {
  const set = sets.find((one) => one.set === claims.set);
  if (!set) return [{ what: 'set', message: `There is no set “${claims.set}”.` }];
  const problems: Problem[] = [];
  if (sha256(setText(set.set)) !== claims.setDigest)
    problems.push({ what: 'setDigest', message: `It is not the digest of the set ${set.set}.` });
  const demanded = demandedBy(set, claims.profiles);
  if (demanded.length === 0) problems.push({ what: 'profiles', message: 'The set demands nothing of them.' });
  for (const id of demanded)
    if (!(id in claims.obligations)) problems.push({ what: id, message: 'It is demanded, and not claimed.' });
  for (const [id, verdict] of Object.entries(claims.obligations)) {
    if (!demanded.includes(id)) problems.push({ what: id, message: 'It is claimed, and not demanded.' });
    if (verdict === 'pass') continue;
    if (obligations.find((one) => one.id === id)?.level !== 'SHOULD')
      problems.push({ what: id, message: 'A MUST cannot be waived.' });
    if (!claims.waivers.some(({ obligation }) => obligation === id))
      problems.push({ what: id, message: 'It is waived without a reason.' });
  }
  return problems;
}

/** A byte that differs, and in which file. */
function digestProblems(
  { bundle: claimed }: Claims,
  zip: Uint8Array,
  files: BundleFiles | undefined,
): Problem[] {
  if (sha256(zip) === claimed.sha256 && zip.length === claimed.bytes) return [];
  if (!files) return [{ what: 'bundle.zip', message: 'It is no zip that can be read.' }];
  const found = digestsOf(files);
  const names = [...new Set([...Object.keys(found), ...Object.keys(claimed.files)])].sort();
  const changed = names.flatMap((what): Problem[] => {
    if (found[what] === claimed.files[what]) return [];
    if (found[what] === undefined) return [{ what, message: 'It was taken out of the bundle.' }];
    if (claimed.files[what] === undefined) return [{ what, message: 'It was put into the bundle.' }];
    return [{ what, message: 'It was changed after the certificate was made.' }];
  });
  if (changed.length > 0) return changed;
  return [
    {
      what: 'bundle.zip',
      message: 'Its files are as they were; the zip around them (names, times, order) was changed.',
    },
  ];
}

/** Whether all that has to be there is there, and nothing else; scenarios and set are our own. */
function contentProblems(claims: Claims, files: BundleFiles, installed: Installed): Problem[] {
  const scenarios = wanted(claims, installed);
  const expected = new Map<string, string | undefined>([
    [reportFile, undefined],
    [pageFile, undefined],
    [
      setFile,
      installed.sets.some(({ set }) => set === claims.set) ? installed.setText(claims.set) : undefined,
    ],
  ]);
  for (const scenario of scenarios) {
    expected.set(tapeFile(scenario.id), undefined);
    expected.set(scenarioFile(scenario.id), installed.textOf(scenario));
  }
  const problems = [...expected].flatMap(([what, text]): Problem[] => {
    const found = files[what];
    if (found === undefined) return [{ what, message: 'It is missing from the bundle.' }];
    const isOurs = text === undefined || text === found;
    return isOurs ? [] : [{ what, message: `It is not the one of coex ${installed.version}.` }];
  });
  const strange = Object.keys(files).filter((name) => !expected.has(name));
  const digests = digestsOf(files);
  const unclaimed = Object.keys(digests).filter((name) => digests[name] !== claims.bundle.files[name]);
  return [
    ...problems,
    ...strange.map((what) => ({ what, message: 'Nothing of that name belongs into a bundle.' })),
    ...unclaimed.map((what) => ({ what, message: 'The certificate names another digest for it.' })),
  ];
}

const wanted = (claims: Claims, { sets, library }: Installed): readonly Scenario[] => {
  const set = sets.find((one) => one.set === claims.set);
  return set ? showing(library, demandedBy(set, claims.profiles)) : [];
};

/** Judges every tape again, and holds report and claims against it. */
async function verdictProblems(claims: Claims, files: BundleFiles, installed: Installed): Promise<Problem[]> {
  const problems: Problem[] = [];
  const seen = [];
  for (const scenario of wanted(claims, installed)) {
    const what = tapeFile(scenario.id);
    const tape = readObject(files[what]) as Tape | undefined;
    if (!tape) {
      if (files[what] !== undefined) problems.push({ what, message: 'It is no tape.' });
      continue;
    }
    try {
      if (tape.scenario !== scenario.id) throw new TapeError(scenario.id, `it is one of “${tape.scenario}”`);
      seen.push(await rewatch(scenario, tape));
    } catch (error) {
      // A tape that was tampered with may be wrong in any way; whatever it breaks, it is the tape that is wrong.
      problems.push({ what, message: error instanceof Error ? error.message : String(error) });
    }
  }
  const again = judgeRun(
    {
      coex: claims.coex,
      seed: claims.seed,
      config: '',
      at: claims.at,
      scenarios: seen,
      notices: [],
      tookMs: 0,
    },
    {
      obligations: installed.obligations,
      only: Object.keys(claims.obligations),
      profiles: claims.profiles,
      waivers: claims.waivers.map((waiver) => ({ ...waiver, place: 'certificate.json' })),
      today: claims.at.slice(0, 10),
      replay: () => '',
    },
  );
  problems.push(...differing(again, claims, readObject(files[reportFile]) as Report | undefined));
  return problems;
}

/** Where the verdicts made anew are not those of the certificate, or not those of the report. */
function differing(again: Report, claims: Claims, report: Report | undefined): Problem[] {
  const problems: Problem[] = [];
  for (const [id, claimed] of Object.entries(claims.obligations)) {
    const verdict = again.obligations.find((one) => one.id === id)?.verdict ?? 'not-observed';
    if (verdict !== claimed)
      problems.push({
        what: id,
        message: `It is claimed as “${claimed}”, and judged again it is “${verdict}”.`,
      });
  }
  if (!report) return [...problems, { what: reportFile, message: 'It is no report.' }];
  for (const { id, obligations } of again.scenarios) {
    const told = report.scenarios.find((one) => one.id === id);
    for (const { id: obligation, verdict } of obligations) {
      const given = told?.obligations.find((one) => one.id === obligation)?.verdict ?? 'nothing';
      if (given !== verdict)
        problems.push({
          what: reportFile,
          message: `It says “${given}” of ${obligation} in ${id}, and judged again it is “${verdict}”.`,
        });
    }
  }
  return problems;
}

function readObject(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null ? data : undefined;
  } catch {
    return undefined;
  }
}
