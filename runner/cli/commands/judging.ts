/** The commands that judge a system under test: their flags and words. Code is loaded when it is called. */
import type { Command } from 'commander';
import type { KeygenFlags } from '../certifier-key.ts';
import type { CertifyFlags } from '../certify.ts';
import type { ExitCode, Io } from '../io.ts';
import type { MergeFlags } from '../merge.ts';
import type { RunFlags } from '../run.ts';
import type { VerifyFlags } from '../verify.ts';
import { collect, few, instant, positive, shard } from './values.ts';

const reportNames = 'json, junit, html, markdown, badge';

/** `run` and `merge`. */
export function addRun(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('run [files...]')
    .description('play scenarios against a system under test and judge it')
    .option('-c, --config <file>', 'the config (default: coex.config.yaml)')
    .option('-r, --report <kind=file>', `also write a report: ${reportNames}, each =FILE`, collect, [])
    .option('--format <kind>', 'what is written to the standard output, in place of text')
    .option('-g, --grep <pattern>', 'only scenarios whose id or title fits')
    .option('--obligation <id>', 'only what shows this obligation; may be given more than once', collect, [])
    .option(
      '--profile <profile>',
      'only this one of the declared profiles; may be given more than once',
      collect,
      [],
    )
    .option(
      '--shard <part>',
      'only one of so many parts, such as 1/4; coex merge joins their JSON reports',
      shard,
    )
    .option('-s, --seed <seed>', 'decides every id and chance', 'coex')
    .option('-j, --jobs <n>', 'most scenarios at a time', positive, 16)
    .option(
      '--anchor <instant>',
      'virtual start of every scenario, ISO 8601 (default: so that they end now)',
      instant,
    )
    .option('--bail [n]', 'begin nothing more after so many broken scenarios (1)', positive)
    .option('--retries <n>', 'play what is broken or inconclusive again, so often', few, 0)
    .option('-w, --watch', 'play again whenever a scenario, the config or a source file changes')
    .option('--baseline <file>', 'obligations that may be broken for a while (default: coex.baseline.yaml)')
    .option('--update-baseline', 'write what is broken now into it')
    .option('--transcripts', 'keep all that was said, in the JSON report')
    .option('--log <file>', 'write the logs of all worlds, one record a line')
    .option('--no-self-check', 'do not hold the simulator itself to its contracts')
    .option('-v, --verbose', 'also show the output of the system under test')
    .action(
      async (
        files: string[],
        { bail, ...flags }: Omit<RunFlags, 'bail'> & { readonly bail?: number | true },
      ) => {
        const given = { ...flags, ...(bail !== undefined && { bail: bail === true ? 1 : bail }) };
        end(await (await import('../run.ts')).run(files, given, io));
      },
    );
  program
    .command('merge <reports...>')
    .description('join the JSON reports of the parts of one run')
    .option('-r, --report <kind=file>', `write a report: ${reportNames}, each =FILE`, collect, [])
    .option('--format <kind>', 'what is written to the standard output, in place of text')
    .action(async (files: string[], flags: MergeFlags) =>
      end(await (await import('../merge.ts')).merge(files, flags, io)),
    );
}

/** `certify`, `verify`, `keygen`. */
export function addCertificates(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('certify')
    .description('play what a frozen set demands, and sign that it was kept')
    .requiredOption('--key <file>', 'the private key to sign with; coex keygen makes one')
    .requiredOption('--system <name>', 'what is examined, such as "Inbox 4.2"')
    .option('--set <set>', 'the frozen set (default: the newest)')
    .option('--profile <profile>', 'what the system claims to be (default: as the config says)', collect, [])
    .option('-o, --out <folder>', 'where certificate and bundle are written', 'coex-certificate')
    .option('-c, --config <file>', 'the config (default: coex.config.yaml)')
    .option('-s, --seed <seed>', 'decides every id and chance', 'coex')
    .option('-j, --jobs <n>', 'most scenarios at a time', positive, 16)
    .option('--baseline <file>', 'broken SHOULDs that are accepted, with a reason')
    .action(async (flags: CertifyFlags) => end(await (await import('../certify.ts')).certify(flags, io)));
  program
    .command('verify <certificate>')
    .description('check a certificate and its bundle, without a network: signature, digests, verdicts')
    .option('--key <file>', 'the public key of the certifier you trust')
    .option('--bundle <file>', 'the bundle (default: bundle.zip beside it)')
    .action(async (given: string, flags: VerifyFlags) =>
      end(await (await import('../verify.ts')).verify(given, flags, io)),
    );
  program
    .command('keygen')
    .description("make a certifier's pair of keys (Ed25519)")
    .option('-o, --out <name>', 'path of the two files, without their ending', 'coex-certifier')
    .action(async (flags: KeygenFlags) => end((await import('../certifier-key.ts')).keygen(flags, io)));
}
