/** Programs that are measured run in processes of their own and talk to the bench in JSON messages. */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Child<Message> {
  /** The next message, in order. Rejects where the process ends first. */
  next(): Promise<Message>;
  send(message: object): void;
  /** Ends the process and waits until it is gone. */
  stop(): Promise<void>;
}

/** @param name - file in `children/`, without extension */
export function startChild<Message>(name: string, args: readonly string[] = []): Child<Message> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const file = fileURLToPath(new URL(`./children/${name}.${extension}`, import.meta.url));
  const child = fork(file, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const messages: Message[] = [];
  const waiting: { resolve: (message: Message) => void; reject: (error: Error) => void }[] = [];
  child.on('message', (message) => {
    const next = waiting.shift();
    if (next) next.resolve(message as Message);
    else messages.push(message as Message);
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting) reject(new Error(`${name} ended with ${code ?? 'a signal'}.`));
  });
  return {
    next: () => {
      const message = messages.shift();
      if (message !== undefined) return Promise.resolve(message);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    send: (message) => child.send(message),
    stop: () => stop(child),
  };
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** For children: sends a message to the bench. */
export function report(message: object): void {
  process.send?.(message);
}
