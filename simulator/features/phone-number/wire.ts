/** The number's node and the account's list of them, as JSON. */
import type { GraphRequest } from '../../core/feature.ts';
import type { PhoneNumberId, WabaId } from '../../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { isObject } from '../../core/wire-values.ts';
import type { Callback } from '../../core/world.ts';
import type { ListPhoneNumbers, ReadPhoneNumber, UpdatePhoneNumber } from './events.ts';
import { showNumber, type ShownNumber } from './fields.ts';

export const parseRead = (request: GraphRequest): ReadPhoneNumber => ({
  type: 'read-phone-number',
  phoneNumberId: request.nodeId as PhoneNumberId,
  token: request.token,
});

export function parseList(request: GraphRequest): ListPhoneNumbers {
  const { sort } = request.params;
  return {
    type: 'list-phone-numbers',
    wabaId: request.nodeId as WabaId,
    token: request.token,
    oldestFirst: typeof sort === 'string' && /asc/i.test(sort),
  };
}

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

export const renderNode = (shown: ShownNumber): JsonObject => showNumber(shown);

export const renderList = (shown: readonly ShownNumber[]): JsonObject => ({ data: shown.map(showNumber) });

export const renderSuccess = (): JsonObject => ({ success: true });

function overrideIn(value: JsonValue | undefined): Callback | undefined {
  if (!isObject(value)) return undefined;
  const url = value['override_callback_uri'];
  const verifyToken = value['verify_token'];
  return {
    url: typeof url === 'string' ? url : '',
    verifyToken: typeof verifyToken === 'string' ? verifyToken : '',
  };
}
