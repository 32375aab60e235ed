/**
 * Where WhatsApp is known to vary, or sources disagree: which way this world goes.
 *
 * Defaults follow Meta's documentation, or the best recording where Meta is silent. A scenario overrides them under
 * `behaviour:`, the console and the CLI by the same names.
 */

export interface Behaviour {
  /** Business-scoped user ids and `contacts` in webhooks (since April 2026). Some clients know only the older shape. */
  readonly userIds: boolean;
  /**
   * Wire form of `smb_app_data` refusals: Meta's page (`2593107`, `2593108` as `code`), the likelier wire form
   * (`code` 4 with those as `error_subcode`), or what two clients recorded (135000 late, 131000 wrong kind of number).
   */
  readonly syncRefusals: 'documented' | 'subcode' | 'generic';
  /** One provider shows `"success": true` beside `request_id`. */
  readonly syncAnswersSuccess: boolean;
  /** Most messages of one `history` webhook; not published. Whole number, at least 1. */
  readonly historyChunkSize: number;
  /** `history_context.from_me` on the business's messages: undocumented, in every recording. */
  readonly historyFromMe: boolean;
  /** `to` on the business's messages in history: in Meta's table, missing from Meta's example. */
  readonly historyTo: boolean;
  /** Chunks leave in another order than they were numbered. */
  readonly historyShuffled: boolean;
  /** Some chunks are sent twice, as new webhooks. */
  readonly historyDuplicated: boolean;
  /** Neighbouring chunks share messages, and phases reach into one another. */
  readonly historyOverlapping: boolean;
  /** The last `progress` stays below 100. */
  readonly historyNeverCompletes: boolean;
  /** Media contents of the business's own messages come on `smb_message_echoes` during the sync (recorded once). */
  readonly historicMediaAsEchoes: boolean;
  /** `smb_app_state_sync` timestamps: seconds by Meta's page, 13-digit milliseconds by one provider. */
  readonly stateSyncTimestamps: 'seconds' | 'milliseconds';
  /** `profile.name` in an echo's `contacts`: the changelog says so, the schema does not. */
  readonly echoContactNames: boolean;
  /**
   * Echoes print Brazilian mobile numbers with their ninth digit, as `messages` do, or in the older form without it; a
   * number that WhatsApp knew before 2012 is met in both forms (https://github.com/chatwoot/chatwoot/issues/13986).
   */
  readonly echoNinthDigit: boolean;
  /** What follows the 131060 of a first contact. */
  readonly firstContactFollowUp: 'new-wamid' | 'same-wamid' | 'never';
  /** What a customer's message from an unsupported companion becomes: 131060, or nothing at all. */
  readonly unsupportedCompanion: 'unavailable' | 'nothing';
  /** `register` is refused with or without `(#100) ` before the text; both are recorded. */
  readonly registerRefusalPrefixed: boolean;
  /** `account_update` shape of `PARTNER_REMOVED`: reference page (`waba_info`) or onboarding page (`phone_number`). */
  readonly partnerRemovedShape: 'waba-info' | 'phone-number';
  /** `disconnection_info` on `PARTNER_REMOVED`: rolled out gradually since April 2026. */
  readonly disconnectionInfo: boolean;
  /** Disconnecting in the app names a reason only where this is `account-disconnected`. */
  readonly appDisconnectReason: 'none' | 'account-disconnected';
  /** Sends after `PARTNER_REMOVED`: as node reads (100/33), or 133010. */
  readonly sendsAfterRemoval: 'object-missing' | 'account-not-registered';
  /** Providers say webhooks may stop a day before the link breaks. */
  readonly webhooksStopEarly: boolean;
  /** Outside the service window: a `failed` status after the 200, or a refusal at once. */
  readonly windowRefusal: 'failed-status' | 'synchronous';
  /** HTTP status of 130429: Meta's table says 400, many clients expect 429. */
  readonly rateLimitStatus: 400 | 429;
  /** Messages a second, sent and received, on a coexistence number; 5 until 2025. */
  readonly throughputMps: number;
  /** Most messages to one customer within the burst of the pair rate. */
  readonly pairBurst: number;
  /**
   * Most users that a portfolio may write to first within 24 hours: Meta has 250, 2,000, 10,000, 100,000 and no limit.
   * Whole number, at least 1.
   */
  readonly messagingLimit: number;
  /** Which statuses carry `pricing`: all three as recorded, or `sent` and `delivered` as documented. */
  readonly pricingOn: 'all' | 'sent-and-delivered';
  /**
   * Graph version that the app gets webhooks in: before 24 every status shows its `conversation`. Whole number, 17 or
   * more.
   */
  readonly webhookVersion: number;
  /** Every call is served by the newest version, whatever was asked for, as some apps have it since April 2026. */
  readonly upgradesCalls: boolean;
  /**
   * The event at the end of a coexistence signup: `waba_id` alone, as documented; with the ids of number and portfolio
   * beside it, as some clients see; or as `FINISH` with `is_wa_login_user`, as others do.
   */
  readonly signupEvent: 'documented' | 'with-ids' | 'finish';
  /**
   * What the pop-up says of an error that a person met: `CANCEL` with `error_code` (2026) or `error_id` (2025), or an
   * `ERROR` of its own, as some clients see.
   */
  readonly signupErrorEvent: 'error-code' | 'error-id' | 'error-event';
  /** A `CANCEL` comes before the code of a signup that ended well: seen in production once. */
  readonly signupCancelsFirst: boolean;
  /** Tokens of Embedded Signup: never expire, or after 60 days. */
  readonly signupTokenLife: 'unlimited' | '60-days';
  /** Code of the refused Calling API; Meta documents none. */
  readonly callingRefusalCode: 100 | 138013 | 138015;
  /**
   * Host of the `url` that a media node answers: the simulator's own, so that the bytes can be fetched, or Meta's
   * `lookaside.fbsbx.com`, for systems whose traffic is redirected. Webhooks always print Meta's.
   */
  readonly mediaHost: 'simulator' | 'lookaside';
  /**
   * Management calls an account with a number may have in an hour, and beyond them code 80007; 200 without a number, or
   * fewer where this is fewer. Whole number, at least 1.
   */
  readonly managementCallsAnHour: number;
  /** `appsecret_proof`: held to the token where it is given, or asked of every call, as apps can be set to. */
  readonly appSecretProof: 'optional' | 'required';
  /** Who may call: tokens the simulator knows, or any that is not empty. */
  readonly tokens: 'known' | 'any';
  /** Customers take what is sent to them: `delivered` and `read` follow `sent`, `delivered` alone, or nothing does. */
  readonly recipients: 'read' | 'deliver' | 'unreachable';
}

/** @see the `source.md` beside each contract for the page or recording behind a default */
export const defaultBehaviour: Behaviour = {
  userIds: true,
  syncRefusals: 'documented',
  syncAnswersSuccess: false,
  historyChunkSize: 500,
  historyFromMe: true,
  historyTo: true,
  historyShuffled: false,
  historyDuplicated: false,
  historyOverlapping: false,
  historyNeverCompletes: false,
  historicMediaAsEchoes: false,
  stateSyncTimestamps: 'seconds',
  echoContactNames: false,
  echoNinthDigit: true,
  firstContactFollowUp: 'new-wamid',
  unsupportedCompanion: 'unavailable',
  registerRefusalPrefixed: false,
  partnerRemovedShape: 'waba-info',
  disconnectionInfo: true,
  appDisconnectReason: 'none',
  sendsAfterRemoval: 'object-missing',
  webhooksStopEarly: false,
  windowRefusal: 'failed-status',
  rateLimitStatus: 400,
  throughputMps: 20,
  pairBurst: 45,
  messagingLimit: 250,
  pricingOn: 'all',
  webhookVersion: 26,
  upgradesCalls: false,
  signupEvent: 'documented',
  signupErrorEvent: 'error-code',
  signupCancelsFirst: false,
  signupTokenLife: 'unlimited',
  callingRefusalCode: 138013,
  mediaHost: 'simulator',
  managementCallsAnHour: 5_000,
  appSecretProof: 'optional',
  tokens: 'known',
  recipients: 'read',
};
