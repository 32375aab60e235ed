/** Uploads that began; the newest are remembered. */
import { evolves } from '../../core/feature.ts';
import { createNewest, type Newest } from '../../core/newest.ts';
import { slice, type ReadonlyWorld, type World } from '../../core/world.ts';
import type { Upload, UploadEvent } from './events.ts';

const uploads = slice<Newest<string, Upload>>('uploads', () => createNewest(500));

export const uploadOf = (world: ReadonlyWorld, sessionId: string): Upload | undefined =>
  uploads.of(world).get(sessionId);

function keep(world: World, upload: Upload): void {
  world.nodes.set(upload.id, 'upload');
  const held = uploads.in(world);
  // One that has got on since stands among the newer ones, too.
  for (const forgotten of held.set(upload.id, upload).keys())
    if (!held.get(forgotten)) world.nodes.delete(forgotten);
}

export const evolve = evolves<UploadEvent>({
  'upload-started': (world, { upload }) => keep(world, upload),
  'upload-continued': (world, { sessionId, offset }) => {
    const upload = uploads.in(world).get(sessionId);
    if (upload) keep(world, { ...upload, offset });
  },
});
