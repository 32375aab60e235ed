/** The JSON of the field `history`: chunks of threads, files told in full, and the owner's no. */
import type { Behaviour } from '../../core/behaviour.ts';
import type { JsonObject } from '../../core/json.ts';
import {
  customerContact,
  fromCustomer,
  isNumberHidden,
  metadataOf,
  renderContent,
  toCustomer,
  unsupportedErrors,
  unsupportedContent,
  type MintedMedia,
} from '../../core/wire-content.ts';
import type { Customer, PhoneNumber, ReadonlyWorld } from '../../core/world.ts';
import type { HistoryFill } from './events.ts';
import { mediaContentOf, messageAt, textOf, threadOf, wamidOf, type HistoryMessage } from './message.ts';
import { customerOf } from './people.ts';
import { phrasesOf, type Phrases } from './phrases.ts';
import type { HistoryChunk } from './plan.ts';

/** What rendering a message of a history takes. */
export interface HistoryScene {
  readonly world: ReadonlyWorld;
  readonly number: Readonly<PhoneNumber>;
  readonly fill: HistoryFill;
  readonly phrases: Phrases;
}

/** Everything that rendering needs; cheap, but for the first look at a fill's phrases. */
export const sceneOf = (
  world: ReadonlyWorld,
  number: Readonly<PhoneNumber>,
  fill: HistoryFill,
): HistoryScene => ({ world, number, fill, phrases: phrasesOf(fill, number.country) });

const customerIn = (scene: HistoryScene, thread: number): Customer =>
  customerOf(scene.world, scene.number, scene.fill, thread, scene.phrases);

/** The scenario's people may write on what no message says; those forms of id are the web's (assumed). */
const originOf = (customer: Customer): 'android' | 'iphone' | 'web' =>
  customer.device === 'android' || customer.device === 'iphone' ? customer.device : 'web';

/** `value` of a chunk: its threads, and in each the messages from the oldest to the newest. */
export function renderChunk(scene: HistoryScene, chunk: HistoryChunk): JsonObject {
  const threads = new Map<number, { readonly customer: Customer; readonly messages: JsonObject[] }>();
  for (let index = chunk.first + chunk.count - 1; index >= chunk.first; index -= 1) {
    const thread = threadOf(scene.fill, index);
    let talk = threads.get(thread);
    if (!talk) threads.set(thread, (talk = { customer: customerIn(scene, thread), messages: [] }));
    talk.messages.push(renderMessage(scene, messageAt(scene.fill, index), talk.customer));
  }
  const { behaviour } = scene.world;
  return {
    messaging_product: 'whatsapp',
    metadata: metadataOf(scene.number),
    history: [
      {
        metadata: { phase: chunk.phase, chunk_order: chunk.chunkOrder, progress: chunk.progress },
        threads: Array.from(threads.values(), ({ customer, messages }) => ({
          ...(isNumberHidden(customer, behaviour) ? {} : { id: customer.waId }),
          ...(behaviour.userIds ? { context: renderThreadContext(customer, behaviour) } : {}),
          messages,
        })),
      },
    ],
  };
}

const renderThreadContext = (customer: Customer, behaviour: Behaviour): JsonObject => ({
  ...(isNumberHidden(customer, behaviour) ? {} : { wa_id: customer.waId }),
  user_id: customer.userId,
  ...(customer.username === undefined ? {} : { username: customer.username }),
});

function renderMessage(scene: HistoryScene, message: HistoryMessage, customer: Customer): JsonObject {
  const { behaviour } = scene.world;
  const fromMe = message.fromMe && behaviour.historyFromMe;
  return {
    ...(message.fromMe ? fromBusiness(scene, customer) : fromCustomer(customer, behaviour)),
    id: wamidOf(message, customer.waId, originOf(customer)),
    timestamp: String(message.sentAtSeconds),
    ...renderBody(scene, message, customer),
    history_context: fromMe ? { status: message.status, from_me: true } : { status: message.status },
  };
}

/** `to` without `to_user_id`: the thread's context has it. */
function fromBusiness({ world, number }: HistoryScene, customer: Customer): JsonObject {
  const shown = world.behaviour.historyTo && !isNumberHidden(customer, world.behaviour);
  return shown ? { from: number.waId, to: customer.waId } : { from: number.waId };
}

function renderBody(scene: HistoryScene, message: HistoryMessage, customer: Customer): JsonObject {
  switch (message.kind) {
    case 'text':
      return { type: 'text', text: { body: textOf(message, scene.phrases) } };
    case 'media':
      return { type: 'media_placeholder' };
    case 'location':
      // Somewhere near São Paulo's Sé; the choice moves it by up to a degree.
      return renderContent({
        kind: 'location',
        latitude: -23.55 + message.choice / 1000,
        longitude: -46.63 + message.choice / 1000,
      });
    case 'reaction': {
      const older = messageAt(scene.fill, message.index + 1);
      const id = wamidOf(older, customer.waId, originOf(customer));
      return {
        type: 'reaction',
        reaction: { message_id: id, emoji: message.choice % 2 === 0 ? '👍' : '❤️' },
      };
    }
    case 'unsupported':
      return unsupportedContent(131051);
    case 'errors':
      return { type: 'errors', errors: unsupportedErrors(131051) };
  }
}

/** `value` of the webhook that brings the file behind a placeholder: in `messages`, or in `message_echoes`. */
export function renderMedia(scene: HistoryScene, index: number, media: MintedMedia): JsonObject {
  const { world, number, fill, phrases } = scene;
  const message = messageAt(fill, index);
  const customer = customerIn(scene, threadOf(fill, index));
  const told = {
    ...(message.fromMe
      ? { from: number.waId, ...toCustomer(customer, world.behaviour) }
      : fromCustomer(customer, world.behaviour)),
    id: wamidOf(message, customer.waId, originOf(customer)),
    timestamp: String(message.sentAtSeconds),
    ...renderContent(mediaContentOf(message, phrases), media),
  };
  return {
    messaging_product: 'whatsapp',
    metadata: metadataOf(number),
    ...(world.behaviour.userIds
      ? { contacts: [customerContact(customer, world.behaviour, { withName: false })] }
      : {}),
    ...(message.fromMe ? { message_echoes: [told] } : { messages: [told] }),
  };
}

const declinedText = 'History sync is turned off by the business from the WhatsApp Business App';

/** `value` where the owner shares nothing. @see Meta: onboarding-business-app-users (documented) */
export const renderDeclined = (number: Readonly<PhoneNumber>): JsonObject => ({
  messaging_product: 'whatsapp',
  metadata: metadataOf(number),
  history: [
    {
      errors: [
        {
          code: 2593109,
          title: declinedText,
          message: declinedText,
          error_data: { details: 'History sharing is turned off by the business' },
        },
      ],
    },
  ],
});
