/**
 * What Meta's hosts serve to browsers for Embedded Signup: the JavaScript SDK's stand-in, and the pop-up with what it
 * asks of us. Open to everybody who reaches the simulator, as Meta's is; but only its own pages may act.
 */
import { Router, type NextFunction, type Request, type Response } from 'express';
import { builtFolder, sendPage } from '../console/files.ts';
import type { Simulator } from '../index.ts';
import {
  coexistenceFeature,
  createSignupFlow,
  DialogMistake,
  type DialogNumber,
  type DialogRefusal,
  type Flow,
} from './flow.ts';

const text = (value: unknown, most = 500): string => (typeof value === 'string' ? value.slice(0, most) : '');

/** `extras` says which flow is meant; since v4 that may also be the configuration's business, which we do not have. */
function flowOf(extras: unknown): Flow {
  try {
    const { featureType } = JSON.parse(text(extras, 5_000)) as { readonly featureType?: unknown };
    return featureType === coexistenceFeature ? 'coexistence' : 'ordinary';
  } catch {
    return 'ordinary';
  }
}

export function signupDialog(simulator: Simulator): Router {
  const router = Router();
  const signup = createSignupFlow(simulator);
  const folder = builtFolder();

  router.get(/^\/[a-z]{2}_[A-Z]{2}\/sdk\.js$/, (_request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    sendPage('sdk.js', folder, response);
  });
  router.get(/^\/(v\d+\.\d+\/)?dialog\/oauth$/, (_request, response) =>
    sendPage('dialog.html', folder, response),
  );
  // The page that opened the pop-up asks; only it knows the channel.
  router.get('/dialog/oauth/result', ({ query }, response) => {
    response.setHeader('access-control-allow-origin', '*');
    const result = signup.result(text(query['channel']));
    if (result) response.json(result);
    else response.status(404).json({ error: 'Nothing has come of this pop-up yet.' });
  });

  router.use('/dialog/oauth', ({ headers }: Request, response: Response, next: NextFunction) => {
    const { origin, host } = headers;
    if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) next();
    else response.status(403).json({ error: 'Only the pop-up itself may do this.' });
  });
  router.get('/dialog/oauth/context', ({ query }, response) => {
    response.json(signup.context(text(query['client_id']), flowOf(query['extras'])));
  });
  router.get('/dialog/oauth/phone', ({ query }, response) => {
    response.json(
      signup.phone({
        world: text(query['world']),
        phoneNumberId: text(query['phoneNumberId']),
        displayPhoneNumber: '',
      }),
    );
  });
  router.post('/dialog/oauth/:deed', ({ params: { deed }, body }, response) => {
    response.json(act(deed, (body ?? {}) as Asked) ?? {});
  });

  interface Asked {
    readonly channel?: unknown;
    readonly clientId?: unknown;
    readonly extras?: unknown;
    readonly flow?: unknown;
    readonly typed?: unknown;
    readonly name?: unknown;
    readonly code?: unknown;
    readonly history?: unknown;
    readonly screen?: unknown;
    readonly number?: DialogNumber;
    readonly refusal?: DialogRefusal;
  }

  function act(deed: string, asked: Asked): object | undefined {
    const clientId = text(asked.clientId);
    const channel = text(asked.channel);
    const { number } = asked;
    const flow: Flow = asked.flow === 'ordinary' ? 'ordinary' : 'coexistence';
    switch (deed) {
      case 'begin':
        return signup.begin(clientId, text(asked.typed), flow);
      case 'add':
        return signup.add(clientId, text(asked.name, 100) || 'New business', text(asked.typed));
      case 'confirm':
        return signup.confirm(wanted(number), asked.history === 'declined' ? 'declined' : 'shared');
      case 'verify':
        return { right: signup.verify(wanted(number), text(asked.code)) };
      case 'finish-without-number':
        signup.finishWithoutNumber(channel, clientId);
        return undefined;
      case 'finish':
        signup.finish(channel, clientId, wanted(number), flow);
        return undefined;
      case 'cancel':
        signup.cancel(channel, text(asked.screen), number);
        return undefined;
      case 'fail':
        signup.fail(channel, asked.refusal ?? { code: 0, message: 'Unknown error' }, number);
        return undefined;
      default:
        throw new DialogMistake(`The pop-up has no “${deed}”.`);
    }
  }
  return router;
}

function wanted(number: DialogNumber | undefined): DialogNumber {
  if (number && typeof number.world === 'string' && typeof number.phoneNumberId === 'string') return number;
  throw new DialogMistake('No number was chosen yet.');
}
