/** The templates that there are: those every account begins with, and what became of them and of others since. */
import type { WabaCreated } from '../../core/events.ts';
import { evolves } from '../../core/feature.ts';
import { mintGraphId, type WabaId } from '../../core/identifiers.ts';
import { createRandom, hashSeed } from '../../core/random.ts';
import { dayMs, plusMs, type EpochMs } from '../../core/time.ts';
import { slice, type ReadonlyWorld } from '../../core/world.ts';
import type { MessageTemplate, TemplateEvent } from './events.ts';
import { starters } from './starters.ts';

interface Templates {
  readonly byId: Map<string, MessageTemplate>;
  /** Until when a deleted name cannot be used again, by account and name. */
  readonly blockedUntilMs: Map<string, EpochMs>;
}

export const templates = slice<Templates>('message-templates', () => ({
  byId: new Map(),
  blockedUntilMs: new Map(),
}));

/** The name of an approved template that was deleted cannot be used for so long. @see Meta: message templates (documented) */
const nameBlockedMs = 30 * dayMs;

const nameKey = (wabaId: WabaId, name: string): string => `${wabaId} ${name}`;

/** An account's templates, the newest last. */
export const templatesOf = (world: ReadonlyWorld, wabaId: WabaId): readonly MessageTemplate[] =>
  [...templates.of(world).byId.values()].filter((template) => template.wabaId === wabaId);

/** One language of an account's template, whatever its status. */
export const findTemplate = (
  world: ReadonlyWorld,
  wabaId: WabaId,
  name: string,
  language: string,
): MessageTemplate | undefined => {
  for (const template of templates.of(world).byId.values()) {
    if (template.name === name && template.language === language && template.wabaId === wabaId)
      return template;
  }
  return undefined;
};

/** Whether a name was deleted too short a time ago. */
export const isNameBlocked = (world: ReadonlyWorld, wabaId: WabaId, name: string, nowMs: EpochMs): boolean =>
  (templates.of(world).blockedUntilMs.get(nameKey(wabaId, name)) ?? 0) > nowMs;

export const evolve = evolves<WabaCreated | TemplateEvent>({
  'waba-created': (world, { wabaId }, atMs) => {
    for (const starter of starters) {
      const id = mintGraphId(createRandom(hashSeed(`${wabaId} ${starter.name} ${starter.language}`)));
      world.nodes.set(id, 'template');
      world.owners.set(id, { wabaId });
      templates.in(world).byId.set(id, {
        ...starter,
        id,
        wabaId,
        parameterFormat: 'POSITIONAL',
        status: 'APPROVED',
        rejectedReason: 'NONE',
        quality: 'UNKNOWN',
        editedAtMs: [],
        updatedAtMs: atMs,
      });
    }
  },
  'template-created': (world, { template }) => {
    world.nodes.set(template.id, 'template');
    world.owners.set(template.id, { wabaId: template.wabaId });
    templates.in(world).byId.set(template.id, template);
  },
  'template-changed': (world, { id, change }) => {
    const { byId } = templates.in(world);
    const template = byId.get(id);
    if (template) byId.set(id, { ...template, ...change });
  },
  'templates-deleted': (world, { wabaId, ids }, atMs) => {
    const { byId, blockedUntilMs } = templates.in(world);
    for (const id of ids) {
      const template = byId.get(id);
      if (template?.status === 'APPROVED')
        blockedUntilMs.set(nameKey(wabaId, template.name), plusMs(atMs, nameBlockedMs));
      byId.delete(id);
      world.nodes.delete(id);
      world.owners.delete(id);
    }
  },
});
