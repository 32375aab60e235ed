/** The edge's JSON: `{messaging_product, sync_type}` in, `{messaging_product, request_id}` out. */
import type { GraphRequest } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import type { SyncAccepted } from './decide.ts';
import type { RequestSync } from './events.ts';

/** The contract's schema has let only the two types through. */
export const parseSync = (request: GraphRequest): RequestSync => ({
  type: 'request-sync',
  phoneNumberId: request.nodeId as PhoneNumberId,
  syncType: request.params['sync_type'] === 'history' ? 'history' : 'smb_app_state_sync',
});

/** The answer's body; `success` is what one provider shows beside the documented two keys (observed). */
export const renderSync = (reply: SyncAccepted): JsonObject => ({
  messaging_product: 'whatsapp',
  ...(reply.withSuccess ? { success: true } : {}),
  request_id: reply.requestId,
});
