/** The commands and their flags. Each command's code is loaded when it is called, so that `serve` is up at once. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { KeygenFlags } from './certifier-key.ts';
import type { CertifyFlags } from './certify.ts';
import type { DoctorFlags } from './doctor.ts';
import type { ExecFlags } from './exec.ts';
import type { InitFlags } from './init.ts';
import type { AnyExitCode, ExitCode, Io } from './io.ts';
import type { LintFlags } from './lint.ts';
import type { ListFlags } from './list.ts';
import type { MergeFlags } from './merge.ts';
import type { RecordFlags } from './record.ts';
import { readShard, type Shard } from '../plan/select.ts';
import type { ResendFlags } from './resend.ts';
import type { RunFlags } from './run.ts';
import type { ServeFlags } from './serve.ts';
import type { TriggerFlags } from './trigger.ts';
import type { VerifyFlags } from './verify.ts';
import { readVersion } from './version.ts';

/**
 * Runs one command line.
 *
 * @param args - without the program's own name
 * @returns the exit code; never throws
 */
export async function main(args: readonly string[], io: Io): Promise<AnyExitCode> {
  let exitCode: AnyExitCode = 0;
  const program = describeProgram(io, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return await explainError(error, io);
  }
}

function describeProgram(io: Io, end: (code: AnyExitCode) => void): Command {
  const program = new Command('coex')
    .description('A Meta API simulator and contract-testing harness for WhatsApp Coexistence.')
    .exitOverride()
    .configureOutput({ writeOut: io.out.write, writeErr: io.err.write })
    .addHelpText('after', helpAfter)
    .version(readVersion());
  addSetUp(program, io, end);
  addRun(program, io, end);
  addCertificates(program, io, end);
  addServe(program, io, end);
  addByHand(program, io, end);
  addRecord(program, io, end);
  program
    .command('validate [files...]')
    .description('read scenarios without playing them, and tell everything that is wrong')
    .action(async (files: string[]) => end((await import('./validate.ts')).validate(files, io)));
  program
    .command('lint [files...]')
    .description('hold captured webhook bodies and Graph exchanges (JSON, JSON Lines, HAR) to the contracts')
    .option('--learn', 'print each body that differs, private content masked, for a bug report')
    .action(async (files: string[], flags: LintFlags) =>
      end((await import('./lint.ts')).lint(files, flags, io)),
    );
  program
    .command('list [what]')
    .description('list scenarios, obligations, sets, failures, errors, or how sure each answer is')
    .usage('scenarios|obligations|errors|--fidelity')
    .option('--fidelity', 'every operation, webhook field and error: how it is answered, evidence, source')
    .option('--markdown', 'the same as a page')
    .action(async (what: string | undefined, flags: ListFlags) =>
      end(await (await import('./list.ts')).list(what, flags, io)),
    );
  program
    .command('explain <id>')
    .description(
      'explain an obligation, a scenario, an error code or the config: what, why, on whose word, and how to mend it',
    )
    .action(async (id: string) => end((await import('./explain.ts')).explain(id, io)));
  return program;
}

const helpAfter = `
Exit codes: 0 kept · 1 an obligation broken · 2 your mistake · 3 inconclusive · 70 a fault of coex`;

function addRun(program: Command, io: Io, end: (code: ExitCode) => void): void {
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
        end(await (await import('./run.ts')).run(files, given, io));
      },
    );
  program
    .command('merge <reports...>')
    .description('join the JSON reports of the parts of one run')
    .option('-r, --report <kind=file>', `write a report: ${reportNames}, each =FILE`, collect, [])
    .option('--format <kind>', 'what is written to the standard output, in place of text')
    .action(async (files: string[], flags: MergeFlags) =>
      end(await (await import('./merge.ts')).merge(files, flags, io)),
    );
}

const reportNames = 'json, junit, html, markdown, badge';

function addSetUp(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('init')
    .description('write a config, a first scenario and a CI file, and check that the system answers')
    .option('--command <command>', 'how the system is started')
    .option('--webhook <url>', 'where it takes webhooks; {port} stands for a port that coex chooses')
    .option('--ready <url>', 'an address that answers once it is up')
    .option('--verify-token <token>', 'of the handshake, where it cannot be told by the environment')
    .option('--app-secret <secret>', 'what webhooks are signed with, likewise')
    .option('--profile <profile>', 'what it does; may be given more than once', collect, [])
    .option('--numbers <many|one>', 'whether it serves many numbers at once or one that is fixed')
    .option('--reach <way>', 'how it comes to coex: base-url, redirect, proxy or hosts')
    .option('--ci <kind>', 'github, gitlab or none')
    .option('-y, --yes', 'ask nothing')
    .option('--force', 'overwrite files that are there')
    .option('--no-check', 'do not start and ask the system')
    .action(async (flags: InitFlags) => end(await (await import('./init.ts')).init(flags, io)));
  program
    .command('doctor')
    .description('say what is wrong with a set-up, and how to mend it')
    .option('-c, --config <file>', 'the config (default: coex.config.yaml)')
    .option('-v, --verbose', 'also show the output of the system under test')
    .action(async (flags: DoctorFlags) => end(await (await import('./doctor.ts')).doctor(flags, io)));
}

function addByHand(program: Command, io: Io, end: (code: AnyExitCode) => void): void {
  program
    .command('exec [command...]')
    .description('a simulator for as long as a command of yours takes: coex exec -- npm test')
    .option('-p, --port <port>', 'its port; 0 for any free one', port, 0)
    .option('-s, --seed <seed>', 'decides every id and chance', 'coex')
    .option('--callback <url>', 'where webhooks go')
    .action(async (command: string[], flags: ExecFlags) =>
      end(await (await import('./exec.ts')).exec(command, flags, io)),
    );
  program
    .command('trigger [webhook]')
    .description(
      'send one webhook now, correctly signed: coex trigger messages/text --set messages.0.text.body=Oi',
    )
    .option('--to <url>', "where it goes (default: the config's webhook)")
    .option(
      '--app-secret <secret>',
      "what it is signed with (default: the config's, else WHATSAPP_APP_SECRET)",
    )
    .option('-c, --config <file>', 'the config (default: coex.config.yaml)')
    .option('--set <path=value>', 'change a value; may be given more than once', collect, [])
    .option('--body <file>', 'exactly these bytes, in place of an example')
    .option('--print', 'only show the body')
    .action(async (what: string | undefined, flags: TriggerFlags) =>
      end(await (await import('./trigger.ts')).trigger(what, flags, io)),
    );
  program
    .command('resend')
    .argument('<number>', 'of the exchange, as console and journal show it', wholeNumber(1, 1e9))
    .description(
      'send a webhook of a running coex serve once more, the same bytes; or make a Graph call again',
    )
    .option('--at <url>', 'where the simulator is', 'http://127.0.0.1:4000')
    .option('--world <name>', 'whose journal', 'default')
    .option('--operator-token <secret>', 'where the simulator wants one')
    .action(async (number: number, flags: ResendFlags) =>
      end(await (await import('./resend.ts')).resend(number, flags, io)),
    );
}

function addCertificates(program: Command, io: Io, end: (code: ExitCode) => void): void {
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
    .action(async (flags: CertifyFlags) => end(await (await import('./certify.ts')).certify(flags, io)));
  program
    .command('verify <certificate>')
    .description('check a certificate and its bundle, without a network: signature, digests, verdicts')
    .option('--key <file>', 'the public key of the certifier you trust')
    .option('--bundle <file>', 'the bundle (default: bundle.zip beside it)')
    .action(async (given: string, flags: VerifyFlags) =>
      end(await (await import('./verify.ts')).verify(given, flags, io)),
    );
  program
    .command('keygen')
    .description("make a certifier's pair of keys (Ed25519)")
    .option('-o, --out <name>', 'path of the two files, without their ending', 'coex-certifier')
    .action(async (flags: KeygenFlags) => end((await import('./certifier-key.ts')).keygen(flags, io)));
}

function addServe(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('serve')
    .description('only the simulator, on the wall clock, until it is stopped')
    .option('-p, --port <port>', 'its port; 0 for any free one', port, 4000)
    .option('--host <host>', 'the address it listens on', '127.0.0.1')
    .option('-s, --seed <seed>', 'decides every id and chance', 'coex')
    .option('--callback <url>', 'where webhooks go')
    .option('--verify-token <token>', 'token of the handshake')
    .option('--app-secret <secret>', 'what webhooks are signed with')
    .option('--token <token>', 'access token that the system calls with')
    .option('-c, --config <file>', 'of the system under test that scenarios are run against in the console')
    .option('--data <folder>', 'keeps everything there, and begins from it')
    .option('--operator-token <secret>', 'wanted by the control API; needed beyond loopback')
    .action(async (flags: ServeFlags) => end(await (await import('./serve.ts')).serve(flags, io)));
}

function addRecord(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('record')
    .description('stand between a sender of webhooks and your system, and write what happened as a scenario')
    .option('--target <url>', 'where your system takes webhooks')
    .option('-p, --port <port>', 'where webhooks come in; 0 for any free one', port, 4001)
    .option('-o, --out <file>', 'the scenario, written when it is stopped', 'recorded.scenario.yaml')
    .option('--raw <file>', 'also append each exchange, redacted, as coex lint reads it')
    .option('--graph <url>', "also take your system's Graph calls, and pass them on there")
    .option('--graph-port <port>', 'where Graph calls come in; 0 for any free one', port, 4002)
    .action(async (flags: RecordFlags) => end(await (await import('./record.ts')).record(flags, io)));
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
const positive = wholeNumber(1, 1_000);
const few = wholeNumber(0, 10);
const port = wholeNumber(0, 65_535);

function shard(text: string): Shard {
  const read = readShard(text);
  if (read) return read;
  throw new InvalidArgumentError('It must be a part such as 1/4.');
}

function instant(text: string): number {
  const ms = Date.parse(text);
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(ms)) return Math.floor(ms / 1_000) * 1_000;
  throw new InvalidArgumentError('It must be an instant such as 2026-06-01T09:00:00Z.');
}

/** A mistake is told with its way out; anything else is a fault of ours, with its stack. */
async function explainError(error: unknown, io: Io): Promise<ExitCode> {
  const { Mistake, renderNotes } = await import('../plan/mistake.ts');
  if (error instanceof Mistake) {
    io.err.write(`${renderNotes(error.notes)}\n`);
    return error.exitCode;
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err.write(
    `This is a fault of coex, not of your system or your files. Please report it with these lines:\n${what}\n`,
  );
  return 70;
}
