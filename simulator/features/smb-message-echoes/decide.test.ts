import { describe, expect, it } from 'vitest';
import { webhookValidator } from '../../../contracts/catalogue.ts';
import type { Behaviour } from '../../core/behaviour.ts';
import type { Content } from '../../core/content.ts';
import { accept, type Command, type WorldEvent } from '../../core/decision.ts';
import { createEngine } from '../../core/engine.ts';
import type { WebhookEmitted } from '../../core/events.ts';
import { commands, type Feature } from '../../core/feature.ts';
import {
  furniture,
  type CreateCustomer,
  type CreatedCustomer,
  type CreatedNumber,
  type CreateNumber,
} from '../../core/furniture.ts';
import type { WaId, Wamid } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { epochMs, plusMs } from '../../core/time.ts';
import { sha256Of } from '../../core/wire-content.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { MediaAttached } from '../media/events.ts';
import type { MessageSent } from '../messages/events.ts';
import { editableMs, revocableMs } from './changes.ts';
import type {
  BusinessDevice,
  EchoSent,
  EditFromApp,
  ReactFromApp,
  RevokeFromApp,
  SendFromApp,
  SentWamid,
} from './events.ts';
import { messagesFeature } from '../messages/feature.ts';
import { smbMessageEchoesFeature } from './feature.ts';

const startMs = epochMs(1_760_000_000_000);

/** Lets a test say what `messages` would. */
const telling: Feature = {
  name: 'telling',
  commands: commands<Command & { type: 'tell'; event: WorldEvent }>({
    tell: (_world, command) => accept([command.event], null),
  }),
};

const hello: Content = { kind: 'text', text: 'Your order is ready.' };

function arrange(
  behaviour: Partial<Behaviour> = {},
  options: { state?: NumberState; customer?: Partial<CreateCustomer> } = {},
) {
  const world = createWorld('echoes', behaviour);
  const engine = createEngine(world, [furniture, messagesFeature, smbMessageEchoesFeature, telling], startMs);
  const run = (command: Command): unknown => {
    const outcome = engine.execute(command);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.reply;
  };
  const number: CreateNumber = {
    type: 'create-number',
    country: 'US',
    state: options.state ?? 'coexistence',
    onboardedAtMs: startMs,
  };
  const { phoneNumberId, wabaId } = run(number) as CreatedNumber;
  const customer: CreateCustomer = {
    type: 'create-customer',
    name: 'Ana Lopez',
    country: 'US',
    hidesNumber: false,
    device: 'android',
    ...options.customer,
  };
  const ana = run(customer) as CreatedCustomer;
  const emitted: WebhookEmitted[] = [];
  const echoes: EchoSent[] = [];
  const attached: MediaAttached[] = [];
  engine.log.subscribe(({ event }) => {
    if (event.type === 'webhook-emitted') emitted.push(event as WebhookEmitted);
    if (event.type === 'echo-sent') echoes.push(event as EchoSent);
    if (event.type === 'media-attached') attached.push(event as MediaAttached);
  });
  const valueOf = (webhook: WebhookEmitted): JsonObject => {
    expect(webhookValidator('smb_message_echoes')(webhook.value)).toEqual([]);
    return webhook.value as JsonObject;
  };
  return {
    engine,
    ana,
    emitted,
    echoes,
    attached,
    phoneNumberId,
    wabaId,
    businessWaId: world.phoneNumbers.get(phoneNumberId)!.waId,
    send: (content: Content = hello, more: Partial<SendFromApp> = {}): Wamid => {
      const command: SendFromApp = {
        type: 'send-from-app',
        phoneNumberId,
        to: ana.waId,
        content,
        device: 'phone',
        ...more,
      };
      return (run(command) as SentWamid).wamid;
    },
    react: (wamid: Wamid, emoji: string): Wamid => {
      const command: ReactFromApp = { type: 'react-from-app', phoneNumberId, to: ana.waId, wamid, emoji };
      return (run(command) as SentWamid).wamid;
    },
    edit: (wamid: Wamid, text: string): Wamid => {
      const command: EditFromApp = { type: 'edit-from-app', phoneNumberId, wamid, text };
      return (run(command) as SentWamid).wamid;
    },
    revoke: (wamid: Wamid): Wamid => {
      const command: RevokeFromApp = { type: 'revoke-from-app', phoneNumberId, wamid };
      return (run(command) as SentWamid).wamid;
    },
    /** The API sent a text to Ana. */
    apiSent: (wamid: Wamid): void => {
      const event: MessageSent = {
        type: 'message-sent',
        phoneNumberId,
        to: ana.waId,
        wamid,
        message: { kind: 'text', text: 'From the bot' },
      };
      run({ type: 'tell', event } as Command);
    },
    values: (): JsonObject[] => emitted.map(valueOf),
    newest: (): JsonObject => {
      const [echo] = valueOf(emitted.at(-1)!)['message_echoes'] as JsonObject[];
      return echo!;
    },
  };
}

type App = ReturnType<typeof arrange>;

describe('a message written in the app', () => {
  it('is echoed at once, with whom it is for', () => {
    const app = arrange();
    const wamid = app.send();
    expect(app.values()).toEqual([
      {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: app.businessWaId, phone_number_id: app.phoneNumberId },
        contacts: [{ wa_id: app.ana.waId, user_id: app.ana.userId }],
        message_echoes: [
          {
            from: app.businessWaId,
            to: app.ana.waId,
            to_user_id: app.ana.userId,
            id: wamid,
            timestamp: '1760000000',
            type: 'text',
            text: { body: 'Your order is ready.' },
          },
        ],
      },
    ]);
    expect(app.emitted[0]).toMatchObject({
      field: 'smb_message_echoes',
      entryId: app.wabaId,
      phoneNumberId: app.phoneNumberId,
    });
    expect(app.emitted[0]).not.toHaveProperty('timeSeconds');
  });

  it('has a wamid of its own, of the customer’s chat and the business’s direction', () => {
    const app = arrange();
    const wamids = [app.send(), app.send(), app.send()];
    expect(new Set(wamids).size).toBe(3);
    for (const wamid of wamids) {
      const bytes = atob(wamid.slice('wamid.'.length));
      expect(bytes).toContain(app.ana.waId);
      expect(bytes).toContain('\x15\x02\x00\x11');
    }
  });

  it.each<[Content, JsonObject & { type: string }]>([
    [hello, { type: 'text', text: { body: 'Your order is ready.' } }],
    [
      { kind: 'location', latitude: -23.5, longitude: -46.6, name: 'Sé' },
      { type: 'location', location: { latitude: -23.5, longitude: -46.6, name: 'Sé' } },
    ],
    [
      { kind: 'contacts', names: ['Rui Campos'] },
      { type: 'contacts', contacts: [{ name: { first_name: 'Rui', formatted_name: 'Rui Campos' } }] },
    ],
    [
      { kind: 'button', text: 'Yes', payload: 'y' },
      { type: 'button', button: { text: 'Yes' } },
    ],
    [
      { kind: 'interactive', id: 'y', title: 'Yes' },
      { type: 'interactive', interactive: { type: 'button_reply' } },
    ],
  ])('as %j shows %j', (content, shown) => {
    const app = arrange();
    app.send(content);
    expect(app.newest()).toMatchObject(shown);
    expect(app.newest()[shown.type]).toEqual(shown[shown.type]);
  });

  it.each<[Content, JsonObject]>([
    [
      { kind: 'image', caption: 'Menu' },
      { caption: 'Menu', mime_type: 'image/jpeg' },
    ],
    [{ kind: 'video' }, { mime_type: 'video/mp4' }],
    [
      { kind: 'audio', voice: true },
      { mime_type: 'audio/ogg; codecs=opus', voice: true },
    ],
    [
      { kind: 'document', filename: 'menu.pdf' },
      { filename: 'menu.pdf', mime_type: 'application/pdf' },
    ],
    [{ kind: 'sticker' }, { mime_type: 'image/webp', animated: false }],
  ])('as %j brings a file that can be downloaded', (content, shown) => {
    const app = arrange();
    app.send(content);
    const [file] = app.attached;
    expect(app.newest()[content.kind]).toMatchObject({
      ...shown,
      id: file!.mediaId,
      sha256: sha256Of(file!.mimeType, file!.seed),
    });
  });

  it.each<[Content, string]>([
    [{ kind: 'unsupported', form: 'poll_creation' }, 'poll_creation'],
    [{ kind: 'live-location' }, 'unknown'],
  ])('that the API cannot show, %j, comes as unsupported with an error', (content, form) => {
    const app = arrange();
    app.send(content);
    expect(app.newest()).toMatchObject({
      type: 'unsupported',
      unsupported: { type: form },
      errors: [{ code: 131051 }],
    });
  });

  it.each<['greeting' | 'away']>([['greeting'], ['away']])(
    'by the app itself, as %s, cannot be told from a typed one',
    (automatic) => {
      const [typed, written] = [arrange(), arrange()];
      typed.send();
      written.send(hello, { automatic });
      expect(written.values()).toEqual(typed.values());
      expect(written.echoes).toMatchObject([{ automatic }]);
    },
  );

  it.each<[BusinessDevice, number]>([
    ['phone', 1],
    ['web', 1],
    ['windows', 0],
    ['wear-os', 0],
  ])('on %s gives %d echoes', (device, count) => {
    const app = arrange();
    app.send({ kind: 'image' }, { device });
    expect(app.emitted).toHaveLength(count);
    expect(app.echoes.map((echo) => echo.device)).toEqual(count === 1 ? [device] : []);
    expect(app.attached).toHaveLength(count);
  });

  it.each<[NumberState, number]>([
    ['coexistence', 1],
    ['app-only', 0],
    ['offboarded', 0],
    ['disconnected', 0],
  ])('on a number that is %s gives %d echoes', (state, count) => {
    const app = arrange({}, { state });
    const wamid = app.send();
    const reaction = app.react(wamid, '👍');
    expect(app.emitted).toHaveLength(count * 2);
    expect(new Set([wamid, reaction, app.send()]).size).toBe(3);
  });
});

describe('a quotation', () => {
  it.each<[string, (app: App) => Wamid, boolean]>([
    ['of the customer', () => 'wamid.HBgM' as Wamid, false],
    ['of the app', (app) => app.send(), true],
    [
      'of the API',
      (app) => {
        app.apiSent('wamid.API1' as Wamid);
        return 'wamid.API1' as Wamid;
      },
      true,
    ],
  ])('names the author %s', (_who, quote, own) => {
    const app = arrange();
    const replyTo = quote(app);
    app.send(hello, { replyTo });
    expect(app.newest()['context']).toEqual({ from: own ? app.businessWaId : app.ana.waId, id: replyTo });
  });

  it('names nobody’s number who hides it', () => {
    const app = arrange({}, { customer: { hidesNumber: true } });
    app.send(hello, { replyTo: 'wamid.HBgM' as Wamid });
    expect(app.newest()['context']).toEqual({ from_user_id: app.ana.userId, id: 'wamid.HBgM' });
  });
});

describe('a reaction in the app', () => {
  it('is echoed with a wamid of its own, and without an emoji when taken back', () => {
    const app = arrange();
    const target = 'wamid.HBgM' as Wamid;
    const wamid = app.react(target, '👍');
    expect(app.newest()).toMatchObject({
      id: wamid,
      type: 'reaction',
      reaction: { message_id: target, emoji: '👍' },
    });
    app.react(target, '');
    expect(app.newest()['reaction']).toEqual({ message_id: target });
    expect(app.echoes.map(({ what }) => what)).toEqual(['reaction', 'reaction']);
  });
});

describe('an edit in the app', () => {
  it('of a text points at the original and brings the whole new text', () => {
    const app = arrange();
    const original = app.send();
    const wamid = app.edit(original, 'Your order is late.');
    expect(wamid).not.toBe(original);
    expect(app.newest()).toMatchObject({ id: wamid, to: app.ana.waId, type: 'edit' });
    expect(app.newest()['edit']).toEqual({
      original_message_id: original,
      message: { context: { id: 'M0' }, type: 'text', text: { body: 'Your order is late.' } },
    });
    expect(app.echoes.map(({ what }) => what)).toEqual(['message', 'edit']);
  });

  it('of a caption brings the same file at a new address', () => {
    const app = arrange();
    const original = app.send({ kind: 'image', caption: 'Menu' });
    const before = app.newest()['image'] as JsonObject;
    app.engine.moveTo(plusMs(startMs, 60_000));
    app.edit(original, 'Menu of today');
    const { message } = app.newest()['edit'] as { message: { image: JsonObject } };
    expect(message.image).toMatchObject({ ...before, caption: 'Menu of today', url: message.image['url'] });
    expect(message.image['url']).not.toBe(before['url']);
    expect(app.attached).toHaveLength(1);
  });

  it.each<[number, boolean]>([
    [0, true],
    [editableMs, true],
    [editableMs + 1, false],
  ])('%d ms after sending is possible: %s', (afterMs, possible) => {
    const app = arrange();
    const original = app.send();
    app.engine.moveTo(plusMs(startMs, afterMs));
    if (possible) expect(app.edit(original, 'new')).toMatch(/^wamid\./);
    else expect(() => app.edit(original, 'new')).toThrow('15 minutes');
  });

  it.each<[Content]>([[{ kind: 'audio' }], [{ kind: 'sticker' }], [{ kind: 'unsupported', form: 'poll' }]])(
    'of %j is a mistake',
    (content) => {
      const app = arrange();
      const original = app.send(content);
      expect(() => app.edit(original, 'new')).toThrow('Only texts and captions');
    },
  );
});

describe('a revocation in the app', () => {
  it('points at the original, and nothing can be done with that afterwards', () => {
    const app = arrange();
    const original = app.send();
    const wamid = app.revoke(original);
    expect(app.newest()).toMatchObject({ id: wamid, to: app.ana.waId, type: 'revoke' });
    expect(app.newest()['revoke']).toEqual({ original_message_id: original });
    expect(() => app.revoke(original)).toThrow('revoked already');
    expect(() => app.edit(original, 'new')).toThrow('revoked already');
  });

  it('takes back what the API sent, too', () => {
    const app = arrange();
    app.apiSent('wamid.API1' as Wamid);
    expect(app.emitted).toEqual([]);
    app.revoke('wamid.API1' as Wamid);
    expect(app.newest()['revoke']).toEqual({ original_message_id: 'wamid.API1' });
  });

  it.each<[number, boolean]>([
    [revocableMs, true],
    [revocableMs + 1, false],
  ])('%d ms after sending is possible: %s', (afterMs, possible) => {
    const app = arrange();
    const original = app.send();
    app.engine.moveTo(plusMs(startMs, afterMs));
    if (possible) expect(app.revoke(original)).toMatch(/^wamid\./);
    else expect(() => app.revoke(original)).toThrow('two days');
  });
});

describe('a change to what the API never saw', () => {
  it('is not echoed either', () => {
    const app = arrange();
    const original = app.send(hello, { device: 'windows' });
    app.edit(original, 'new');
    app.revoke(original);
    expect(app.emitted).toEqual([]);
    expect(app.echoes).toEqual([]);
  });
});

describe('who is shown', () => {
  it('a customer who hides the number, by user id alone', () => {
    const app = arrange({}, { customer: { hidesNumber: true, username: 'ana.lopez' } });
    app.send();
    expect(app.newest()).not.toHaveProperty('to');
    expect(app.newest()['to_user_id']).toBe(app.ana.userId);
    expect(app.values()[0]!['contacts']).toEqual([
      { profile: { username: 'ana.lopez' }, user_id: app.ana.userId },
    ]);
  });

  it('no user ids and no `contacts` before April 2026', () => {
    const app = arrange({ userIds: false }, { customer: { hidesNumber: true } });
    app.send();
    expect(app.values()[0]).not.toHaveProperty('contacts');
    expect(app.newest()).not.toHaveProperty('to_user_id');
    expect(app.newest()['to']).toBe(app.ana.waId);
  });

  it('the name where the behaviour says so', () => {
    const app = arrange({ echoContactNames: true });
    app.send();
    expect(app.values()[0]!['contacts']).toMatchObject([{ profile: { name: 'Ana Lopez' } }]);
  });
});

describe('a mistake', () => {
  it.each<[NumberState]>([['fresh'], ['cloud-api']])('is to write in the app of a %s number', (state) => {
    expect(() => arrange({}, { state }).send()).toThrow('no phone has it');
  });

  it('is to write to nobody, or to change what nobody wrote', () => {
    const app = arrange();
    expect(() => app.send(hello, { to: '15550000000' as WaId })).toThrow('There is no customer');
    expect(() => app.edit('wamid.none' as Wamid, 'new')).toThrow('sent no message');
    expect(() => app.revoke('wamid.none' as Wamid)).toThrow('sent no message');
  });
});
