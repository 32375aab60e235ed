/** A message as the wire has it → the content of a step. Pure; everything in it is redacted already. */
import { fieldsIn, fieldsOf, isFields, parseJson, textOf, type Fields } from './json.ts';

/** Keys of `customer.sends` or `app.sends`. */
export type WrittenContent = Readonly<Record<string, unknown>>;

/** Most cards, or lines of an order, that a step may have. */
const mostInOne = 20;

/** What stands for a text that is missing or empty; a step needs one. */
const nothingSaid = 'Text';

/** @returns the key of the content and its value; `undefined` for a kind that no step has */
export function contentOf(message: Fields): WrittenContent | undefined {
  const type = textOf(message['type']) ?? '';
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  return read?.(fieldsOf(message[type]), message);
}

/** Answers to what a business sent: nobody writes them on the business's own phone. */
const customersOnly = ['listReply', 'order', 'flowReply', 'callPermission'];

/** The same of an echo. */
export function echoedContentOf(message: Fields): WrittenContent | undefined {
  const content = contentOf(message);
  return content && Object.keys(content).some((key) => customersOnly.includes(key)) ? undefined : content;
}

type Reader = (body: Fields, message: Fields) => WrittenContent | undefined;

/** A map of what there is, or `true` where there is nothing to say. */
const trueOr = (key: string, values: Fields): WrittenContent => {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return { [key]: given.length === 0 ? true : Object.fromEntries(given) };
};

const readers: Readonly<Record<string, Reader>> = {
  text: ({ body }) => ({ text: textOf(body) ?? nothingSaid }),
  image: ({ caption }) => trueOr('image', { caption: textOf(caption) }),
  video: ({ caption }) => trueOr('video', { caption: textOf(caption) }),
  audio: ({ voice }) => trueOr('audio', { voice: voice === true ? true : undefined }),
  document: ({ caption, filename }) =>
    trueOr('document', { caption: textOf(caption), filename: textOf(filename) }),
  sticker: () => ({ sticker: true }),
  location: ({ latitude, longitude, name }) =>
    typeof latitude === 'number' && typeof longitude === 'number'
      ? { location: { latitude, longitude, ...(textOf(name) !== undefined && { name }) } }
      : undefined,
  contacts: (_body, { contacts }) => ({ contacts: fieldsIn(contacts).slice(0, mostInOne).map(nameOnCard) }),
  button: ({ text, payload }) => ({
    button: { text: textOf(text) ?? nothingSaid, payload: textOf(payload) ?? textOf(text) ?? nothingSaid },
  }),
  interactive,
  order,
  unsupported: ({ type }) => ({ unsupported: textOf(type) ?? 'unknown' }),
};

const nameOnCard = (card: Fields): string =>
  textOf(fieldsOf(card['name'])['formatted_name']) ??
  textOf(fieldsOf(card['name'])['first_name']) ??
  nothingSaid;

function interactive(body: Fields): WrittenContent | undefined {
  const { id, title, description } = fieldsOf(body['list_reply'] ?? body['button_reply']);
  const picked = { id: textOf(id) ?? nothingSaid, title: textOf(title) ?? nothingSaid };
  if (isFields(body['list_reply']))
    return { listReply: { ...picked, ...(textOf(description) !== undefined && { description }) } };
  // Echoes have been seen with the type alone.
  if (isFields(body['button_reply']) || body['type'] === 'button_reply') return { interactive: picked };
  if (isFields(body['nfm_reply'])) {
    const answers = parseJson(textOf(body['nfm_reply']['response_json']) ?? '');
    return { flowReply: isFields(answers) ? answers : {} };
  }
  const answer = fieldsOf(body['call_permission_reply'])['response'];
  return answer === 'accept' || answer === 'reject' ? { callPermission: answer } : undefined;
}

function order({ product_items: items, text }: Fields): WrittenContent | undefined {
  const lines = fieldsIn(items)
    .slice(0, mostInOne)
    .map((item) => ({
      product: textOf(item['product_retailer_id']) ?? nothingSaid,
      quantity: typeof item['quantity'] === 'number' ? item['quantity'] : 1,
      price: Number(item['item_price'] ?? 0),
      currency: textOf(item['currency']) ?? 'USD',
    }));
  return lines.length === 0
    ? undefined
    : { order: { items: lines, ...(textOf(text) !== undefined && { text }) } };
}
