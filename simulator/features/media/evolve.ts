/** Files that WhatsApp holds for the numbers of a world. */
import type { EpochMs } from '../../core/time.ts';
import { dayMs, plusMs } from '../../core/time.ts';
import type { MediaId, PhoneNumberId } from '../../core/identifiers.ts';
import { evolves } from '../../core/feature.ts';
import { createNewest, type Newest } from '../../core/newest.ts';
import { slice, type ReadonlyWorld, type World } from '../../core/world.ts';
import type { MediaEvent } from './events.ts';

/** How long an id can be asked for. @see Meta: media, since 9 October 2025 (documented) */
export const uploadedLifeMs = 30 * dayMs;
export const attachedLifeMs = 7 * dayMs;

export interface StoredFile {
  readonly phoneNumberId: PhoneNumberId;
  readonly mimeType: string;
  /** Base64. */
  readonly sha256: string;
  readonly endsAtMs: EpochMs;
  readonly source:
    | { readonly kind: 'invented'; readonly seed: number }
    | { readonly kind: 'uploaded'; readonly fileSize: number; readonly base64?: string };
}

interface MediaState {
  /** Generated files weigh nothing; uploaded ones are held apart, so that they push none of those out. */
  readonly attached: Newest<MediaId, StoredFile>;
  readonly uploaded: Newest<MediaId, StoredFile>;
}

const state = slice<MediaState>('media', () => ({
  attached: createNewest(10_000),
  uploaded: createNewest(500),
}));

/** The file of an id that lives, or nothing. */
export function fileOf(world: ReadonlyWorld, mediaId: MediaId, nowMs: EpochMs): StoredFile | undefined {
  const { attached, uploaded } = state.of(world);
  const file = attached.get(mediaId) ?? uploaded.get(mediaId);
  return file && nowMs <= file.endsAtMs ? file : undefined;
}

function keep(world: World, room: keyof MediaState, mediaId: MediaId, file: StoredFile): void {
  world.nodes.set(mediaId, 'media');
  for (const forgotten of state.in(world)[room].set(mediaId, file).keys()) world.nodes.delete(forgotten);
}

export const mediaEvolves = evolves<MediaEvent>({
  'media-attached': (world, event, atMs) => {
    keep(world, 'attached', event.mediaId, {
      phoneNumberId: event.phoneNumberId,
      mimeType: event.mimeType,
      sha256: event.sha256,
      endsAtMs: plusMs(atMs, attachedLifeMs),
      source: { kind: 'invented', seed: event.seed },
    });
  },
  'media-uploaded': (world, event, atMs) => {
    keep(world, 'uploaded', event.mediaId, {
      phoneNumberId: event.phoneNumberId,
      mimeType: event.mimeType,
      sha256: event.sha256,
      endsAtMs: plusMs(atMs, uploadedLifeMs),
      source: {
        kind: 'uploaded',
        fileSize: event.fileSize,
        ...(event.base64 !== undefined && { base64: event.base64 }),
      },
    });
  },
  'media-deleted': (world, event) => {
    const { attached, uploaded } = state.in(world);
    attached.delete(event.mediaId);
    uploaded.delete(event.mediaId);
    world.nodes.delete(event.mediaId);
  },
});
