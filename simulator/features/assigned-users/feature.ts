/** `assigned_users`: people and system users who may work on an account. */
import { accept, mistake, type Command, type Decision, type WorldEvent } from '../../core/decision.ts';
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import type { WabaId } from '../../core/identifiers.ts';
import { textOf, textsOf } from '../../core/wire-values.ts';
import { slice, type ReadonlyWorld } from '../../core/world.ts';

interface AssignUser extends Command {
  readonly type: 'assign-user';
  readonly wabaId: WabaId;
  readonly user: string;
  readonly tasks: readonly string[];
}

interface RemoveUser extends Command {
  readonly type: 'remove-assigned-user';
  readonly wabaId: WabaId;
  readonly user: string;
}

interface ListUsers extends Command {
  readonly type: 'list-assigned-users';
  readonly wabaId: WabaId;
}

interface UserAssigned extends WorldEvent {
  readonly type: 'user-assigned';
  readonly wabaId: WabaId;
  readonly user: string;
  /** Empty: nobody any more. */
  readonly tasks: readonly string[];
}

type Tasks = ReadonlyMap<string, readonly string[]>;

/** Tasks by account and user. */
const assigned = slice<Map<WabaId, Map<string, readonly string[]>>>('assigned-users', () => new Map());

function assign(world: ReadonlyWorld, command: AssignUser | RemoveUser): Decision<undefined> {
  if (!world.wabas.has(command.wabaId)) return mistake(`There is no account ${command.wabaId}.`);
  const changed: UserAssigned = {
    type: 'user-assigned',
    wabaId: command.wabaId,
    user: command.user,
    tasks: command.type === 'assign-user' ? command.tasks : [],
  };
  return accept([changed], undefined);
}

const list = (world: ReadonlyWorld, { wabaId }: ListUsers): Decision<Tasks> =>
  accept([], assigned.of(world).get(wabaId) ?? new Map<string, readonly string[]>());

const place = {
  node: 'waba',
  edge: 'assigned_users',
  contract: 'assigned-users',
  permission: 'whatsapp_business_management',
} as const;

export const assignedUsersFeature: Feature = {
  name: 'assigned-users',
  edges: [
    edge<ListUsers, Tasks>({
      ...place,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'list-assigned-users', wabaId: nodeId as WabaId }),
      // Names of people are nowhere in this world.
      render: (tasks) => ({
        data: [...tasks].map(([id, own]) => ({ id, name: `User ${id.slice(-4)}`, tasks: own })),
      }),
      pages: true,
    }),
    edge<AssignUser, undefined>({
      ...place,
      method: 'POST',
      parse: ({ nodeId, params }) => ({
        type: 'assign-user',
        wabaId: nodeId as WabaId,
        user: textOf(params['user']) ?? '',
        tasks:
          textsOf(
            typeof params['tasks'] === 'string' ? params['tasks'].replaceAll("'", '"') : params['tasks'],
          ) ?? [],
      }),
      render: () => ({ success: true }),
    }),
    edge<RemoveUser, undefined>({
      ...place,
      method: 'DELETE',
      parse: ({ nodeId, params }) => ({
        type: 'remove-assigned-user',
        wabaId: nodeId as WabaId,
        user: textOf(params['user']) ?? '',
      }),
      render: () => ({ success: true }),
    }),
  ],
  commands: commands<AssignUser | RemoveUser | ListUsers>({
    'assign-user': assign,
    'remove-assigned-user': assign,
    'list-assigned-users': list,
  }),
  evolve: evolves<UserAssigned>({
    'user-assigned': (world, { wabaId, user, tasks }) => {
      const all = assigned.in(world);
      const own = new Map(all.get(wabaId));
      if (tasks.length > 0) own.set(user, tasks);
      else own.delete(user);
      all.set(wabaId, own);
    },
  }),
};
