/** Words that scenarios share with the simulator: Graph edges, webhook fields and the names under `behaviour`. */

/** Graph edges by the names of their contracts. */
export const graphEdges = [
  'messages',
  'smb-app-data',
  'oauth-access-token',
  'debug-token',
  'subscribed-apps',
  'subscriptions',
  'phone-number',
  'phone-numbers',
  'register',
  'deregister',
  'media',
  'media-node',
  'product-catalogs',
  'groups',
  'calls',
  'settings',
  'official-business-account',
  'whatsapp-business-profile',
  'whatsapp-commerce-settings',
  'waba',
  'message-templates',
  'template',
  'assigned-users',
  'block-users',
  'conversational-automation',
  'marketing-messages',
  'message-qrdls',
  'request-code',
  'verify-code',
  'flow',
  'flow-assets',
  'flow-publish',
  'flows',
  'app',
  'business-profile',
  'me',
  'owned-whatsapp-business-accounts',
  'upload',
  'uploads',
] as const;

/** Webhook fields, as they are on the wire. */
export const webhookFields = [
  'messages',
  'history',
  'smb_app_state_sync',
  'smb_message_echoes',
  'account_update',
  'message_template_components_update',
  'message_template_quality_update',
  'message_template_status_update',
  'template_category_update',
  'account_alerts',
  'account_review_update',
  'account_settings_update',
  'business_capability_update',
  'calls',
  'flows',
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
  'messaging_handovers',
  'partner_solutions',
  'payment_configuration_update',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
  'standby',
  'user_preferences',
] as const;

/** ISO 3166-1 alpha-2 codes of the countries that the simulator has phone numbers for. */
export const countries = [
  'AR',
  'AU',
  'BR',
  'CO',
  'DE',
  'ES',
  'FR',
  'GB',
  'ID',
  'IN',
  'IT',
  'JP',
  'MX',
  'NG',
  'PT',
  'TR',
  'US',
  'ZA',
] as const;

/** What a value under `behaviour` may be: true or false, a whole number from 1, or one of some words or numbers. */
export type BehaviourKind = 'flag' | 'count' | readonly (string | number)[];

/** The names of `simulator/core/behaviour.ts`, where each is explained. */
export const behaviours = {
  userIds: 'flag',
  syncRefusals: ['documented', 'subcode', 'generic'],
  syncAnswersSuccess: 'flag',
  historyChunkSize: 'count',
  historyFromMe: 'flag',
  historyTo: 'flag',
  historyShuffled: 'flag',
  historyDuplicated: 'flag',
  historyOverlapping: 'flag',
  historyNeverCompletes: 'flag',
  historicMediaAsEchoes: 'flag',
  stateSyncTimestamps: ['seconds', 'milliseconds'],
  echoContactNames: 'flag',
  echoNinthDigit: 'flag',
  firstContactFollowUp: ['new-wamid', 'same-wamid', 'never'],
  unsupportedCompanion: ['unavailable', 'nothing'],
  registerRefusalPrefixed: 'flag',
  partnerRemovedShape: ['waba-info', 'phone-number'],
  disconnectionInfo: 'flag',
  appDisconnectReason: ['none', 'account-disconnected'],
  sendsAfterRemoval: ['object-missing', 'account-not-registered'],
  webhooksStopEarly: 'flag',
  windowRefusal: ['failed-status', 'synchronous'],
  rateLimitStatus: [400, 429],
  throughputMps: 'count',
  pairBurst: 'count',
  messagingLimit: 'count',
  pricingOn: ['all', 'sent-and-delivered'],
  webhookVersion: 'count',
  upgradesCalls: 'flag',
  signupEvent: ['documented', 'with-ids', 'finish'],
  signupErrorEvent: ['error-code', 'error-id', 'error-event'],
  signupCancelsFirst: 'flag',
  signupTokenLife: ['unlimited', '60-days'],
  callingRefusalCode: [100, 138013, 138015],
  managementCallsAnHour: 'count',
  appSecretProof: ['optional', 'required'],
  mediaHost: ['simulator', 'lookaside'],
  tokens: ['known', 'any'],
  recipients: ['read', 'deliver', 'unreachable'],
} as const satisfies Readonly<Record<string, BehaviourKind>>;

type SettingOf<Kind> = Kind extends 'flag'
  ? boolean
  : Kind extends 'count'
    ? number
    : Kind extends readonly (infer Word)[]
      ? Word
      : never;

/** Behaviour that a scenario sets; what is missing stays as it is by default. */
export type BehaviourOverrides = {
  readonly [Name in keyof typeof behaviours]?: SettingOf<(typeof behaviours)[Name]>;
};
