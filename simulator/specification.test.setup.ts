/** What has to be there before an example of the specification can be sent: nodes, messages, files, templates. */
import type { Json } from '../contracts/openapi/examples.test.setup.ts';
import type { ReducedOperation } from '../contracts/specification.ts';
import type { JsonObject } from './core/json.ts';
import type { QrCodeWritten } from './features/message-qrdls/events.ts';
import type { CodeSent } from './features/request-code/events.ts';
import type { RealCalls } from './real-calls.test.setup.ts';

type Fields = Record<string, Json>;

/** The smallest PNG there is: one transparent pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

async function must(
  answer: Promise<{ readonly status: number; readonly json: JsonObject }>,
): Promise<JsonObject> {
  const { status, json } = await answer;
  if (status !== 200) throw new Error(`A preparation was refused: ${JSON.stringify(json)}`);
  return json;
}

/** A file of the account's, of the kind that a message of `type` may hold. */
async function upload(calls: RealCalls, type = 'image'): Promise<string> {
  const mimeTypes: Readonly<Record<string, string>> = {
    audio: 'audio/mpeg',
    video: 'video/mp4',
    document: 'application/pdf',
    sticker: 'image/webp',
  };
  const mimeType = mimeTypes[type] ?? 'image/png';
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', mimeType);
  form.set('file', new Blob([png], { type: mimeType }), 'file');
  return (await must(calls.post(`v23.0/${calls.cast.phoneNumberId}/media`, form)))['id'] as string;
}

const flowJson = JSON.stringify({
  version: '7.0',
  screens: [
    { id: 'FIRST', title: 'First', terminal: true, layout: { type: 'SingleColumnLayout', children: [] } },
  ],
});

async function createFlow(calls: RealCalls): Promise<string> {
  const body = { name: 'Prepared', categories: ['OTHER'], flow_json: flowJson };
  return (await must(calls.post(`v23.0/${calls.cast.wabaId}/flows`, body)))['id'] as string;
}

async function createTemplate(calls: RealCalls, draft: JsonObject = {}): Promise<string> {
  const body = {
    name: 'prepared',
    language: 'en_US',
    category: 'MARKETING',
    components: [{ type: 'BODY', text: 'Something new.' }],
    ...draft,
  };
  const { id } = await must(calls.post(`v23.0/${calls.cast.wabaId}/message_templates`, body));
  await calls.world.advance(6 * 60_000);
  return id as string;
}

/** Ids by kind of node; kinds that are missing have generated ones. */
export const nodes: Readonly<Record<string, (calls: RealCalls) => string | Promise<string>>> = {
  app: ({ cast }) => cast.appId,
  business: ({ world, cast }) => world.world.wabas.get(cast.wabaId)?.ownerBusinessId ?? '',
  'phone-number': ({ cast }) => cast.phoneNumberId,
  waba: ({ cast }) => cast.wabaId,
  media: (calls) => upload(calls),
  template: (calls) => createTemplate(calls),
  flow: createFlow,
  'business-profile': ({ world }) =>
    [...world.world.nodes].find(([, kind]) => kind === 'business-profile')?.[0] ?? '',
};

/** The number's state, where an operation wants another than `cloud-api`. */
export const states: Readonly<Record<string, string>> = {
  requestVerificationCode: 'fresh',
  verifyPhoneNumberCode: 'fresh',
};

/** Parameters that the specification calls optional, and that an operation does nothing without. */
export const queries: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  deleteTemplateByName: { name: 'prepared' },
};

/** What an operation wants done before, beside its node. */
const before: Readonly<Record<string, (calls: RealCalls, nodeId: string) => Promise<unknown>>> = {
  verifyPhoneNumberCode: (calls, id) =>
    calls.post(`v23.0/${id}/request_code`, { code_method: 'SMS', language: 'en_US' }),
  getOfficialBusinessAccountStatus: (calls, id) =>
    calls.post(`v23.0/${id}/official_business_account`, { action: 'SUBMIT_APPLICATION' }),
  createOrUpdateQrCode: (calls, id) => calls.post(`v23.0/${id}/message_qrdls`, { prefilled_message: 'Hi' }),
  deprecateFlow: (calls, id) => calls.post(`v23.0/${id}/publish`),
  deleteTemplateByName: (calls) => createTemplate(calls),
};

export async function prepare(
  calls: RealCalls,
  { id, node }: ReducedOperation,
  nodeId: string,
): Promise<void> {
  // A customer has just written, so that everything may be sent.
  if (node === 'phone-number' && states[id] === undefined)
    await calls.play('  - customer.sends: { from: ana, text: Olá, as: hello }');
  await before[id]?.(calls, nodeId);
}

/** What stands for the parameter that a path ends in. */
export async function tailOf(calls: RealCalls, { edge }: ReducedOperation): Promise<string> {
  if (!edge.includes('{')) return '';
  const made = await must(
    calls.post(`v23.0/${calls.cast.phoneNumberId}/message_qrdls`, { prefilled_message: 'Hi' }),
  );
  return made['code'] as string;
}

/** An example with this world's people, messages and addresses in it, in place of Meta's. */
export function fit(calls: RealCalls, value: Json, callbackUrl: string, name = ''): Json {
  const inner = (one: Json, key: string): Json => fit(calls, one, callbackUrl, key);
  if (Array.isArray(value)) return value.map((one) => inner(one, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inner(one, key)]));
  if (typeof value !== 'string') return value;
  switch (name) {
    case 'to':
    case 'user_wa_id':
      return calls.cast.customers['ana']?.waId ?? '';
    case 'user':
      return value.startsWith('+') ? `+${calls.cast.customers['ana']?.waId ?? ''}` : value;
    case 'message_id':
      return calls.cast.messages.get('hello') ?? value;
    case 'override_callback_uri':
      return callbackUrl;
    case 'code':
      return codeSent(calls) ?? (/^[A-Z0-9]{14}$/.test(value) ? qrCode(calls) : placeholder(value, name));
    case 'clone_flow_id':
      return '';
    default:
      return placeholder(value, name);
  }
}

/** Meta writes `<http(s)://audio-url>`, `<HEADER_TYPE>` and `{{Recipient-Phone-Number}}` where readers put their own. */
function placeholder(value: string, name: string): string {
  if (value.includes('http(s)://')) return 'https://shop.example/file';
  if (value === '<HEADER_TYPE>') return 'text';
  if (value === '<TEMPLATE_NAME>' || value === 'template-name') return 'prepared';
  if (value === 'language-and-locale-code') return 'en_US';
  return name === 'title' || name === 'button' ? value.slice(0, 20) : value;
}

/** The newest QR code of the world. */
const qrCode = ({ world }: RealCalls): string =>
  world.log
    .recent()
    .map(({ event }) => event)
    .findLast((event): event is QrCodeWritten => event.type === 'qr-code-written')?.qr.code ?? '';

const codeSent = ({ world }: RealCalls): string | undefined =>
  world.log
    .recent()
    .map(({ event }) => event)
    .findLast((event): event is CodeSent => event.type === 'code-sent')?.code;

/** Files and templates that a message names are made, and their names put into it. */
export async function withItsThings(calls: RealCalls, body: Json): Promise<Json> {
  const message = body as Fields;
  const { type } = message;
  if (typeof type !== 'string' || typeof message[type] !== 'object') return body;
  const content = message[type] as Fields;
  if (typeof content['id'] === 'string')
    return { ...message, [type]: { ...content, id: await upload(calls, type) } };
  // One is there from the start.
  const isThere = content['name'] === 'hello_world' && (content['language'] as Fields)['code'] === 'en_US';
  if (type === 'template' && !isThere) await createTemplate(calls, templateFor(content));
  return body;
}

/** A template that a message fits. */
function templateFor({ name, language, components }: Fields): JsonObject {
  const parts = (components ?? []) as Fields[];
  const parameters = (part: Fields | undefined) => (part?.['parameters'] ?? []) as Fields[];
  const of = (kind: string) => parts.filter((part) => part['type'] === kind);
  const [header] = of('header');
  const format = parameters(header)[0]?.['type'] as string | undefined;
  const count = parameters(of('body')[0]).length;
  const variables = Array.from({ length: count }, (_, index) => `{{${index + 1}}} and so on and on`);
  const buttons = of('button').map(({ sub_type: kind }, index) => ({
    type: kind as string,
    text: `Button ${index}`,
  }));
  return {
    name: name,
    language: (language as { code: string }).code,
    components: [
      ...(format === undefined
        ? []
        : [
            {
              type: 'HEADER',
              format: format.toUpperCase(),
              text: 'For {{1}}',
              example: { header_handle: ['4::aW'], header_text: ['you'] },
            },
          ]),
      {
        type: 'BODY',
        text: `Here it is: ${variables.join(' ')}.`,
        ...(count > 0 && { example: { body_text: [['a']] } }),
      },
      ...(buttons.length > 0 ? [{ type: 'BUTTONS', buttons }] : []),
    ],
  };
}

/** What stands for a file: of the kind that the example names. */
export function fileFor(value: Json): Blob {
  const [, kind = 'image/png'] = /type=([\w/]+)/.exec(typeof value === 'string' ? value : '') ?? [];
  const types: Readonly<Record<string, string>> = { ogg: 'audio/ogg', webp: 'image/webp' };
  return new Blob([png], { type: types[kind] ?? kind });
}
