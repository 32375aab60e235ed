/** The fields of the number's node, and what each says in each state. */
import type { FieldSet } from '../../core/feature.ts';
import type { AppId, BusinessId } from '../../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { NumberState, PhoneNumber } from '../../core/world.ts';

/** A number with what its node shows besides. */
export interface ShownNumber {
  readonly number: PhoneNumber;
  readonly pinEnabled: boolean;
  /** Of its messaging limit: `TIER_250`. */
  readonly tier: string;
  /** Greetings, if any were configured. */
  readonly automation?: JsonObject;
  readonly ownerBusinessId: BusinessId;
  /** The app that asks. */
  readonly appId?: AppId;
  /** Where webhooks go, by the level that says so. */
  readonly callbacks: { readonly app?: string; readonly waba?: string; readonly number?: string };
}

/** How a number shows that it is in the app, on the Cloud API, in both or in neither. */
interface Standing {
  readonly isOnBizApp: boolean;
  readonly platformType: 'CLOUD_API' | 'ON_PREMISE' | 'NOT_APPLICABLE';
  readonly status: 'CONNECTED' | 'DISCONNECTED' | 'PENDING';
  readonly codeVerification: 'VERIFIED' | 'NOT_VERIFIED';
  readonly nameStatus: 'APPROVED' | 'AVAILABLE_WITHOUT_REVIEW' | 'NON_EXISTS' | 'NONE';
}

const inAppAlone: Standing = {
  isOnBizApp: true,
  platformType: 'ON_PREMISE',
  status: 'DISCONNECTED',
  codeVerification: 'NOT_VERIFIED',
  nameStatus: 'NON_EXISTS',
};

/**
 * `is_on_biz_app` and `platform_type` of coexistence are documented; `app-only` is recorded, `fresh` and `cloud-api`
 * are read from clients. For an offboarded number the values of `app-only` are assumed, and so is `nameStatus`
 * throughout.
 *
 * @see Meta: onboarding-business-app-users
 */
const standings: Readonly<Record<NumberState, Standing>> = {
  fresh: {
    isOnBizApp: false,
    platformType: 'NOT_APPLICABLE',
    status: 'PENDING',
    codeVerification: 'NOT_VERIFIED',
    nameStatus: 'NONE',
  },
  'app-only': inAppAlone,
  coexistence: {
    isOnBizApp: true,
    platformType: 'CLOUD_API',
    status: 'CONNECTED',
    codeVerification: 'VERIFIED',
    nameStatus: 'AVAILABLE_WITHOUT_REVIEW',
  },
  'cloud-api': {
    isOnBizApp: false,
    platformType: 'CLOUD_API',
    status: 'CONNECTED',
    codeVerification: 'VERIFIED',
    nameStatus: 'APPROVED',
  },
  offboarded: inAppAlone,
  // Its node cannot be read; the entry keeps the table whole.
  disconnected: inAppAlone,
};

const standing = (shown: ShownNumber): Standing => standings[shown.number.state];
const isConnected = (shown: ShownNumber): boolean => standing(shown).status === 'CONNECTED';

type Field = (shown: ShownNumber) => JsonValue | undefined;

/** Fields that exist and have nothing to say here: Graph leaves them out of the answer. */
const empty: Field = () => undefined;

const known: Readonly<Record<string, Field>> = {
  verified_name: ({ number }) => number.verifiedName,
  code_verification_status: (shown) => standing(shown).codeVerification,
  display_phone_number: ({ number }) => number.displayPhoneNumber,
  quality_rating: (shown) => (isConnected(shown) ? 'GREEN' : 'UNKNOWN'),
  platform_type: (shown) => standing(shown).platformType,
  throughput: (shown) => ({ level: isConnected(shown) ? 'STANDARD' : 'NOT_APPLICABLE' }),
  webhook_configuration: ({ callbacks }) => ({
    ...(callbacks.number !== undefined && { phone_number: callbacks.number }),
    ...(callbacks.waba !== undefined && { whatsapp_business_account: callbacks.waba }),
    ...(callbacks.app !== undefined && { application: callbacks.app }),
  }),
  id: ({ number }) => number.id,
  account_mode: () => 'LIVE',
  certificate: empty,
  conversational_automation: ({ automation, number }) => automation && { ...automation, id: number.id },
  country_code: ({ number }) => number.country,
  country_dial_code: ({ number }) => /^\+(\d+)/.exec(number.displayPhoneNumber)?.[1],
  eligibility_for_api_business_global_search: empty,
  health_status: (shown) => healthStatus(shown),
  is_official_business_account: () => false,
  is_on_biz_app: (shown) => standing(shown).isOnBizApp,
  is_pin_enabled: ({ pinEnabled }) => pinEnabled,
  is_preverified_number: () => false,
  last_onboarded_time: ({ number }) =>
    number.onboardedAtMs === undefined ? undefined : graphTime(number.onboardedAtMs),
  messaging_limit_tier: (shown) => (isConnected(shown) ? shown.tier : undefined),
  name_status: (shown) => standing(shown).nameStatus,
  new_certificate: empty,
  new_name_status: () => 'NONE',
  official_business_account: empty,
  quality_score: (shown) => ({ score: isConnected(shown) ? 'GREEN' : 'UNKNOWN' }),
  search_visibility: empty,
  status: (shown) => standing(shown).status,
  username: empty,
  whatsapp_business_manager_messaging_limit: (shown) => (isConnected(shown) ? shown.tier : undefined),
};

/** What the node shows unasked, as recorded in May 2026; `is_on_biz_app` is not among it. */
const defaultFields: readonly string[] = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
  'webhook_configuration',
];

/** Type of the node as in Meta's SDK (documented). */
export const numberFields: FieldSet = {
  nodeType: 'WhatsAppBusinessAccountToNumberCurrentStatus',
  known: Object.keys(known),
  silent: Object.keys(known).filter((name) => known[name] === empty),
  byDefault: defaultFields,
};

/** The node, whole. */
export function showNumber(shown: ShownNumber): JsonObject {
  const node: Record<string, JsonValue> = {};
  for (const [name, field] of Object.entries(known)) {
    const value = field(shown);
    if (value !== undefined) node[name] = value;
  }
  return node;
}

/** @see Meta: messaging health status (documented; that one blocked entity blocks the rest of the answer, too) */
function healthStatus(shown: ShownNumber): JsonObject {
  const numberHealth = isConnected(shown) ? 'AVAILABLE' : 'BLOCKED';
  const entity = (type: string, id: string, health: string): JsonObject => ({
    entity_type: type,
    id,
    can_send_message: health,
  });
  return {
    can_send_message: numberHealth,
    entities: [
      entity('PHONE_NUMBER', shown.number.id, numberHealth),
      entity('WABA', shown.number.wabaId, 'AVAILABLE'),
      entity('BUSINESS', shown.ownerBusinessId, 'AVAILABLE'),
      ...(shown.appId === undefined ? [] : [entity('APP', shown.appId, 'AVAILABLE')]),
    ],
  };
}

/** Graph's own way to print an instant: `2026-03-01T09:30:00+0000`. */
const graphTime = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}+0000`;
