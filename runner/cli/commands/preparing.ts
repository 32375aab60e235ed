/** The commands before and beside a run: setting up, reading, explaining. Code is loaded when it is called. */
import type { Command } from 'commander';
import type { DoctorFlags } from '../doctor.ts';
import type { InitFlags } from '../init.ts';
import type { ExitCode, Io } from '../io.ts';
import type { LintFlags } from '../lint.ts';
import type { ListFlags } from '../list.ts';
import { collect } from './values.ts';

/** `init` and `doctor`. */
export function addSetUp(program: Command, io: Io, end: (code: ExitCode) => void): void {
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
    .action(async (flags: InitFlags) => end(await (await import('../init.ts')).init(flags, io)));
  program
    .command('doctor')
    .description('say what is wrong with a set-up, and how to mend it')
    .option('-c, --config <file>', 'the config (default: coex.config.yaml)')
    .option('-v, --verbose', 'also show the output of the system under test')
    .action(async (flags: DoctorFlags) => end(await (await import('../doctor.ts')).doctor(flags, io)));
}

/** `validate`, `lint`, `list`, `explain`. */
export function addKnowledge(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('validate [files...]')
    .description('read scenarios without playing them, and tell everything that is wrong')
    .action(async (files: string[]) => end((await import('../validate.ts')).validate(files, io)));
  program
    .command('lint [files...]')
    .description('hold captured webhook bodies and Graph exchanges (JSON, JSON Lines, HAR) to the contracts')
    .option('--learn', 'print each body that differs, private content masked, for a bug report')
    .action(async (files: string[], flags: LintFlags) =>
      end((await import('../lint.ts')).lint(files, flags, io)),
    );
  program
    .command('list [what]')
    .description('list scenarios, obligations, sets, failures, errors, or how sure each answer is')
    .usage('scenarios|obligations|errors|--fidelity')
    .option('--fidelity', 'every operation, webhook field and error: how it is answered, evidence, source')
    .option('--markdown', 'the same as a page')
    .action(async (what: string | undefined, flags: ListFlags) =>
      end(await (await import('../list.ts')).list(what, flags, io)),
    );
  program
    .command('explain <id>')
    .description(
      'explain an obligation, a scenario, an error code or the config: what, why, on whose word, and how to mend it',
    )
    .action(async (id: string) => end((await import('../explain.ts')).explain(id, io)));
}
