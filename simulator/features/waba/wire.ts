/** `/{waba-id}` as parameters and JSON. */
import type { GraphRequest } from '../../core/feature.ts';
import type { WabaId } from '../../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { ReadWaba, UpdateWaba } from './events.ts';
import { showWaba, type ShownWaba } from './fields.ts';

export const parseRead = (request: GraphRequest): ReadWaba => ({
  type: 'read-waba',
  wabaId: request.nodeId as WabaId,
});

export function parseUpdate(request: GraphRequest): UpdateWaba {
  const insights = truthIn(request.params['is_enabled_for_insights']);
  const noMarketing = truthIn(request.params['disable_marketing_messages_on_cloud_api']);
  const archival = truthIn(request.params['template_auto_archival_enabled']);
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

/** Forms and queries have truth as a word. */
function truthIn(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1' || value === 1) return true;
  return value === 'false' || value === '0' || value === 0 ? false : undefined;
}
