/** The number's node and the account's list of them, as JSON. */
import type { GraphRequest } from '../../core/feature.ts';
import type { PhoneNumberId, WabaId } from '../../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Callback } from '../../core/world.ts';
import type { NumbersRead } from './decide.ts';
import type { ListPhoneNumbers, ReadPhoneNumber, UpdatePhoneNumber } from './events.ts';
import { cursorOf } from './cursor.ts';
import { showNumber } from './fields.ts';

export const parseRead = (request: GraphRequest): ReadPhoneNumber => ({
  type: 'read-phone-number',
  phoneNumberId: request.nodeId as PhoneNumberId,
  token: request.token,
  ...fieldsOf(request),
});

export function parseList(request: GraphRequest): ListPhoneNumbers {
  const { after, before, limit, sort } = request.params;
  return {
    type: 'list-phone-numbers',
    wabaId: request.nodeId as WabaId,
    token: request.token,
    ...fieldsOf(request),
    limit: limitOf(limit),
    ...(typeof after === 'string' && { after }),
    ...(typeof before === 'string' && { before }),
    oldestFirst: typeof sort === 'string' && /asc/i.test(sort),
  };
}

/** 25 unless told otherwise, 100 at most. @see Meta: OpenAPI v23.0 (documented) */
const limitOf = (value: JsonValue | undefined): number =>
  Math.min(typeof value === 'string' || typeof value === 'number' ? Number(value) : 25, 100);

export function parseUpdate(request: GraphRequest): UpdatePhoneNumber {
  const pin = request.params['pin'];
  const override = overrideIn(request.params['webhook_configuration']);
  return {
    type: 'update-phone-number',
    phoneNumberId: request.nodeId as PhoneNumberId,
    token: request.token,
    ...((typeof pin === 'string' || typeof pin === 'number') && { pin: String(pin) }),
    ...(override && { override }),
    ...(request.handshake && { handshake: request.handshake }),
  };
}

export function renderNode({ shown, fields }: NumbersRead): JsonObject {
  const [only] = shown;
  return only ? showNumber(only, fields) : {};
}

/** Cursors without `next`: an account here never has more numbers than a page holds. Empty lists have no `paging`. */
export function renderList({ shown, fields }: NumbersRead): JsonObject {
  const data = shown.map((number) => showNumber(number, fields));
  const [first] = shown;
  const last = shown.at(-1);
  if (!first || !last) return { data };
  return {
    data,
    paging: { cursors: { before: cursorOf(first.number.id), after: cursorOf(last.number.id) } },
  };
}

export const renderSuccess = (): JsonObject => ({ success: true });

/** `health_status{…}` and `.limit(…)` are cut down to the field's name: what is below a field is always shown whole. */
function fieldsOf(request: GraphRequest): { fields?: readonly string[] } {
  if (!request.fields) return {};
  return { fields: request.fields.map((field) => field.split(/[.{(]/)[0]?.trim() ?? '') };
}

function overrideIn(value: JsonValue | undefined): Callback | undefined {
  if (!isObject(value)) return undefined;
  const url = value['override_callback_uri'];
  const verifyToken = value['verify_token'];
  return {
    url: typeof url === 'string' ? url : '',
    verifyToken: typeof verifyToken === 'string' ? verifyToken : '',
  };
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
