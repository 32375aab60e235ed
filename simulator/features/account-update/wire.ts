/** `account_update` values and the page's session event, as WhatsApp prints them. */
import type { Behaviour } from '../../core/behaviour.ts';
import type { Refusal } from '../../core/decision.ts';
import { emitForWaba, type WebhookEmitted } from '../../core/events.ts';
import type { WabaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { toSeconds, type EpochMs } from '../../core/time.ts';
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
export function sessionEvent(
  { id, ownerBusinessId }: Pick<Waba, 'id' | 'ownerBusinessId'>,
  number: Pick<PhoneNumber, 'id'>,
  form: Behaviour['signupEvent'],
): JsonObject {
  const ids = { waba_id: id, phone_number_id: number.id, business_id: ownerBusinessId };
  const data = {
    documented: { waba_id: id },
    'with-ids': ids,
    finish: { ...ids, is_wa_login_user: true },
  }[form];
  const event = form === 'finish' ? 'FINISH' : 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING';
  return { data, type: 'WA_EMBEDDED_SIGNUP', event, version: 3 };
}

/**
 * A person met an error in the pop-up and reported it, or closed it on it.
 *
 * @see Meta: embedded-signup/implementation (documented; `ERROR` is what some clients handle: observed)
 */
export function errorEvent(
  { code, message }: Pick<Refusal, 'code' | 'message'>,
  sessionId: string,
  nowMs: EpochMs,
  form: Behaviour['signupErrorEvent'],
): JsonObject {
  const type = 'WA_EMBEDDED_SIGNUP';
  if (form === 'error-event')
    return { data: { error_message: message, error_code: String(code) }, type, event: 'ERROR', version: 3 };
  const key = form === 'error-id' ? 'error_id' : 'error_code';
  return {
    data: {
      error_message: message,
      [key]: String(code),
      session_id: sessionId,
      timestamp: String(toSeconds(nowMs)),
    },
    type,
    event: 'CANCEL',
    version: 3,
  };
}

/**
 * The ordinary flow's end: account, number and portfolio; without a number where none was added.
 *
 * @see Meta: embedded-signup/implementation (documented)
 */
export const ordinarySessionEvent = (
  { id, ownerBusinessId }: Pick<Waba, 'id' | 'ownerBusinessId'>,
  number: Pick<PhoneNumber, 'id'> | undefined,
): JsonObject => ({
  data: { ...(number && { phone_number_id: number.id }), waba_id: id, business_id: ownerBusinessId },
  type: 'WA_EMBEDDED_SIGNUP',
  event: number ? 'FINISH' : 'FINISH_ONLY_WABA',
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
