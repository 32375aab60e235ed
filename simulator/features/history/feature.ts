/** `history`: what the app's chats held before onboarding, in chunks; once it was asked for, if it is shared. */
import { commands, evolves, reacts, type Feature } from '../../core/feature.ts';
import type { SignupCompleted } from '../account-update/events.ts';
import type { HistorySyncRequested } from '../smb-app-data/events.ts';
import { decideChunk, decideDeclined, decideMedia, reactToRequest, renderLazyChunk } from './decide.ts';
import { decideFill } from './fill.ts';
import type { HistoryCommand, HistoryFilled } from './events.ts';
import { evolveFilled, evolveSignup } from './evolve.ts';

/** The feature as the engine mounts it; it has no edge, since `smb_app_data` is where history is asked for. */
export const historyFeature: Feature = {
  name: 'history',
  fields: ['history'],
  commands: commands<HistoryCommand>({
    'fill-history': decideFill,
    'send-history-chunk': decideChunk,
    'send-history-media': decideMedia,
    'tell-history-declined': decideDeclined,
  }),
  evolve: evolves<HistoryFilled | SignupCompleted>({
    'history-filled': evolveFilled,
    'signup-completed': evolveSignup,
  }),
  react: reacts<HistorySyncRequested>({ 'history-sync-requested': reactToRequest }),
  renderLazy: renderLazyChunk,
};
