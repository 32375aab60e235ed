import { describe, expect, it } from 'vitest';
import { webhookValidator } from '../../../../contracts/catalogue.ts';
import type { Behaviour } from '../../../core/behaviour.ts';
import type { Content } from '../../../core/content.ts';
import { accept, type Command } from '../../../core/decision.ts';
import { createEngine, type Outcome } from '../../../core/engine.ts';
import { isLazy, type NumberMoved, type WebhookEmitted } from '../../../core/events.ts';
import { commands, type Feature } from '../../../core/feature.ts';
import {
  furniture,
  type CreateCustomer,
  type CreatedCustomer,
  type CreatedNumber,
  type CreateNumber,
} from '../../../core/furniture.ts';
import type { WaId, Wamid } from '../../../core/identifiers.ts';
import type { JsonObject } from '../../../core/json.ts';
import { dayMs, epochMs, minuteMs, plusMs, secondMs } from '../../../core/time.ts';
import { sha256OfBytes } from '../../../core/wire-content.ts';
import { createWorld, type Customer, type NumberState } from '../../../core/world.ts';
import { mediaFeature } from '../../media/feature.ts';
import type { EditAsCustomer, ReactAsCustomer, RevokeAsCustomer, SendCustomerMessage } from '../events.ts';
import { conversationOf } from '../evolve.ts';
import { messagesFeature } from '../feature.ts';

const startMs = epochMs(1_790_000_000_000);

/** Lets a test move a number as account-update would. */
const mover: Feature = {
  name: 'mover',
  commands: commands<Command & { type: 'move'; event: NumberMoved }>({
    move: (_world, command) => accept([command.event], null),
  }),
};

interface Scene {
  readonly state?: NumberState;
  readonly behaviour?: Partial<Behaviour>;
  readonly hidesNumber?: boolean;
  readonly device?: Customer['device'];
  readonly username?: string;
}

function arrange(scene: Scene = {}) {
  const world = createWorld('inbound', scene.behaviour);
  const engine = createEngine(world, [furniture, mediaFeature, messagesFeature, mover], startMs);
  const must = (command: Command): unknown => {
    const outcome = engine.execute(command);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.reply;
  };
  const createNumber: CreateNumber = {
    type: 'create-number',
    state: scene.state ?? 'coexistence',
    country: 'BR',
    onboardedAtMs: plusMs(startMs, -dayMs),
  };
  const { phoneNumberId } = must(createNumber) as CreatedNumber;
  const createCustomer: CreateCustomer = {
    type: 'create-customer',
    name: 'Ana Lopez',
    country: 'BR',
    hidesNumber: scene.hidesNumber ?? false,
    device: scene.device ?? 'android',
    ...(scene.username !== undefined && { username: scene.username }),
  };
  const ana = must(createCustomer) as CreatedCustomer;
  const validate = webhookValidator('messages');
  const values: JsonObject[] = [];
  engine.log.subscribe(({ event }) => {
    if (event.type !== 'webhook-emitted') return;
    const { value, field } = event as WebhookEmitted;
    if (isLazy(value)) throw new Error('Messages are never lazy.');
    expect(field).toBe('messages');
    // Everything any test emits is held to the contract; the copy drops what is undefined, as the wire does.
    const onWire = JSON.parse(JSON.stringify(value)) as JsonObject;
    expect(validate(onWire)).toEqual([]);
    values.push(onWire);
  });
  const send = (content: Content, extra: Partial<SendCustomerMessage> = {}): { readonly wamid: Wamid } => {
    const command: SendCustomerMessage = {
      type: 'send-customer-message',
      phoneNumberId,
      from: ana.waId,
      content,
      viaAd: false,
      firstContact: false,
      ...extra,
    };
    return must(command) as { readonly wamid: Wamid };
  };
  const pass = (durationMs: number): void => {
    const untilMs = plusMs(engine.nowMs, durationMs);
    while (engine.runNextDue(untilMs));
    engine.moveTo(untilMs);
  };
  return { world, engine, must, phoneNumberId, ana, values, send, pass };
}

const text = (body: string): Content => ({ kind: 'text', text: body });
const itemsOf = (values: readonly JsonObject[]): readonly JsonObject[] =>
  values.flatMap((value) => (value['messages'] ?? []) as readonly JsonObject[]);
const eventTypes = (scene: ReturnType<typeof arrange>): readonly string[] =>
  scene.engine.log.recent().map(({ event }) => event.type);

describe('a message of a customer', () => {
  it('has the keys of captures from 2026, in their order', () => {
    const { values, send, ana, phoneNumberId, world } = arrange();
    const { wamid } = send(text('Oi'));
    expect(JSON.stringify(values[0])).toBe(
      JSON.stringify({
        messaging_product: 'whatsapp',
        metadata: {
          display_phone_number: world.phoneNumbers.get(phoneNumberId)!.waId,
          phone_number_id: phoneNumberId,
        },
        contacts: [{ profile: { name: 'Ana Lopez' }, wa_id: ana.waId, user_id: ana.userId }],
        messages: [
          {
            from: ana.waId,
            from_user_id: ana.userId,
            id: wamid,
            timestamp: '1790000000',
            text: { body: 'Oi' },
            type: 'text',
          },
        ],
      }),
    );
  });

  it('has no user ids in the older shape, where nobody can hide', () => {
    const { values, send, ana } = arrange({
      behaviour: { userIds: false },
      hidesNumber: true,
      username: 'ana',
    });
    send(text('Oi'));
    expect(values[0]!['contacts']).toEqual([{ profile: { name: 'Ana Lopez' }, wa_id: ana.waId }]);
    expect(Object.keys(itemsOf(values)[0]!)).toEqual(['from', 'id', 'timestamp', 'text', 'type']);
  });

  it('leaves a hidden number out everywhere, the wamid included', () => {
    const { values, send, ana } = arrange({ hidesNumber: true, username: 'ana.lopez' });
    const { wamid } = send(text('Oi'));
    const reply = send(text('?'), { replyTo: wamid });
    expect(values[0]!['contacts']).toEqual([
      { profile: { name: 'Ana Lopez', username: 'ana.lopez' }, user_id: ana.userId },
    ]);
    const whole = JSON.stringify(values) + atob(wamid.slice(6)) + atob(reply.wamid.slice(6));
    expect(whole).not.toContain(ana.waId);
    expect(itemsOf(values)[1]!['context']).toEqual({ from_user_id: ana.userId, id: wamid });
  });

  it('quotes what it replies to, and says who wrote that', () => {
    const { values, send, ana, world, phoneNumberId } = arrange();
    const own = send(text('one'));
    send(text('two'), { replyTo: own.wamid });
    send(text('three'), { replyTo: 'wamid.AAAA' as Wamid });
    expect(itemsOf(values).map((item) => item['context'])).toEqual([
      undefined,
      { from: ana.waId, id: own.wamid },
      { from: world.phoneNumbers.get(phoneNumberId)!.waId, id: 'wamid.AAAA' },
    ]);
  });

  it('carries the ad it came through', () => {
    const { values, send } = arrange();
    send(text('I saw your ad'), { viaAd: 'image' });
    expect(itemsOf(values)[0]!['referral']).toMatchObject({ source_type: 'ad' });
  });

  it.each<[string, Content, JsonObject]>([
    ['image', { kind: 'image', caption: 'Look' }, { caption: 'Look', mime_type: 'image/jpeg' }],
    ['video', { kind: 'video' }, { mime_type: 'video/mp4' }],
    ['audio', { kind: 'audio', voice: true }, { mime_type: 'audio/ogg; codecs=opus', voice: true }],
    [
      'document',
      { kind: 'document', filename: 'a.pdf' },
      { filename: 'a.pdf', mime_type: 'application/pdf' },
    ],
    ['sticker', { kind: 'sticker' }, { mime_type: 'image/webp', animated: false }],
  ])('%s: the file can be downloaded, and has the digest that was told', (kind, content, expected) => {
    const { values, send, must } = arrange();
    send(content);
    const item = itemsOf(values)[0]!;
    const file = item[kind] as Record<string, string>;
    expect(item['type']).toBe(kind);
    expect(file).toMatchObject(expected);
    const query = new URL(file['url']!).searchParams;
    const { bytes, mimeType } = must({
      type: 'download-media',
      mediaId: query.get('mid'),
      endsAtSeconds: Number(query.get('ext')),
      hash: query.get('hash'),
    } as Command) as { bytes: Uint8Array; mimeType: string };
    expect(sha256OfBytes(bytes)).toBe(file['sha256']);
    expect(mimeType).toBe(file['mime_type']);
  });

  it.each<[Content, string, JsonObject]>([
    [
      { kind: 'location', latitude: -23.5, longitude: -46.6 },
      'location',
      { latitude: -23.5, longitude: -46.6 },
    ],
    [{ kind: 'button', text: 'Yes', payload: 'yes' }, 'button', { payload: 'yes', text: 'Yes' }],
    [
      { kind: 'interactive', id: 'yes', title: 'Yes' },
      'interactive',
      { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } },
    ],
  ])('%j', (content, type, expected) => {
    const { values, send } = arrange();
    send(content);
    expect(itemsOf(values)[0]).toMatchObject({ type, [type]: expected });
  });

  it('gives contact cards', () => {
    const { values, send } = arrange();
    send({ kind: 'contacts', names: ['Rui Campos'] });
    expect(itemsOf(values)[0]!['contacts']).toEqual([
      { name: { first_name: 'Rui', formatted_name: 'Rui Campos' } },
    ]);
  });

  it.each<[Content, string]>([
    [{ kind: 'unsupported', form: 'poll_creation' }, 'poll_creation'],
    [{ kind: 'view-once' }, 'unknown'],
    [{ kind: 'disappearing' }, 'unknown'],
    [{ kind: 'live-location' }, 'unknown'],
  ])('%j is unsupported: 131051', (content, form) => {
    const { values, send } = arrange();
    send(content);
    expect(itemsOf(values)[0]).toMatchObject({
      type: 'unsupported',
      errors: [{ code: 131051, title: 'Message type unknown' }],
      unsupported: { type: form },
    });
  });

  it('needs a customer', () => {
    const { engine, phoneNumberId } = arrange();
    const command = {
      type: 'send-customer-message',
      phoneNumberId,
      from: '15550000000' as WaId,
      content: text('Oi'),
      viaAd: false,
      firstContact: false,
    } as Command;
    expect(engine.execute(command).kind).toBe('mistaken');
  });
});

describe('what the API sees', () => {
  it.each<[NumberState, number]>([
    ['coexistence', 1],
    ['cloud-api', 1],
    ['app-only', 0],
    ['fresh', 0],
    ['offboarded', 0],
    ['disconnected', 0],
  ])('%s: %i webhook, and the event in any case', (state, webhooks) => {
    const scene = arrange({ state });
    scene.send(text('Oi'));
    expect(scene.values).toHaveLength(webhooks);
    expect(eventTypes(scene)).toContain('message-received');
    const conversation = conversationOf(scene.world, scene.phoneNumberId, scene.ana.waId);
    expect(conversation?.lastReceivedAtMs !== undefined).toBe(webhooks === 1);
  });

  it.each<[Customer['device'], NumberState, Behaviour['unsupportedCompanion'], string | undefined]>([
    ['windows', 'coexistence', 'unavailable', 'unsupported'],
    ['wear-os', 'coexistence', 'unavailable', 'unsupported'],
    ['windows', 'coexistence', 'nothing', undefined],
    ['web', 'coexistence', 'nothing', 'text'],
    ['windows', 'cloud-api', 'nothing', 'text'],
  ])(
    'from %s to %s, where unsupported companions show %s: %s',
    (device, state, unsupportedCompanion, type) => {
      const { values, send, pass } = arrange({ device, state, behaviour: { unsupportedCompanion } });
      send(text('Oi'));
      pass(minuteMs);
      expect(itemsOf(values).map((item) => item['type'])).toEqual(type === undefined ? [] : [type]);
    },
  );

  it('hears nothing of calls and groups', () => {
    const scene = arrange();
    const party = { phoneNumberId: scene.phoneNumberId, from: scene.ana.waId };
    scene.must({ type: 'call-as-customer', ...party, video: true } as Command);
    scene.must({ type: 'send-to-group-as-customer', ...party, text: 'Hi all' } as Command);
    expect(scene.values).toEqual([]);
    expect(eventTypes(scene)).toEqual(expect.arrayContaining(['customer-called', 'customer-sent-to-group']));
  });
});

describe('a first contact', () => {
  it.each<[Behaviour['firstContactFollowUp'], 'same' | 'other' | 'none']>([
    ['new-wamid', 'other'],
    ['same-wamid', 'same'],
    ['never', 'none'],
  ])('%s', (firstContactFollowUp, expected) => {
    const { values, send, pass } = arrange({ behaviour: { firstContactFollowUp } });
    const { wamid } = send(text('Oi'), { firstContact: true });
    expect(itemsOf(values)).toEqual([
      expect.objectContaining({
        type: 'unsupported',
        errors: [
          {
            code: 131060,
            title: 'This message is unavailable.',
            message: 'This message is unavailable.',
            error_data: { details: 'This message is currently unavailable.' },
          },
        ],
        unsupported: { type: 'unknown', raw_type: 'unknown' },
      }),
    ]);
    pass(2 * secondMs - 1);
    expect(values).toHaveLength(1);
    pass(1);
    const [unavailable, readable] = itemsOf(values);
    expect(readable?.['text']).toEqual(expected === 'none' ? undefined : { body: 'Oi' });
    expect((readable ?? unavailable)!['id']).toBe(wamid);
    if (expected !== 'none') expect(readable!['id'] === unavailable!['id']).toBe(expected === 'same');
  });

  it('stays unreadable where the number leaves the API before it is revealed', () => {
    const scene = arrange();
    scene.send(text('Oi'), { firstContact: true });
    const left: NumberMoved = {
      type: 'number-moved',
      phoneNumberId: scene.phoneNumberId,
      from: 'coexistence',
      to: 'disconnected',
    };
    scene.must({ type: 'move', event: left } as Command);
    scene.pass(minuteMs);
    expect(itemsOf(scene.values).map((item) => item['type'])).toEqual(['unsupported']);
  });

  it('is a message like any other on a number that is on Cloud API alone', () => {
    const { values, send } = arrange({ state: 'cloud-api' });
    send(text('Oi'), { firstContact: true });
    expect(itemsOf(values).map((item) => item['type'])).toEqual(['text']);
  });
});

describe('reactions', () => {
  it('name the message, and lose the emoji when they are taken back', () => {
    const { values, send, must, phoneNumberId, ana } = arrange();
    const { wamid } = send(text('Oi'));
    const react: ReactAsCustomer = {
      type: 'react-as-customer',
      phoneNumberId,
      from: ana.waId,
      wamid,
      emoji: '👍',
    };
    must(react);
    const takeBack: ReactAsCustomer = { ...react, emoji: '' };
    must(takeBack);
    expect(
      itemsOf(values)
        .slice(1)
        .map((item) => item['reaction']),
    ).toEqual([{ message_id: wamid, emoji: '👍' }, { message_id: wamid }]);
  });
});

describe('edits and revokes', () => {
  const change = (
    scene: ReturnType<typeof arrange>,
    wamid: Wamid,
    what: 'edit' | 'revoke',
    from?: WaId,
  ): Outcome => {
    const party = { phoneNumberId: scene.phoneNumberId, from: from ?? scene.ana.waId, wamid };
    const edit: EditAsCustomer = { type: 'edit-as-customer', ...party, text: 'new' };
    const revoke: RevokeAsCustomer = { type: 'revoke-as-customer', ...party };
    return scene.engine.execute(what === 'edit' ? edit : revoke);
  };

  it.each<['edit' | 'revoke', number, Outcome['kind']]>([
    ['edit', 15 * minuteMs, 'accepted'],
    ['edit', 15 * minuteMs + 1, 'mistaken'],
    ['revoke', 2 * dayMs, 'accepted'],
    ['revoke', 2 * dayMs + 1, 'mistaken'],
  ])('%s after %i ms is %s', (what, afterMs, expected) => {
    const scene = arrange();
    const { wamid } = scene.send(text('old'));
    scene.pass(afterMs);
    expect(change(scene, wamid, what).kind).toBe(expected);
  });

  it('show what changed on a coexistence number, under an id of their own', () => {
    const scene = arrange();
    const { wamid } = scene.send(text('old'));
    change(scene, wamid, 'edit');
    change(scene, wamid, 'revoke');
    const [, edit, revoke] = itemsOf(scene.values);
    expect(edit).toMatchObject({
      type: 'edit',
      edit: {
        original_message_id: wamid,
        message: { context: { id: 'M0' }, type: 'text', text: { body: 'new' } },
      },
    });
    expect(revoke).toMatchObject({ type: 'revoke', revoke: { original_message_id: wamid } });
    expect(new Set([wamid, edit!['id'], revoke!['id']]).size).toBe(3);
  });

  it('give an edited caption its file', () => {
    const scene = arrange();
    const { wamid } = scene.send({ kind: 'image', caption: 'old' });
    scene.pass(minuteMs);
    change(scene, wamid, 'edit');
    const [first, second] = itemsOf(scene.values) as [JsonObject, { edit: { message: JsonObject } }];
    const { url: _before, ...before } = first['image'] as JsonObject;
    const { url: _after, ...after } = second.edit.message['image'] as JsonObject;
    expect(after).toEqual({ ...before, caption: 'new' });
  });

  it('are unsupported on a number that is on Cloud API alone', () => {
    const scene = arrange({ state: 'cloud-api' });
    const { wamid } = scene.send(text('old'));
    change(scene, wamid, 'edit');
    change(scene, wamid, 'revoke');
    expect(itemsOf(scene.values).slice(1)).toMatchObject([
      { type: 'unsupported', errors: [{ code: 131051 }], unsupported: { type: 'edit' } },
      { type: 'unsupported', errors: [{ code: 131051 }], unsupported: { type: 'unknown' } },
    ]);
  });

  it('are mistakes on what is not one’s own, cannot change or is gone', () => {
    const scene = arrange();
    const another: CreateCustomer = {
      type: 'create-customer',
      country: 'BR',
      hidesNumber: false,
      device: 'web',
    };
    const rui = scene.must(another) as CreatedCustomer;
    const { wamid } = scene.send(text('old'));
    const place = scene.send({ kind: 'location', latitude: 1, longitude: 2 });
    expect(change(scene, wamid, 'edit', rui.waId).kind).toBe('mistaken');
    expect(change(scene, 'wamid.AAAA' as Wamid, 'revoke').kind).toBe('mistaken');
    expect(change(scene, place.wamid, 'edit').kind).toBe('mistaken');
    change(scene, wamid, 'revoke');
    expect(change(scene, wamid, 'edit').kind).toBe('mistaken');
    expect(change(scene, wamid, 'revoke').kind).toBe('mistaken');
  });
});
