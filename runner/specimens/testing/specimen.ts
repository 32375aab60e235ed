/** A specimen inside the test's own process, with a recorder for its Graph. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { conduct as right, type Conduct } from '../conforming/conduct.ts';
import { createInbox } from '../conforming/inbox.ts';
import { createServer } from '../conforming/server.ts';
import type { Pacing } from '../conforming/settings.ts';
import { startRecorder, type Recorder } from './recorder.ts';
import { ana, deliver, phoneNumberId } from './webhooks.ts';

export const secret = 'test_app_secret';
export const verifyToken = 'a verify token';

export interface Specimen {
  readonly url: string;
  readonly graph: Recorder;
  /** What went wrong behind the answered webhooks. */
  readonly errors: readonly unknown[];
  /** Delivers a signed webhook and waits until all that follows from it is done. @returns the HTTP status */
  receive(body: unknown): Promise<number>;
  /** The same, without waiting for what follows. */
  startReceiving(body: unknown): Promise<number>;
  settled(): Promise<void>;
  /** The conversation with a customer, as the inbox shows it. */
  conversation(customer?: string): Promise<readonly Shown[]>;
  show(view: 'connection' | 'sync'): Promise<Readonly<Record<string, unknown>>>;
  contact(customer?: string): Promise<Readonly<Record<string, unknown>>>;
  signUp(code: string, event: unknown): Promise<Response>;
  close(): Promise<void>;
}

export interface Shown {
  readonly wamid: string;
  readonly author: string;
  readonly kind: string;
  readonly text: string;
  readonly sentAt: string;
  readonly delivery?: string;
  readonly failure?: { readonly code: number; readonly title: string };
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly imported: boolean;
}

/** @param changed - where the specimen conducts itself differently */
export async function startSpecimen(
  changed: Partial<Conduct> = {},
  pacing: Partial<Pacing> = {},
): Promise<Specimen> {
  const graph = await startRecorder();
  const conduct = { ...right, ...changed };
  const settings = {
    port: 0,
    graphBaseUrl: graph.url,
    token: 'EAAsystem',
    verifyToken,
    appSecret: secret,
    appId: '670843887433847',
    pacing: { thinkingMs: 1, firstRetryMs: 20, graphTimeoutMs: 10_000, ...pacing },
  };
  const errors: unknown[] = [];
  const inbox = createInbox(settings, conduct, (error) => errors.push(error));
  const server = await listen(createServer(inbox, settings, conduct));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const read = async <T>(path: string): Promise<T> => (await (await fetch(`${url}/${path}`)).json()) as T;
  return {
    url,
    graph,
    errors,
    async receive(body) {
      const status = await deliver(url, body, secret);
      await inbox.settled();
      return status;
    },
    startReceiving: (body) => deliver(url, body, secret),
    settled: () => inbox.settled(),
    conversation: (customer = ana) => read(`conversations/${phoneNumberId}/${customer}`),
    show: (view) => read(`${view}/${phoneNumberId}`),
    contact: (customer = ana) => read(`contacts/${phoneNumberId}/${customer}`),
    signUp: (code, event) =>
      fetch(`${url}/signup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, event }),
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await graph.close();
    },
  };
}

function listen(app: ReturnType<typeof createServer>): Promise<Server> {
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server));
  });
}
