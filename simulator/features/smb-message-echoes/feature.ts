/** `smb_message_echoes`: what the business writes, edits and deletes in the app, as the API hears of it. */
import { commands, evolves, type Feature } from '../../core/feature.ts';
import { decideEdit, decideRevoke } from './changes.ts';
import { decideReact, decideSend } from './decide.ts';
import type { EchoesCommand, EchoesEvent } from './events.ts';
import { evolveAppMessage, evolveEdited, evolveRevoked } from './evolve.ts';

/** The feature as the engine mounts it; it has no edge, since nothing of it is done through the API. */
export const smbMessageEchoesFeature: Feature = {
  name: 'smb-message-echoes',
  fields: ['smb_message_echoes'],
  commands: commands<EchoesCommand>({
    'send-from-app': decideSend,
    'react-from-app': decideReact,
    'edit-from-app': decideEdit,
    'revoke-from-app': decideRevoke,
  }),
  evolve: evolves<EchoesEvent>({
    'app-message-sent': evolveAppMessage,
    'app-message-edited': evolveEdited,
    'app-message-revoked': evolveRevoked,
  }),
};
