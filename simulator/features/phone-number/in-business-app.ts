/** Which numbers Meta's texts call “SMB”: those of the WhatsApp Business app. */
import type { PhoneNumber } from '../../core/world.ts';

/** The number is in the app, linked to the Cloud API or not; one that was disconnected cannot even be seen. */
export const isInBusinessApp = (number: Pick<PhoneNumber, 'state'>): boolean =>
  number.state === 'app-only' || number.state === 'coexistence' || number.state === 'offboarded';
