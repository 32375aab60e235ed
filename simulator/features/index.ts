/** The features, one line each, in the order in which their reactions run. */
import type { Feature } from '../core/feature.ts';
import { accountUpdateFeature } from './account-update/feature.ts';
import { assignedUsersFeature } from './assigned-users/feature.ts';
import { blockUsersFeature } from './block-users/feature.ts';
import { appFeature } from './app/feature.ts';
import { callsFeature } from './calls/feature.ts';
import { conversationalAutomationFeature } from './conversational-automation/feature.ts';
import { debugTokenFeature } from './debug-token/feature.ts';
import { deregisterFeature } from './deregister/feature.ts';
import { embeddedSignupFeature } from './embedded-signup/feature.ts';
import { flowsFeature } from './flows/feature.ts';
import { groupsFeature } from './groups/feature.ts';
import { historyFeature } from './history/feature.ts';
import { marketingMessagesFeature } from './marketing-messages/feature.ts';
import { meFeature } from './me/feature.ts';
import { mediaFeature } from './media/feature.ts';
import { messageQrdlsFeature } from './message-qrdls/feature.ts';
import { messageTemplatesFeature } from './message-templates/feature.ts';
import { messagesFeature } from './messages/feature.ts';
import { oauthAccessTokenFeature } from './oauth-access-token/feature.ts';
import { officialBusinessAccountFeature } from './official-business-account/feature.ts';
import { ownedWhatsappBusinessAccountsFeature } from './owned-whatsapp-business-accounts/feature.ts';
import { phoneAppFeature } from './phone-app/feature.ts';
import { phoneNumberFeature } from './phone-number/feature.ts';
import { productCatalogsFeature } from './product-catalogs/feature.ts';
import { registerFeature } from './register/feature.ts';
import { requestCodeFeature } from './request-code/feature.ts';
import { securityFeature } from './security/feature.ts';
import { settingsFeature } from './settings/feature.ts';
import { smbAppDataFeature } from './smb-app-data/feature.ts';
import { smbAppStateSyncFeature } from './smb-app-state-sync/feature.ts';
import { smbMessageEchoesFeature } from './smb-message-echoes/feature.ts';
import { subscribedAppsFeature } from './subscribed-apps/feature.ts';
import { subscriptionsFeature } from './subscriptions/feature.ts';
import { uploadsFeature } from './uploads/feature.ts';
import { userPreferencesFeature } from './user-preferences/feature.ts';
import { verifyCodeFeature } from './verify-code/feature.ts';
import { wabaFeature } from './waba/feature.ts';
import { whatsappBusinessProfileFeature } from './whatsapp-business-profile/feature.ts';
import { whatsappCommerceSettingsFeature } from './whatsapp-commerce-settings/feature.ts';

export const features: readonly Feature[] = [
  accountUpdateFeature,
  assignedUsersFeature,
  blockUsersFeature,
  appFeature,
  callsFeature,
  conversationalAutomationFeature,
  debugTokenFeature,
  deregisterFeature,
  embeddedSignupFeature,
  flowsFeature,
  groupsFeature,
  historyFeature,
  marketingMessagesFeature,
  meFeature,
  mediaFeature,
  messageQrdlsFeature,
  messageTemplatesFeature,
  messagesFeature,
  oauthAccessTokenFeature,
  officialBusinessAccountFeature,
  ownedWhatsappBusinessAccountsFeature,
  phoneAppFeature,
  phoneNumberFeature,
  productCatalogsFeature,
  registerFeature,
  requestCodeFeature,
  securityFeature,
  settingsFeature,
  smbAppDataFeature,
  smbAppStateSyncFeature,
  smbMessageEchoesFeature,
  subscribedAppsFeature,
  subscriptionsFeature,
  uploadsFeature,
  userPreferencesFeature,
  verifyCodeFeature,
  wabaFeature,
  whatsappBusinessProfileFeature,
  whatsappCommerceSettingsFeature,
];
