/** The commands with a simulator and no judge. Code is loaded when it is called, so that `serve` is up at once. */
import type { Command } from 'commander';
import type { ExecFlags } from '../exec.ts';
import type { AnyExitCode, ExitCode, Io } from '../io.ts';
import type { ResendFlags } from '../resend.ts';
import type { ServeFlags } from '../serve.ts';
import type { TriggerFlags } from '../trigger.ts';
import type { RecordFlags } from '../record.ts';
import { collect, port, wholeNumber } from './values.ts';

/** `serve`. */
export function addServe(program: Command, io: Io, end: (code: ExitCode) => void): void {
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
    .action(async (flags: ServeFlags) => end(await (await import('../serve.ts')).serve(flags, io)));
}

/** `exec`, `trigger`, `resend`. */
export function addByHand(program: Command, io: Io, end: (code: AnyExitCode) => void): void {
  program
    .command('exec [command...]')
    .description('a simulator for as long as a command of yours takes: coex exec -- npm test')
    .option('-p, --port <port>', 'its port; 0 for any free one', port, 0)
    .option('-s, --seed <seed>', 'decides every id and chance', 'coex')
    .option('--callback <url>', 'where webhooks go')
    .action(async (command: string[], flags: ExecFlags) =>
      end(await (await import('../exec.ts')).exec(command, flags, io)),
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
      end(await (await import('../trigger.ts')).trigger(what, flags, io)),
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
      end(await (await import('../resend.ts')).resend(number, flags, io)),
    );
}

/** `record`. */
export function addRecord(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('record')
    .description('stand between a sender of webhooks and your system, and write what happened as a scenario')
    .option('--target <url>', 'where your system takes webhooks')
    .option('-p, --port <port>', 'where webhooks come in; 0 for any free one', port, 4001)
    .option('-o, --out <file>', 'the scenario, written when it is stopped', 'recorded.scenario.yaml')
    .option('--raw <file>', 'also append each exchange, redacted, as coex lint reads it')
    .option('--graph <url>', "also take your system's Graph calls, and pass them on there")
    .option('--graph-port <port>', 'where Graph calls come in; 0 for any free one', port, 4002)
    .action(async (flags: RecordFlags) => end(await (await import('../record.ts')).record(flags, io)));
}
