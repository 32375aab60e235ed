/**
 * The webhooks of the WhatsApp Business Platform, as far as an inbox reads them.
 *
 * Everything is optional: Meta adds fields without notice, leaves out numbers that a customer hides, and its own
 * examples lack keys that its tables print.
 */

export interface Webhook {
  readonly object?: string;
  readonly entry?: readonly Entry[];
}

export interface Entry {
  /** The WhatsApp Business Account; on `PARTNER_*` events the partner's portfolio. */
  readonly id?: string;
  /** Unix seconds; on account webhooks only. */
  readonly time?: number | string;
  readonly changes?: readonly Change[];
}

export interface Change {
  readonly field?: string;
  readonly value?: Value;
}

export interface Value {
  readonly metadata?: { readonly display_phone_number?: string; readonly phone_number_id?: string };
  readonly contacts?: readonly ContactCard[];
  readonly messages?: readonly WireMessage[];
  readonly message_echoes?: readonly WireMessage[];
  readonly statuses?: readonly WireStatus[];
  readonly history?: readonly HistoryPart[];
  readonly state_sync?: readonly ContactChange[];
  readonly event?: string;
  readonly waba_info?: { readonly waba_id?: string };
  readonly disconnection_info?: { readonly reason?: string; readonly initiated_by?: string };
}

export interface ContactCard {
  readonly wa_id?: string;
  readonly user_id?: string;
  readonly profile?: { readonly name?: string; readonly username?: string };
}

export interface WireError {
  readonly code?: number;
  readonly title?: string;
  readonly message?: string;
  readonly error_data?: { readonly details?: string };
}

interface WireMedia {
  readonly id?: string;
  readonly caption?: string;
  readonly mime_type?: string;
  readonly filename?: string;
}

export interface WireContent {
  readonly type?: string;
  readonly text?: { readonly body?: string };
  readonly image?: WireMedia;
  readonly video?: WireMedia;
  readonly audio?: WireMedia;
  readonly document?: WireMedia;
  readonly sticker?: WireMedia;
  readonly location?: { readonly name?: string; readonly latitude?: number; readonly longitude?: number };
  readonly contacts?: readonly { readonly name?: { readonly formatted_name?: string } }[];
  readonly button?: { readonly text?: string };
  readonly interactive?: {
    readonly button_reply?: { readonly title?: string };
    readonly list_reply?: { readonly title?: string };
    readonly nfm_reply?: { readonly body?: string };
  };
  readonly order?: { readonly text?: string };
  readonly errors?: readonly WireError[];
}

export interface WireMessage extends WireContent {
  readonly id?: string;
  readonly from?: string;
  readonly from_user_id?: string;
  readonly to?: string;
  readonly to_user_id?: string;
  readonly timestamp?: string;
  readonly group_id?: string;
  readonly context?: { readonly id?: string };
  readonly reaction?: { readonly message_id?: string; readonly emoji?: string };
  readonly edit?: { readonly original_message_id?: string; readonly message?: WireContent };
  readonly revoke?: { readonly original_message_id?: string };
  readonly history_context?: { readonly status?: string; readonly from_me?: boolean };
}

export interface WireStatus {
  readonly id?: string;
  readonly recipient_id?: string;
  readonly status?: string;
  readonly timestamp?: string;
  readonly errors?: readonly WireError[];
}

export interface HistoryPart {
  readonly metadata?: {
    readonly phase?: number;
    readonly chunk_order?: number;
    readonly progress?: number;
  };
  readonly threads?: readonly HistoryThread[];
  readonly errors?: readonly WireError[];
}

export interface HistoryThread {
  /** The customer's number; missing when the customer hides it. */
  readonly id?: string;
  readonly context?: { readonly wa_id?: string; readonly user_id?: string; readonly username?: string };
  readonly messages?: readonly WireMessage[];
}

export interface ContactChange {
  readonly type?: string;
  readonly action?: string;
  readonly contact?: {
    readonly full_name?: string;
    readonly first_name?: string;
    readonly phone_number?: string;
    readonly user_id?: string;
    readonly username?: string;
  };
  readonly metadata?: { readonly timestamp?: string };
}

/** @returns nothing if the bytes are not a JSON object */
export function parseWebhook(body: Buffer): Webhook | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** All changes of a webhook, whichever entry they stand in. */
export const changesOf = (webhook: Webhook): readonly Change[] =>
  webhook.entry?.flatMap((entry) => entry.changes ?? []) ?? [];

/** A timestamp of the wire, which is mostly seconds and at times milliseconds, in milliseconds. */
export function instantMs(timestamp: string | number | undefined): number {
  const value = Number(timestamp ?? 0);
  return value > 100_000_000_000 ? value : value * 1000;
}
