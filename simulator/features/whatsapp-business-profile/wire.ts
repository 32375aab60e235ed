/** `whatsapp_business_profile` as JSON. */
import type { FieldSet, GraphRequest } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { ProfileNode, ProfileRead } from './decide.ts';
import type { BusinessProfile, ChangeProfile, ChangeProfileNode, ReadProfile } from './events.ts';

export const parseRead = (request: GraphRequest): ReadProfile => ({
  type: 'read-profile',
  phoneNumberId: request.nodeId as PhoneNumberId,
  ...(request.fields && { fields: request.fields }),
});

export const parseChange = ({ nodeId, params }: GraphRequest): ChangeProfile => ({
  type: 'change-profile',
  phoneNumberId: nodeId as PhoneNumberId,
  profile: profileIn(params),
});

export const parseNodeChange = ({ nodeId, params }: GraphRequest): ChangeProfileNode => ({
  type: 'change-profile-node',
  id: nodeId,
  profile: profileIn(params),
});

function profileIn(params: JsonObject): BusinessProfile {
  const websites = namesIn(params['websites']);
  return {
    ...textIn(params, 'about'),
    ...textIn(params, 'address'),
    ...textIn(params, 'description'),
    ...textIn(params, 'email'),
    ...textIn(params, 'vertical'),
    ...(websites && { websites }),
  };
}

/** A list of one. Fields that were never filled in are left out. */
export function renderProfile({ profile, fields }: ProfileRead): JsonObject {
  const shown: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(profile))
    if (fields.includes(name)) shown[name] = value as JsonValue;
  return { data: [{ ...shown, messaging_product: 'whatsapp' }] };
}

/** Fields of the profile's node. @see Meta: OpenAPI v23.0 (documented) */
export const profileFields: FieldSet = {
  nodeType: 'WhatsAppBusinessProfile',
  known: [
    'id',
    'account_name',
    'about',
    'address',
    'description',
    'email',
    'messaging_product',
    'profile_picture_handle',
    'profile_picture_url',
    'vertical',
    'websites',
  ],
  byDefault: ['about', 'address', 'description', 'email', 'vertical', 'websites', 'messaging_product'],
};

export const renderNode = ({ id, profile }: ProfileNode): JsonObject => ({
  ...(profile as JsonObject),
  messaging_product: 'whatsapp',
  id,
});

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
