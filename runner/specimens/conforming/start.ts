/** Starts the inbox as a process of its own. */
import type { Conduct } from './conduct.ts';
import { createInbox } from './inbox.ts';
import { createServer } from './server.ts';
import { readSettings } from './settings.ts';

/** Listens on `PORT`, on the loopback interface, until the process is told to end. */
export function start(conduct: Conduct, env: NodeJS.ProcessEnv = process.env): void {
  const settings = readSettings(env);
  const server = createServer(createInbox(settings, conduct), settings, conduct);
  const listener = server.listen(settings.port, '127.0.0.1', (error) => {
    if (error) throw error;
    console.log(`The inbox is at http://127.0.0.1:${settings.port}/`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      listener.close(() => process.exit(0));
      listener.closeAllConnections();
    });
  }
}
