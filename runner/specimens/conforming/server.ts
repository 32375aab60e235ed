/** The doors of the inbox: Meta's webhook, the signup page's hand-over, and what operators and their tools look at. */
import express, { type Express, type Request, type Response } from 'express';
import type { Conduct } from './conduct.ts';
import type { Inbox } from './inbox.ts';
import { renderPage } from './page.ts';
import type { Settings } from './settings.ts';
import { SignupError } from './signup.ts';
import { showContact, showConnection, showConversation, showSync } from './views.ts';
import { parseWebhook } from './wire.ts';

/** Meta sends up to 3 MB. */
const largestWebhook = '4mb';

export function createServer(inbox: Inbox, settings: Settings, conduct: Conduct): Express {
  const server = express();
  server.disable('x-powered-by');
  server.get('/health', (_request, response) => void response.json({ ok: true }));
  server.get('/webhook', (request, response) => handshake(request, response, settings, conduct));
  server.post('/webhook', express.raw({ type: () => true, limit: largestWebhook }), (request, response) =>
    webhook(request, response, inbox, settings, conduct),
  );
  server.post('/signup', express.json(), (request, response) => signup(request, response, inbox, conduct));
  views(server, inbox, conduct);
  return server;
}

function handshake(request: Request, response: Response, settings: Settings, conduct: Conduct): void {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = request.query;
  const given = typeof token === 'string' ? token : undefined;
  if (mode !== 'subscribe' || !conduct.isOurToken(given, settings.verifyToken)) {
    response.sendStatus(403);
    return;
  }
  // As plain text: a challenge that somebody else made up must not be read as a page.
  response.type('text/plain').send(conduct.shownChallenge(typeof challenge === 'string' ? challenge : ''));
}

async function webhook(
  request: Request,
  response: Response,
  inbox: Inbox,
  settings: Settings,
  conduct: Conduct,
): Promise<void> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const parsed = parseWebhook(body);
  if (!conduct.isSignedByMeta(body, request.get('x-hub-signature-256'), settings.appSecret)) {
    response.sendStatus(401);
    if (parsed && conduct.heedsForged()) inbox.take(parsed);
    return;
  }
  if (!parsed) {
    response.sendStatus(400);
    return;
  }
  const status = conduct.answerTo(parsed, inbox.isOurs);
  await conduct.beforeAnswer(parsed, inbox.look);
  // Answered first, done after: Meta waits only seconds, and then sends it all again.
  response.sendStatus(status);
  inbox.take(parsed);
}

async function signup(request: Request, response: Response, inbox: Inbox, conduct: Conduct): Promise<void> {
  const { code: given, event } = (request.body ?? {}) as {
    readonly code?: unknown;
    readonly event?: unknown;
  };
  const code = typeof given === 'string' ? given : conduct.codeOfCancelled();
  if (code === undefined) {
    response.status(400).json({ error: 'The popup handed over no code.' });
    return;
  }
  try {
    await conduct.beforeSignup(response);
    const numbers = await inbox.signup.complete(code, event);
    if (!response.headersSent) response.json({ numbers });
  } catch (error) {
    if (!(error instanceof SignupError)) throw error;
    if (!response.headersSent) response.status(502).json({ error: error.message });
  }
}

function views(server: Express, inbox: Inbox, conduct: Conduct): void {
  server.get('/conversations/:phoneNumberId/:customer', async (request, response) => {
    const { phoneNumberId, customer } = request.params;
    response.json(await showConversation(inbox, conduct, phoneNumberId, customer));
  });
  server.get('/contacts/:phoneNumberId/:customer', (request, response) => {
    response.json(showContact(inbox, request.params.phoneNumberId, request.params.customer));
  });
  server.get('/connection/:phoneNumberId', (request, response) => {
    const { waba } = request.query;
    const wabaId = typeof waba === 'string' ? waba : undefined;
    response.json(showConnection(inbox, conduct, request.params.phoneNumberId, wabaId));
  });
  server.get('/sync/:phoneNumberId', (request, response) => {
    response.json(showSync(inbox, conduct, request.params.phoneNumberId));
  });
  server.get('/', async (_request, response) => {
    response.type('text/html').send(await renderPage(inbox, conduct));
  });
}
