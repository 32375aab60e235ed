/** `/{waba-id}` as parameters and JSON. */
import type { GraphRequest } from '../../core/feature.ts';
import type { WabaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { truthOf } from '../../core/wire-values.ts';
import type { ReadWaba, UpdateWaba } from './events.ts';
import { showWaba, type ShownWaba } from './fields.ts';

export const parseRead = (request: GraphRequest): ReadWaba => ({
  type: 'read-waba',
  wabaId: request.nodeId as WabaId,
});

export function parseUpdate(request: GraphRequest): UpdateWaba {
  const insights = truthOf(request.params['is_enabled_for_insights']);
  const noMarketing = truthOf(request.params['disable_marketing_messages_on_cloud_api']);
  const archival = truthOf(request.params['template_auto_archival_enabled']);
  return {
    type: 'update-waba',
    wabaId: request.nodeId as WabaId,
    switches: {
      ...(insights !== undefined && { isEnabledForInsights: insights }),
      ...(noMarketing !== undefined && { disableMarketingMessagesOnCloudApi: noMarketing }),
      ...(archival !== undefined && { templateAutoArchivalEnabled: archival }),
    },
  };
}

export const renderWaba = (shown: ShownWaba): JsonObject => showWaba(shown);

/** The id after insights (documented), the usual word after anything else (assumed). */
export const renderUpdated = ({ wabaId, switches }: UpdateWaba): JsonObject =>
  switches.isEnabledForInsights === undefined ? { success: true } : { id: wabaId };
