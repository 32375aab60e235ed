/** The node of an app. */
import { accept, mistake, type Command, type Decision } from '../../core/decision.ts';
import { commands, edge, type Feature } from '../../core/feature.ts';
import type { AppId } from '../../core/identifiers.ts';
import type { App, ReadonlyWorld } from '../../core/world.ts';

/** `GET /{app-id}`. */
interface ReadApp extends Command {
  readonly type: 'read-app';
  readonly appId: AppId;
}

function readApp(world: ReadonlyWorld, { appId }: ReadApp): Decision<Pick<App, 'id' | 'name'>> {
  const app = world.apps.get(appId);
  return app ? accept([], app) : mistake(`There is no app ${appId}.`);
}

export const appFeature: Feature = {
  name: 'app',
  edges: [
    edge<ReadApp, Pick<App, 'id' | 'name'>>({
      method: 'GET',
      node: 'app',
      edge: '',
      contract: 'app',
      permission: 'app',
      parse: ({ nodeId }) => ({ type: 'read-app', appId: nodeId as AppId }),
      render: ({ id, name }) => ({
        name,
        link: `https://www.facebook.com/games/?app_id=${id}`,
        category: 'Business and pages',
        id,
      }),
      selects: {
        nodeType: 'Application',
        known: ['name', 'link', 'category', 'id'],
        byDefault: ['name', 'link', 'category'],
      },
    }),
  ],
  commands: commands<ReadApp>({ 'read-app': readApp }),
};
