/** What a message holds: exactly one of these keys beside the others of `customer.sends` and `app.sends`. */
import { isMap } from 'yaml';
import {
  flag,
  jsonMap,
  listOf,
  mapped,
  numeral,
  oneOf,
  text,
  whole,
  type Place,
  type Read,
  type Reading,
} from './read.ts';
import type { Content, OrderedItem } from './scenario.ts';
import { defaulted, optional, readMap, required, type Shape, type Values } from './shape.ts';

type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';
type BareKind = 'view-once' | 'disappearing' | 'live-location';

/** `true` for media that nothing more is said about; anything else must be a map of its own keys. */
const trueOrMap =
  <S extends Shape, T>(what: string, shape: S, turn: (values: Values<S> | undefined) => T): Read<T> =>
  (value, reading) => {
    if (isMap(value.node)) {
      const map = readMap(shape, what, value, value.place, reading);
      return map && turn(map.values);
    }
    const given = flag(value, reading);
    if (given === null) return null;
    if (given) return turn(undefined);
    return reading.report('content-kind', value.place, `Leave “${what}” out instead of writing false.`);
  };

const media = (kind: MediaKind, shape: Shape): Read<Content> =>
  trueOrMap(kind, shape, (values) => ({ kind, ...values }));

const mark = (key: string, kind: BareKind): Read<Content> => trueOrMap(key, {}, () => ({ kind }));

const orderedItem = {
  product: required(text),
  quantity: defaulted(whole(1, 1_000), 1),
  price: required(numeral),
  currency: required(text),
} as const;

const orderedItems: Read<readonly OrderedItem[]> = listOf(
  (value, reading) => readMap(orderedItem, 'order', value, value.place, reading)?.values ?? null,
  30,
);

/** The keys of media and of the other kinds that are maps. */
export const contentShapes = {
  image: { caption: optional(text) },
  video: { caption: optional(text) },
  audio: { voice: optional(flag) },
  document: { caption: optional(text), filename: optional(text) },
  location: { latitude: required(numeral), longitude: required(numeral), name: optional(text) },
  button: { text: required(text), payload: required(text) },
  interactive: { id: required(text), title: required(text) },
  listReply: { id: required(text), title: required(text), description: optional(text) },
  order: { items: required(orderedItems), text: optional(text) },
} as const;

const location: Read<Content> = (value, reading) => {
  const map = readMap(contentShapes.location, 'location', value, value.place, reading);
  return map && { kind: 'location', ...map.values };
};

const button: Read<Content> = (value, reading) => {
  const map = readMap(contentShapes.button, 'button', value, value.place, reading);
  return map && { kind: 'button', ...map.values };
};

const interactive: Read<Content> = (value, reading) => {
  const map = readMap(contentShapes.interactive, 'interactive', value, value.place, reading);
  return map && { kind: 'interactive', ...map.values };
};

const listReply: Read<Content> = (value, reading) => {
  const map = readMap(contentShapes.listReply, 'listReply', value, value.place, reading);
  return map && { kind: 'list-reply', ...map.values };
};

const order: Read<Content> = (value, reading) => {
  const map = readMap(contentShapes.order, 'order', value, value.place, reading);
  return map && { kind: 'order', ...map.values };
};

/** Kinds of content by their keys, as everybody sends them. */
export const contentShape = {
  text: optional(mapped(text, (body): Content => ({ kind: 'text', text: body }))),
  image: optional(media('image', contentShapes.image)),
  video: optional(media('video', contentShapes.video)),
  audio: optional(media('audio', contentShapes.audio)),
  document: optional(media('document', contentShapes.document)),
  sticker: optional(media('sticker', {})),
  location: optional(location),
  contacts: optional(mapped(listOf(text, 20), (names): Content => ({ kind: 'contacts', names }))),
  button: optional(button),
  interactive: optional(interactive),
  unsupported: optional(mapped(text, (form): Content => ({ kind: 'unsupported', form }))),
  viewOnce: optional(mark('viewOnce', 'view-once')),
  disappearing: optional(mark('disappearing', 'disappearing')),
  liveLocation: optional(mark('liveLocation', 'live-location')),
} as const satisfies Shape;

/** What only customers send beside: answers to what a business sent. */
export const customerContentShape = {
  ...contentShape,
  listReply: optional(listReply),
  order: optional(order),
  flowReply: optional(mapped(jsonMap, (answers): Content => ({ kind: 'flow-reply', answers }))),
  callPermission: optional(
    mapped(oneOf('an answer', ['accept', 'reject']), (answer): Content => ({
      kind: 'call-permission',
      answer,
    })),
  ),
} as const satisfies Shape;

type ContentValues = Partial<Values<typeof customerContentShape>>;
type ContentKey = keyof typeof customerContentShape;

/**
 * The one content among the keys of a step.
 *
 * @param shape - the kinds that may be
 * @param step - name and place of the step, for the message when there is none
 */
export function contentOf<Key extends ContentKey>(
  shape: Readonly<Record<Key, unknown>>,
  values: Pick<ContentValues, NoInfer<Key>>,
  placeOfKey: (key: NoInfer<Key>) => Place,
  step: { readonly name: string; readonly place: Place },
  reading: Reading,
): Content | null {
  const contentKeys = Object.keys(shape) as Key[];
  const [first, second] = contentKeys.filter((key) => values[key] !== undefined);
  if (first === undefined)
    return reading.report(
      'content-kind',
      step.place,
      `${step.name} says nothing about what is sent.`,
      `Add one of ${contentKeys.join(', ')}.`,
    );
  if (second === undefined) return values[first] ?? null;
  return reading.report(
    'content-kind',
    placeOfKey(second),
    `A message holds one kind of content: “${first}” or “${second}”, not both.`,
    'Send two messages.',
  );
}
