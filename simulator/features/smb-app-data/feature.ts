/** `smb_app_data`: asks for the contacts and the chat history of the app, once per onboarding. */
import type { NumberMoved } from '../../core/events.ts';
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import { decideSync, type SyncAccepted } from './decide.ts';
import type { RequestSync, SyncRequested } from './events.ts';
import { evolveMoved, evolveRequested } from './evolve.ts';
import { parseSync, renderSync } from './wire.ts';

/** `POST /{phone-number-id}/smb_app_data`; what it sets going is the business of the features that react. */
export const smbAppDataFeature: Feature = {
  name: 'smb-app-data',
  edges: [
    edge<RequestSync, SyncAccepted>({
      method: 'POST',
      node: 'phone-number',
      edge: 'smb_app_data',
      contract: 'smb-app-data',
      // The two permissions of Embedded Signup come together; which of them this edge asks for is not documented.
      permission: 'whatsapp_business_messaging',
      parse: parseSync,
      render: renderSync,
    }),
  ],
  commands: commands<RequestSync>({ 'request-sync': decideSync }),
  evolve: evolves<NumberMoved | SyncRequested>({
    'number-moved': evolveMoved,
    'history-sync-requested': evolveRequested,
    'contact-sync-requested': evolveRequested,
  }),
};
