/** Notices: webhooks that a scenario words itself, for fields that nothing in this world moves. */
import { webhookFields, webhookValidator } from '../../contracts/catalogue.ts';
import { accept, mistake, type Command, type Decision } from '../core/decision.ts';
import { emitForNumber, emitForWaba, type WebhookEmitted } from '../core/events.ts';
import { commands, type Feature } from '../core/feature.ts';
import type { PhoneNumberId } from '../core/identifiers.ts';
import type { JsonObject } from '../core/json.ts';
import { metadataOf } from '../core/wire-content.ts';
import type { PhoneNumber, ReadonlyWorld } from '../core/world.ts';
import type { EpochMs } from '../core/time.ts';
import { isMessageField } from './routing.ts';

export interface Notify extends Command {
  readonly type: 'notify';
  readonly field: string;
  readonly phoneNumberId: PhoneNumberId;
  /** The change's value; a message field gets `messaging_product` and `metadata` where they are missing and fit. */
  readonly value: JsonObject;
}

/** A field that Meta has not announced: systems get such ones without notice. */
export interface Invent extends Command {
  readonly type: 'invent';
  readonly field: string;
  readonly phoneNumberId: PhoneNumberId;
  readonly value: JsonObject;
}

/** Emits a value that has no contract, with the usual furniture of a field about a number. */
function invent(world: ReadonlyWorld, { field, phoneNumberId, value }: Invent): Decision<undefined> {
  const number = world.phoneNumbers.get(phoneNumberId);
  if (!number) return mistake(`There is no phone number ${phoneNumberId}.`);
  if (webhookFields().includes(field))
    return mistake(`The webhook field “${field}” exists.`, 'Use meta.notifies.');
  const furnished = { messaging_product: 'whatsapp', metadata: metadataOf(number), ...value };
  const emitted: WebhookEmitted = { ...emitForNumber(number, field, furnished), unannounced: true };
  return accept([emitted], undefined);
}

/** Emits a value as it is, if it keeps the field's contract. */
function notify(world: ReadonlyWorld, command: Notify, nowMs: EpochMs): Decision<undefined> {
  const { field } = command;
  const number = world.phoneNumbers.get(command.phoneNumberId);
  const waba = number && world.wabas.get(number.wabaId);
  if (!number || !waba) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (!webhookFields().includes(field)) return mistake(`There is no webhook field “${field}”.`);
  const isAboutNumber = isMessageField(field);
  const validate = webhookValidator(field);
  const candidates = completions(command.value, isAboutNumber ? number : undefined);
  const value = candidates.find((one) => validate(one).length === 0);
  if (!value) {
    const [finding = { pointer: '', message: 'does not fit' }] = validate(candidates[0]);
    return mistake(
      `The value is no ${field}: ${finding.pointer === '' ? 'it' : finding.pointer} ${finding.message}.`,
      `contracts/webhooks/${field.replaceAll('_', '-')}/examples has values that are.`,
    );
  }
  // Solutions belong to the partner's portfolio (documented).
  const entryId = field === 'partner_solutions' ? waba.ownerBusinessId : waba.id;
  return accept(
    [
      isAboutNumber
        ? emitForNumber(number, field, value)
        : emitForWaba(waba.id, field, nowMs, value, entryId),
    ],
    undefined,
  );
}

/** The value with what it may leave out, from most to nothing; not every field about a number has all of it. */
function completions(value: JsonObject, number: PhoneNumber | undefined): readonly JsonObject[] {
  if (!number) return [value];
  const product = { messaging_product: 'whatsapp' };
  return [{ ...product, metadata: metadataOf(number), ...value }, { ...product, ...value }, value];
}

/** Mounted beside the features. */
export const noticesFeature: Feature = {
  name: 'notices',
  commands: commands<Notify | Invent>({ notify, invent }),
};
