/** The node of a WhatsApp Business Account. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { WabaId } from '../../core/identifiers.ts';

export { showWaba, shownWaba, wabaFields, type ShownWaba } from './fields.ts';

/** `GET /{waba-id}`. */
export interface ReadWaba extends Command {
  readonly type: 'read-waba';
  readonly wabaId: WabaId;
}

/** Switches of an account that can be set. */
export interface WabaSwitches {
  readonly isEnabledForInsights?: boolean;
  readonly disableMarketingMessagesOnCloudApi?: boolean;
  readonly templateAutoArchivalEnabled?: boolean;
}

/** `POST /{waba-id}`. */
export interface UpdateWaba extends Command {
  readonly type: 'update-waba';
  readonly wabaId: WabaId;
  readonly switches: WabaSwitches;
}

export type WabaCommand = ReadWaba | UpdateWaba;

export interface WabaSwitched extends WorldEvent {
  readonly type: 'waba-switched';
  readonly wabaId: WabaId;
  readonly switches: WabaSwitches;
}
