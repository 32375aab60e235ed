import { describe, expect, it } from 'vitest';
import { graphErrors, responseValidator } from '../../../contracts/catalogue.ts';
import type { Command, Refusal } from '../../core/decision.ts';
import { createEngine, type Outcome } from '../../core/engine.ts';
import type { GraphBytes, GraphRequest, UploadedFile } from '../../core/feature.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { MediaId, PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { dayMs, epochMs, minuteMs, plusMs } from '../../core/time.ts';
import { sha256OfBytes } from '../../core/wire-content.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import { keptBytes, type MediaDescription } from './decide.ts';
import { mediaFeature } from './feature.ts';
import { parseDelete, parseDownload, parseRead, parseUpload, renderMedia } from './wire.ts';

const startMs = epochMs(1_790_000_000_000);
const png: UploadedFile = { name: 'a.png', mimeType: 'image/png', bytes: Uint8Array.of(1, 2, 3) };

function arrange(state: NumberState = 'coexistence') {
  const world = createWorld('media');
  const engine = createEngine(world, [furniture, mediaFeature], startMs);
  const createNumber: CreateNumber = { type: 'create-number', state, country: 'BR' };
  const created = engine.execute<CreatedNumber>(createNumber);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const { phoneNumberId } = created.reply;
  const request = (nodeId: string, extra: Partial<GraphRequest> = {}): GraphRequest => ({
    method: 'GET',
    nodeId,
    params: {},
    token: 'EAA',
    ...extra,
  });
  const upload = (file?: UploadedFile): Outcome<MediaId> =>
    engine.execute(parseUpload(request(phoneNumberId, { method: 'POST', ...(file && { files: { file } }) })));
  const read = (id: string, params: JsonObject = {}): Outcome<MediaDescription> =>
    engine.execute(parseRead(request(id, { params })));
  const remove = (id: string): Outcome => engine.execute(parseDelete(request(id, { method: 'DELETE' })));
  const download = (url: string): Outcome<GraphBytes> =>
    engine.execute(parseDownload(request('', { params: Object.fromEntries(new URL(url).searchParams) })));
  const pass = (durationMs: number): void => engine.moveTo(plusMs(engine.nowMs, durationMs));
  return { world, engine, phoneNumberId, upload, read, remove, download, pass };
}

const replyOf = <Reply>(outcome: Outcome<Reply>): Reply => {
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.reply;
};
const refusalOf = (outcome: Outcome): Refusal => {
  if (outcome.kind !== 'refused') throw new Error(`Not refused: ${outcome.kind}`);
  return outcome.refusal;
};

/** What an engine of messages or echoes emits. */
const attach = (engine: ReturnType<typeof arrange>['engine'], phoneNumberId: PhoneNumberId): string => {
  const mediaId = '123456789012345';
  const sha256 = 'PLXEQrHS8QxVPLuwvuSkqAjHLqyhPXCcHGqeJOZNuLg=';
  mediaFeature.evolve!['media-attached']!(
    engine.world as Parameters<NonNullable<typeof mediaFeature.evolve>[string]>[0],
    { type: 'media-attached', phoneNumberId, mediaId, mimeType: 'image/png', sha256, seed: 1 } as Command,
    engine.nowMs,
  );
  return mediaId;
};

describe('an uploaded file', () => {
  it('is described and handed out as it came', () => {
    const { upload, read, download, world } = arrange();
    const id = replyOf(upload(png));
    expect(responseValidator('media')({ id })).toEqual([]);
    expect(world.nodes.get(id)).toBe('media');
    const description = replyOf(read(id));
    const request = { method: 'GET', nodeId: id, params: {}, token: '' } as const;
    const here = renderMedia(description, { ...request, downloadOrigin: 'http://127.0.0.1:4000' });
    expect(here['url']).toMatch(
      /^http:\/\/127\.0\.0\.1:4000\/whatsapp_business\/attachments\/\?mid=\d+&ext=/,
    );
    const answer = renderMedia(description, request);
    expect(answer['url']).toMatch(/^https:\/\/lookaside\.fbsbx\.com\/whatsapp_business\/attachments\/\?mid=/);
    expect(responseValidator('media-node', 'GET')(answer)).toEqual([]);
    expect(answer).toMatchObject({
      messaging_product: 'whatsapp',
      mime_type: 'image/png',
      // SHA-256 of 01 02 03.
      sha256: '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81',
      file_size: '3',
      id,
    });
    const { bytes, mimeType } = replyOf(download(description.url));
    expect([mimeType, ...bytes]).toEqual(['image/png', 1, 2, 3]);
  });

  it.each<[string, UploadedFile | undefined, number, string]>([
    ['no file', undefined, 1304, 'Media upload error'],
    [
      'a type that is not accepted',
      { ...png, mimeType: 'application/octet-stream' },
      100,
      "Received file of type 'application/octet-stream'.",
    ],
  ])('is refused: %s', (_name, file, code, message) => {
    const { upload } = arrange();
    const refusal = refusalOf(upload(file));
    expect([refusal.code, refusal.httpStatus]).toEqual([code, 400]);
    expect(refusal.message).toContain(message);
    expect(graphErrors('media').map((error) => error.message)).toContain(refusal.message);
  });

  it('may name parameters of its type', () => {
    const { upload } = arrange();
    expect(upload({ ...png, mimeType: 'audio/ogg; codecs=opus' }).kind).toBe('accepted');
  });

  it.each<[NumberState, JsonObject]>([
    ['disconnected', { code: 100, subcode: 33 }],
    ['offboarded', { code: 133010 }],
    ['app-only', { code: 133010 }],
    ['fresh', { code: 133010 }],
  ])('cannot be given to a number that is %s', (state, expected) => {
    expect(refusalOf(arrange(state).upload(png))).toMatchObject(expected);
  });

  it('that is too large to keep is described all the same, but not handed out', () => {
    const { upload, read, download } = arrange();
    for (const [size, kind] of [
      [keptBytes, 'accepted'],
      [keptBytes + 1, 'refused'],
    ] as const) {
      const bytes = new Uint8Array(size).fill(7);
      const description = replyOf(read(replyOf(upload({ ...png, bytes }))));
      expect(description).toMatchObject({ fileSize: size, sha256: sha256OfBytes(bytes) });
      expect(download(description.url).kind).toBe(kind);
    }
  });
});

describe('an id', () => {
  it.each<['uploaded' | 'attached', number, string]>([
    ['uploaded', 30 * dayMs, 'accepted'],
    ['uploaded', 30 * dayMs + 1, 'refused'],
    ['attached', 7 * dayMs, 'accepted'],
    ['attached', 7 * dayMs + 1, 'refused'],
  ])('%s, after %i ms: %s', (source, afterMs, expected) => {
    const { upload, engine, phoneNumberId, read, pass } = arrange();
    const id = source === 'uploaded' ? replyOf(upload(png)) : attach(engine, phoneNumberId);
    pass(afterMs);
    expect(read(id).kind).toBe(expected);
  });

  it('that is unknown, of another number or deleted is an unknown node', () => {
    const { upload, read, remove, phoneNumberId, world } = arrange();
    const id = replyOf(upload(png));
    expect(read(id, { phone_number_id: phoneNumberId }).kind).toBe('accepted');
    for (const outcome of [read('999999999999999'), read(id, { phone_number_id: '1' })])
      expect(refusalOf(outcome)).toMatchObject({ code: 100, subcode: 33, type: 'GraphMethodException' });
    expect(replyOf(remove(id))).toBe(true);
    expect(refusalOf(read(id)).message).toContain(`Unsupported get request. Object with ID '${id}'`);
    expect(refusalOf(remove(id)).message).toContain('Unsupported delete request.');
    expect(world.nodes.has(id)).toBe(false);
  });
});

describe('an address', () => {
  it.each<[number, string]>([
    [5 * minuteMs, 'accepted'],
    [5 * minuteMs + 1, 'refused'],
  ])('after %i ms: %s', (afterMs, expected) => {
    const { upload, read, download, pass } = arrange();
    const { url } = replyOf(read(replyOf(upload(png))));
    pass(afterMs);
    expect(download(url).kind).toBe(expected);
  });

  it('cannot be prolonged or guessed', () => {
    const { upload, read, download, engine } = arrange();
    const { url } = replyOf(read(replyOf(upload(png))));
    const later = new URL(url);
    later.searchParams.set('ext', String(engine.nowMs / 1000 + 3_600));
    const guessed = new URL(url);
    guessed.searchParams.set('hash', 'ATguess');
    for (const wrong of [later, guessed]) expect(refusalOf(download(wrong.href)).httpStatus).toBe(404);
  });
});
