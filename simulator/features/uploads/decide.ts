/** Begins an upload, takes its bytes, and says how far it got. */
import { accept, refuse, type Decision } from '../../core/decision.ts';
import { mintRequestId } from '../../core/identifiers.ts';
import type { Random } from '../../core/random.ts';
import { objectMissing } from '../../core/refusals.ts';
import { dayMs, plusMs, type EpochMs } from '../../core/time.ts';
import { chanceOf, type ReadonlyWorld } from '../../core/world.ts';
import { appOfToken } from '../oauth-access-token/events.ts';
import type {
  ContinueUpload,
  ReadUpload,
  StartUpload,
  Upload,
  UploadContinued,
  UploadStarted,
} from './events.ts';
import { mintHandle } from './handle.ts';
import { offsetWrong, tooManyBytes } from './refusals.ts';
import { uploadOf } from './state.ts';

/** How long a handle says that it lives; the span is assumed, and nothing is refused for it. */
const handleLifeMs = 30 * dayMs;

export function startUpload(world: ReadonlyWorld, command: StartUpload): Decision<{ readonly id: string }> {
  const { appId, token, fileName, mimeType, length } = command;
  const app = appId === undefined ? appOfToken(world, token) : world.apps.get(appId);
  if (!app) return refuse(objectMissing(appId ?? 'app', 'post'));
  const random = chanceOf(world);
  const upload: Upload = { id: mintSession(random), appId: app.id, fileName, mimeType, length, offset: 0 };
  const started: UploadStarted = { type: 'upload-started', upload };
  return accept([started], { id: `${upload.id}?sig=${mintSignature(random)}` });
}

/** Base64 of `1:attachment:` and a UUID, then a signature as a query. @see Meta's Postman collection (by example) */
const mintSession = (random: Random): string =>
  `upload:${Buffer.from(`1:attachment:${mintRequestId(random)}`).toString('base64')}`;

const mintSignature = (random: Random): string =>
  `AR${random.text(17, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')}`;

/** What is answered to bytes: the handle, once they are all there; until then nothing (Meta's published types). */
export interface Continued {
  readonly handle?: string;
}

export function continueUpload(
  world: ReadonlyWorld,
  { sessionId, offset, bytes }: ContinueUpload,
  nowMs: EpochMs,
): Decision<Continued> {
  const upload = uploadOf(world, sessionId);
  if (!upload) return refuse(objectMissing(sessionId, 'post'));
  if (offset !== upload.offset) return refuse(offsetWrong(upload.offset));
  const end = offset + bytes;
  if (end > upload.length) return refuse(tooManyBytes(upload.length));
  const continued: UploadContinued = { type: 'upload-continued', sessionId, offset: end };
  const handle = mintHandle(chanceOf(world), upload, plusMs(nowMs, handleLifeMs));
  return accept([continued], end === upload.length ? { handle } : {});
}

export function readUpload(world: ReadonlyWorld, { sessionId }: ReadUpload): Decision<Upload> {
  const upload = uploadOf(world, sessionId);
  return upload ? accept([], upload) : refuse(objectMissing(sessionId, 'get'));
}
