/** `whatsapp_business_profile` as JSON. */
import type { GraphRequest } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { ProfileRead } from './decide.ts';
import type { BusinessProfile, ChangeProfile, ReadProfile } from './events.ts';

export const parseRead = (request: GraphRequest): ReadProfile => ({
  type: 'read-profile',
  phoneNumberId: request.nodeId as PhoneNumberId,
  ...(request.fields && { fields: request.fields }),
});

export function parseChange(request: GraphRequest): ChangeProfile {
  const { params } = request;
  const websites = namesIn(params['websites']);
  const profile: BusinessProfile = {
    ...textIn(params, 'about'),
    ...textIn(params, 'address'),
    ...textIn(params, 'description'),
    ...textIn(params, 'email'),
    ...textIn(params, 'vertical'),
    ...(websites && { websites }),
  };
  return { type: 'change-profile', phoneNumberId: request.nodeId as PhoneNumberId, profile };
}

/** A list of one. Fields that were never filled in are left out. */
export function renderProfile({ profile, fields }: ProfileRead): JsonObject {
  const shown: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(profile))
    if (fields.includes(name)) shown[name] = value as JsonValue;
  return { data: [{ ...shown, messaging_product: 'whatsapp' }] };
}

export const renderSuccess = (): JsonObject => ({ success: true });

const textIn = <Name extends string>(params: JsonObject, name: Name): Partial<Record<Name, string>> => {
  const value = params[name];
  return (typeof value === 'string' ? { [name]: value } : {}) as Partial<Record<Name, string>>;
};

/** Meta's own example sends the list as text: `"[\"https://…\"]"`. */
function namesIn(value: JsonValue | undefined): readonly string[] | undefined {
  if (Array.isArray(value)) return value.filter((name) => typeof name === 'string');
  if (typeof value !== 'string') return undefined;
  try {
    return namesIn(JSON.parse(value) as JsonValue);
  } catch {
    return [value];
  }
}
