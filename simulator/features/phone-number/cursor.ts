/** Where a page of numbers begins or ends. */
import type { PhoneNumberId } from '../../core/identifiers.ts';

/** Opaque to clients, and like Meta's in look (assumed). */
export const cursorOf = (id: PhoneNumberId): string => `QVFIU${btoa(id).replaceAll('=', 'ZD')}`;
