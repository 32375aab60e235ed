/** `smb_app_state_sync`: the phone's address book, once it was asked for, and every later change to it. */
import type { NumberMoved } from '../../core/events.ts';
import { commands, evolves, reacts, type Feature } from '../../core/feature.ts';
import type { ContactSyncRequested } from '../smb-app-data/events.ts';
import { decideFill, decideRemove, decideSave, decideSend, reactToRequest } from './decide.ts';
import type { StateSyncCommand, StateSyncEvent } from './events.ts';
import { evolveFilled, evolveMoved, evolveRemoved, evolveRequested, evolveSaved } from './evolve.ts';

/** The feature as the engine mounts it; it has no edge, since `smb_app_data` is where contacts are asked for. */
export const smbAppStateSyncFeature: Feature = {
  name: 'smb-app-state-sync',
  fields: ['smb_app_state_sync'],
  commands: commands<StateSyncCommand>({
    'fill-contacts': decideFill,
    'save-contact': decideSave,
    'remove-contact': decideRemove,
    'send-address-book': decideSend,
  }),
  evolve: evolves<StateSyncEvent | ContactSyncRequested | NumberMoved>({
    'contacts-filled': evolveFilled,
    'contact-saved': evolveSaved,
    'contact-removed': evolveRemoved,
    'contact-sync-requested': evolveRequested,
    'number-moved': evolveMoved,
  }),
  react: reacts<ContactSyncRequested>({ 'contact-sync-requested': reactToRequest }),
};
