/** Nodes of kinds that no feature knows. The world holds nothing of them: which ids they have follows from its seed. */
import { mintGraphId } from '../../core/identifiers.ts';
import { createRandom, hashSeed } from '../../core/random.ts';
import type { GeneratedKind, ReadonlyWorld } from '../../core/world.ts';

const kinds: readonly GeneratedKind[] = [
  'account-number',
  'bot',
  'group',
  'message-history',
  'migration-intent',
  'obo-mobility-intent',
  'preverified-number',
  'solution',
  'user',
];

/** The one id that nodes of a kind have in this world. */
export const generatedId = ({ seed }: Pick<ReadonlyWorld, 'seed'>, kind: GeneratedKind): string =>
  mintGraphId(createRandom(hashSeed(`${seed} ${kind}`)));

/** What kind of node an id stands for, if it is one of these. */
export const generatedKind = (
  world: Pick<ReadonlyWorld, 'seed'>,
  nodeId: string,
): GeneratedKind | undefined => kinds.find((kind) => generatedId(world, kind) === nodeId);

/** Edges whose answers name nodes of such a kind, by the edge's last segment. */
const namedBy: Readonly<Record<string, GeneratedKind>> = {
  add_phone_numbers: 'preverified-number',
  message_history: 'message-history',
  obo_mobility_intent: 'obo-mobility-intent',
  preverified_numbers: 'preverified-number',
  set_obo_mobility_intent: 'obo-mobility-intent',
  set_solution_migration_intent: 'migration-intent',
  solutions: 'solution',
  whatsapp_business_solution: 'solution',
  whatsapp_business_solutions: 'solution',
};

/** The kind of node that the answer of an edge names, if it names any. */
export const kindNamedBy = (edge: string): GeneratedKind | undefined => namedBy[edge.split('/').at(-1) ?? ''];
