/** Greetings of a number: a welcome, prompts to tap, commands to type. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { slice, type ReadonlyWorld } from '../../core/world.ts';

/** `POST /{phone-number-id}/conversational_automation`: changes what it names. */
export interface ConfigureAutomation extends Command {
  readonly type: 'configure-automation';
  readonly phoneNumberId: PhoneNumberId;
  readonly change: JsonObject;
}

export interface AutomationConfigured extends WorldEvent {
  readonly type: 'automation-configured';
  readonly phoneNumberId: PhoneNumberId;
  readonly change: JsonObject;
}

export const automations = slice<Map<PhoneNumberId, JsonObject>>(
  'conversational-automation',
  () => new Map(),
);

/** `conversational_automation` of the number's node; missing where nothing was configured. */
export const automationOf = (world: ReadonlyWorld, id: PhoneNumberId): JsonObject | undefined =>
  automations.of(world).get(id);
