/** `account_update` values and the page's session event, as WhatsApp prints them. */
import { emitForWaba, type WebhookEmitted } from '../../core/events.ts';
import type { WabaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import type { EpochMs } from '../../core/time.ts';
import type { App, PhoneNumber, Waba } from '../../core/world.ts';
import type { DisconnectionInitiator, DisconnectionReason } from './events.ts';

/** `disconnection_info`, before it goes over the wire. */
export interface DisconnectionInfo {
  readonly reason: DisconnectionReason;
  readonly initiatedBy: DisconnectionInitiator;
}

const field = 'account_update';

const wabaInfo = (waba: Pick<Waba, 'id' | 'ownerBusinessId'>): JsonObject => ({
  waba_id: waba.id,
  owner_business_id: waba.ownerBusinessId,
});

/**
 * What `postMessage` hands to the page, as an object; the page gets it as text. It names the account alone, never the
 * number, so a client has to look that up.
 *
 * @see Meta: embedded-signup/onboarding-business-app-users (documented)
 */
export const sessionEvent = (wabaId: WabaId): JsonObject => ({
  data: { waba_id: wabaId },
  type: 'WA_EMBEDDED_SIGNUP',
  event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
  version: 3,
});

/**
 * The ordinary flow's end: account, number and portfolio.
 *
 * @see Meta: embedded-signup/implementation (documented)
 */
export const ordinarySessionEvent = (
  waba: Pick<Waba, 'id' | 'ownerBusinessId'>,
  number: Pick<PhoneNumber, 'id'>,
): JsonObject => ({
  data: { phone_number_id: number.id, waba_id: waba.id, business_id: waba.ownerBusinessId },
  type: 'WA_EMBEDDED_SIGNUP',
  event: 'FINISH',
  version: 3,
});

/**
 * The pop-up was closed before its end: no account, no code.
 *
 * @param screen - the one that was open, such as `PHONE_NUMBER_SETUP`
 * @see Meta: embedded-signup/implementation (documented)
 */
export const cancelledEvent = (screen: string): JsonObject => ({
  data: { current_step: screen },
  type: 'WA_EMBEDDED_SIGNUP',
  event: 'CANCEL',
  version: 3,
});

/**
 * The account was shared with the partner, and the partner's app got its permissions. `entry[].id` is the partner's
 * portfolio, not the account.
 *
 * @see Meta: webhooks/reference/account_update (documented; the order is as observed)
 */
export const partnerAdded = (waba: Waba, app: App, nowMs: EpochMs): readonly WebhookEmitted[] => [
  emitForWaba(waba.id, field, nowMs, { event: 'PARTNER_ADDED', waba_info: wabaInfo(waba) }, app.businessId),
  emitForWaba(
    waba.id,
    field,
    nowMs,
    { event: 'PARTNER_APP_INSTALLED', waba_info: { ...wabaInfo(waba), partner_app_id: app.id } },
    app.businessId,
  ),
];

/**
 * Coexistence ended, in the shape of Meta's reference page: `entry[].id` is the partner's portfolio.
 *
 * @param partnerId - the partner's portfolio
 * @see Meta: webhooks/reference/account_update (documented)
 */
export const partnerRemovedByReference = (
  waba: Waba,
  partnerId: string,
  nowMs: EpochMs,
  info: DisconnectionInfo | undefined,
): WebhookEmitted =>
  emitForWaba(
    waba.id,
    field,
    nowMs,
    { event: 'PARTNER_REMOVED', waba_info: wabaInfo(waba), ...disconnectionInfo(info) },
    partnerId,
  );

/**
 * Coexistence ended, in the shape of Meta's onboarding page: `entry[].id` is the account, and the number is named.
 *
 * @see Meta: embedded-signup/onboarding-business-app-users (documented)
 */
export const partnerRemovedByOnboardingPage = (
  number: Pick<PhoneNumber, 'wabaId' | 'waId'>,
  nowMs: EpochMs,
  info: DisconnectionInfo | undefined,
): WebhookEmitted =>
  emitForWaba(number.wabaId, field, nowMs, {
    phone_number: number.waId,
    event: 'PARTNER_REMOVED',
    ...disconnectionInfo(info),
  });

/**
 * The phone changed, or came back: the event's name is all that the value holds.
 *
 * @see Meta: embedded-signup/reconnect-offboarded-coexistence-clients (documented)
 */
export const accountMoved = (
  wabaId: WabaId,
  event: 'ACCOUNT_OFFBOARDED' | 'ACCOUNT_RECONNECTED',
  nowMs: EpochMs,
): WebhookEmitted => emitForWaba(wabaId, field, nowMs, { event });

const disconnectionInfo = (info: DisconnectionInfo | undefined): JsonObject =>
  info ? { disconnection_info: { reason: info.reason, initiated_by: info.initiatedBy } } : {};
