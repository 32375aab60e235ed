/**
 * The operator's door, below `/_coex`: look at worlds, let time pass, play steps, follow what happens.
 *
 * Express is loaded with the first request, so that starting the simulator does not pay for it.
 */
import type { RequestListener, Server } from 'node:http';
import type { Simulator } from '../index.ts';
import type { ControlOptions } from './app.ts';
import { attachStream } from './stream.ts';

export type { ControlOptions } from './app.ts';

/** Use as `attach` of `createSimulator`. */
export const control =
  (options: ControlOptions) =>
  (simulator: Simulator, server: Server): RequestListener => {
    attachStream(simulator, server, options);
    let app: Promise<RequestListener> | undefined;
    return (request, response) => {
      app ??= import('./app.ts').then(({ createApp }) => createApp(simulator, options));
      app.then(
        (listener) => listener(request, response),
        (error: unknown) => {
          response.writeHead(500, { 'content-type': 'text/plain' }).end(`coex: ${String(error)}\n`);
        },
      );
    };
  };
