/** The fields of the account's node. */
import type { FieldSet } from '../../core/feature.ts';
import type { WabaId } from '../../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { createRandom, hashSeed } from '../../core/random.ts';
import { slice, type PhoneNumber, type ReadonlyWorld, type Waba } from '../../core/world.ts';
import { tierOf } from '../messages/events.ts';
import type { WabaSwitches } from './events.ts';

/** An account with what its node shows besides. */
export interface ShownWaba {
  readonly waba: Waba;
  readonly switches: WabaSwitches;
  /** ISO 3166-1 alpha-2 of its numbers; missing without any. */
  readonly country?: string;
  /** One of its numbers, at least, can send. */
  readonly canSend: boolean;
  /** Of its messaging limit: `TIER_250`. */
  readonly tier: string;
}

/** What was switched, by account. */
export const wabaSwitches = slice<Map<WabaId, WabaSwitches>>('waba', () => new Map());

export const numbersOf = (world: ReadonlyWorld, wabaId: WabaId): readonly PhoneNumber[] =>
  [...world.phoneNumbers.values()].filter((number) => number.wabaId === wabaId);

/** An account as it stands. */
export function shownWaba(world: ReadonlyWorld, waba: Waba): ShownWaba {
  const numbers = numbersOf(world, waba.id);
  const [first] = numbers;
  return {
    waba,
    switches: wabaSwitches.of(world).get(waba.id) ?? {},
    canSend: numbers.some(({ state }) => state === 'coexistence' || state === 'cloud-api'),
    tier: tierOf(world),
    ...(first && { country: first.country }),
  };
}

type Field = (shown: ShownWaba) => JsonValue | undefined;

/** Fields that exist and have nothing to say here: Graph leaves them out of the answer. */
const empty: Field = () => undefined;

/** Names are those of Meta's SDK (documented); the values are an ordinary account's (assumed). */
const known: Readonly<Record<string, Field>> = {
  id: ({ waba }) => waba.id,
  name: ({ waba }) => waba.name,
  timezone_id: () => '1',
  message_template_namespace: ({ waba }) => templateNamespace(waba),
  currency: () => 'USD',
  account_review_status: () => 'APPROVED',
  auth_international_rate_eligibility: empty,
  business_verification_status: () => 'verified',
  country: ({ country }) => country,
  creation_time: empty,
  disable_marketing_messages_on_cloud_api: ({ switches }) =>
    switches.disableMarketingMessagesOnCloudApi ?? false,
  health_status: (shown) => healthStatus(shown),
  is_enabled_for_insights: ({ switches }) => switches.isEnabledForInsights ?? false,
  is_shared_with_partners: () => true,
  linked_commerce_account: empty,
  marketing_messages_lite_api_status: empty,
  marketing_messages_onboarding_status: empty,
  on_behalf_of_business_info: empty,
  owner_business: ({ waba }) => owner(waba),
  owner_business_info: ({ waba }) => owner(waba),
  ownership_type: () => 'CLIENT_OWNED',
  primary_business_location: empty,
  primary_funding_id: empty,
  purchase_order_number: empty,
  status: () => 'ACTIVE',
  template_auto_archival_enabled: ({ switches }) => switches.templateAutoArchivalEnabled ?? false,
  whatsapp_business_manager_messaging_limit: ({ tier }) => tier,
};

/** What the node shows unasked. @see Meta: WhatsApp Business Account (documented; `currency` from older answers) */
const defaultFields: readonly string[] = ['name', 'timezone_id', 'message_template_namespace', 'currency'];

/** Type of the node as in Meta's SDK (documented). */
export const wabaFields: FieldSet = {
  nodeType: 'WhatsAppBusinessAccount',
  known: Object.keys(known),
  silent: Object.keys(known).filter((name) => known[name] === empty),
  byDefault: defaultFields,
};

/** The node, whole. */
export function showWaba(shown: ShownWaba): JsonObject {
  const node: Record<string, JsonValue> = {};
  for (const [name, field] of Object.entries(known)) {
    const value = field(shown);
    if (value !== undefined) node[name] = value;
  }
  return node;
}

const owner = (waba: Waba): JsonObject => ({ name: waba.name, id: waba.ownerBusinessId });

/** A UUID with underscores; always the same for an account. */
function templateNamespace(waba: Waba): string {
  const hex = createRandom(hashSeed(waba.id)).text(32, '0123456789abcdef');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('_');
}

/** @see Meta: messaging health status (documented) */
function healthStatus({ waba, canSend }: ShownWaba): JsonObject {
  const entity = (type: string, id: string): JsonObject => ({
    entity_type: type,
    id,
    can_send_message: 'AVAILABLE',
  });
  return {
    can_send_message: canSend ? 'AVAILABLE' : 'BLOCKED',
    entities: [entity('WABA', waba.id), entity('BUSINESS', waba.ownerBusinessId)],
  };
}
