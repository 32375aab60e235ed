/** `/me`: who a token belongs to. */
import { accept, type Command, type Decision } from '../../core/decision.ts';
import { commands, edge, type Feature } from '../../core/feature.ts';
import { mintGraphId, type AccessToken } from '../../core/identifiers.ts';
import { createRandom, hashSeed } from '../../core/random.ts';
import type { ReadonlyWorld } from '../../core/world.ts';

/** `GET /me`. */
interface ReadMe extends Command {
  readonly type: 'read-me';
  readonly token: string;
}

interface Me {
  readonly id: string;
  readonly name: string;
}

/** A system user has an id of its own, which follows from its token; an app's token is the app itself (assumed). */
function readMe(world: ReadonlyWorld, { token }: ReadMe): Decision<Me> {
  const grant = world.tokens.get(token as AccessToken);
  const appId = token.split('|')[0] ?? '';
  if (!grant && world.nodes.get(appId) === 'app')
    return accept([], {
      id: appId,
      name: [...world.apps.values()].find(({ id }) => id === appId)?.name ?? '',
    });
  return accept([], { id: mintGraphId(createRandom(hashSeed(token))), name: 'Conversions API System User' });
}

export const meFeature: Feature = {
  name: 'me',
  edges: [
    edge<ReadMe, Me>({
      method: 'GET',
      node: 'root',
      edge: 'me',
      contract: 'me',
      permission: 'app',
      parse: ({ token }) => ({ type: 'read-me', token }),
      render: ({ id, name }) => ({ name, id }),
      selects: { nodeType: 'User', known: ['name', 'id'], byDefault: ['name'] },
    }),
  ],
  commands: commands<ReadMe>({ 'read-me': readMe }),
};
