/** Acting steps as commands: the scenario's names become the world's ids. */
import type { ActingStep } from '../../scenarios/language/scenario.ts';
import type { Command } from '../core/decision.ts';
import type { JsonObject } from '../core/json.ts';
import type { PhoneNumberId, Wamid } from '../core/identifiers.ts';
import type { BlockSignup, ConfirmSignup } from '../features/embedded-signup/events.ts';
import type {
  ChangeDevice,
  DisconnectInApp,
  LeaveCoexistence,
  OpenApp,
} from '../features/account-update/events.ts';
import type {
  CallAsCustomer,
  ChangeCustomerNumber,
  EditAsCustomer,
  HideCustomerNumber,
  ReactAsCustomer,
  RevokeAsCustomer,
  SendCustomerMessage,
  SendToGroupAsCustomer,
} from '../features/messages/events.ts';
import type { RateTemplate, ReviewTemplate } from '../features/message-templates/events.ts';
import type {
  Broadcast,
  CallFromApp,
  LinkDevice,
  PostStatus,
  ReadInApp,
  SendToGroupFromApp,
  SetAutomaticMessage,
  TurnOnInApp,
} from '../features/phone-app/events.ts';
import type { RemoveContact, SaveContact } from '../features/smb-app-state-sync/events.ts';
import type {
  EditFromApp,
  ReactFromApp,
  RevokeFromApp,
  SendFromApp,
} from '../features/smb-message-echoes/events.ts';
import type { SetMarketingPreference } from '../features/user-preferences/events.ts';
import type { ClearGraphFaults, SetGraphFault } from '../graph/faults.ts';
import type { RefuseNext } from '../graph/forced.ts';
import type { ClearWebhookFaults, Redeliver, SetWebhookFault } from '../webhooks/events.ts';
import type { Invent, Notify } from '../webhooks/notices.ts';
import type { Cast } from './cast.ts';
import { fillBody } from './placeholders.ts';
import { waIdOf, wamidOf } from './names.ts';

/** Steps that need more than the engine: the pace, the HTTP door or the system under test. */
export type OutwardStep = Extract<
  ActingStep,
  { does: 'time.passes' | 'client.calls' | 'signup.completes' | 'signup.repeats' | 'signup.cancels' }
>;

/** Steps that are one command each. */
export type CommandStep = Exclude<ActingStep, OutwardStep>;

type StepOf<Does extends CommandStep['does']> = Extract<CommandStep, { does: Does }>;

/** How each step becomes its command. */
type CommandTable = { readonly [Does in CommandStep['does']]: (step: StepOf<Does>, cast: Cast) => Command };

const quoting = (cast: Cast, replyTo: string | undefined): { readonly replyTo?: Wamid } =>
  replyTo === undefined ? {} : { replyTo: wamidOf(cast, replyTo) };

/** The scenario's own number, or its neighbour's, which the parser has seen to be there. */
const numberAt = ({ phoneNumberId, neighbourId }: Cast, on: 'neighbour' | undefined): PhoneNumberId =>
  on === undefined ? phoneNumberId : (neighbourId ?? phoneNumberId);

const table: CommandTable = {
  'customer.sends': (
    { from, content, replyTo, viaAd, forwarded, product, firstContact, on },
    cast,
  ): SendCustomerMessage => ({
    type: 'send-customer-message',
    phoneNumberId: numberAt(cast, on),
    from: waIdOf(cast, from),
    content,
    ...quoting(cast, replyTo),
    viaAd,
    ...(forwarded !== undefined && { forwarded }),
    ...(product !== undefined && { product }),
    firstContact,
  }),
  'customer.reacts': ({ from, message, emoji }, cast): ReactAsCustomer => ({
    type: 'react-as-customer',
    phoneNumberId: cast.phoneNumberId,
    from: waIdOf(cast, from),
    wamid: wamidOf(cast, message),
    emoji,
  }),
  'customer.edits': ({ from, message, text }, cast): EditAsCustomer => ({
    type: 'edit-as-customer',
    phoneNumberId: cast.phoneNumberId,
    from: waIdOf(cast, from),
    wamid: wamidOf(cast, message),
    text,
  }),
  'customer.revokes': ({ from, message }, cast): RevokeAsCustomer => ({
    type: 'revoke-as-customer',
    phoneNumberId: cast.phoneNumberId,
    from: waIdOf(cast, from),
    wamid: wamidOf(cast, message),
  }),
  'customer.changesNumber': ({ from }, cast): ChangeCustomerNumber => ({
    type: 'change-customer-number',
    phoneNumberId: cast.phoneNumberId,
    from: waIdOf(cast, from),
  }),
  'customer.hidesNumber': ({ from, username }, cast): HideCustomerNumber => ({
    type: 'hide-customer-number',
    from: waIdOf(cast, from),
    username,
  }),
  'customer.calls': ({ from, video }, cast): CallAsCustomer => ({
    type: 'call-as-customer',
    phoneNumberId: cast.phoneNumberId,
    from: waIdOf(cast, from),
    video,
  }),
  'customer.sendsToGroup': ({ from, text }, cast): SendToGroupAsCustomer => ({
    type: 'send-to-group-as-customer',
    phoneNumberId: cast.phoneNumberId,
    from: waIdOf(cast, from),
    text,
  }),
  'app.sends': ({ to, content, replyTo, automatic, device, on }, cast): SendFromApp => ({
    type: 'send-from-app',
    phoneNumberId: numberAt(cast, on),
    to: waIdOf(cast, to),
    content,
    ...quoting(cast, replyTo),
    ...(automatic !== undefined && { automatic }),
    device,
  }),
  'app.reacts': ({ to, message, emoji }, cast): ReactFromApp => ({
    type: 'react-from-app',
    phoneNumberId: cast.phoneNumberId,
    to: waIdOf(cast, to),
    wamid: wamidOf(cast, message),
    emoji,
  }),
  'app.edits': ({ message, text }, cast): EditFromApp => ({
    type: 'edit-from-app',
    phoneNumberId: cast.phoneNumberId,
    wamid: wamidOf(cast, message),
    text,
  }),
  'app.revokes': ({ message }, cast): RevokeFromApp => ({
    type: 'revoke-from-app',
    phoneNumberId: cast.phoneNumberId,
    wamid: wamidOf(cast, message),
  }),
  'app.saves': ({ contact: { name, of } }, cast): SaveContact => ({
    type: 'save-contact',
    phoneNumberId: cast.phoneNumberId,
    name,
    ...(of !== undefined && { waId: waIdOf(cast, of) }),
  }),
  'app.removes': ({ contact: { of } }, cast): RemoveContact => ({
    type: 'remove-contact',
    phoneNumberId: cast.phoneNumberId,
    waId: waIdOf(cast, of),
  }),
  'app.sendsToGroup': ({ text }, cast): SendToGroupFromApp => ({
    type: 'send-to-group-from-app',
    phoneNumberId: cast.phoneNumberId,
    text,
  }),
  'app.posts': ({ status }, cast): PostStatus => ({
    type: 'post-status',
    phoneNumberId: cast.phoneNumberId,
    text: status,
  }),
  'app.broadcasts': ({ to, text }, cast): Broadcast => ({
    type: 'broadcast',
    phoneNumberId: cast.phoneNumberId,
    to: to.map((name) => waIdOf(cast, name)),
    text,
  }),
  'app.calls': ({ to, video }, cast): CallFromApp => ({
    type: 'call-from-app',
    phoneNumberId: cast.phoneNumberId,
    to: waIdOf(cast, to),
    video,
  }),
  'app.turnsOn': ({ feature, chat }, cast): TurnOnInApp => ({
    type: 'turn-on-in-app',
    phoneNumberId: cast.phoneNumberId,
    feature,
    ...(chat !== undefined && { to: waIdOf(cast, chat) }),
  }),
  'app.opens': (_step, { phoneNumberId }): OpenApp => ({ type: 'open-app', phoneNumberId }),
  'app.reads': ({ from }, cast): ReadInApp => ({
    type: 'read-in-app',
    phoneNumberId: cast.phoneNumberId,
    from: waIdOf(cast, from),
  }),
  'app.automates': ({ message, text }, { phoneNumberId }): SetAutomaticMessage => ({
    type: 'set-automatic-message',
    phoneNumberId,
    message,
    ...(text !== undefined && { text }),
  }),
  'app.links': ({ device }, { phoneNumberId }): LinkDevice => ({
    type: 'link-device',
    phoneNumberId,
    device,
  }),
  'app.unlinks': ({ device }, { phoneNumberId }): LinkDevice => ({
    type: 'unlink-device',
    phoneNumberId,
    device,
  }),
  'app.confirmsSignup': ({ history }, { phoneNumberId }): ConfirmSignup => ({
    type: 'confirm-signup',
    phoneNumberId,
    history,
  }),
  'signup.blocks': ({ by }, { phoneNumberId }): BlockSignup => ({ type: 'block-signup', phoneNumberId, by }),
  'webhooks.heals': (): ClearWebhookFaults => ({ type: 'clear-webhook-faults' }),
  'graph.heals': (): ClearGraphFaults => ({ type: 'clear-graph-faults' }),
  'app.disconnects': (_step, { phoneNumberId }): DisconnectInApp => ({
    type: 'disconnect-in-app',
    phoneNumberId,
  }),
  'app.changesDevice': ({ staysConnected }, { phoneNumberId }): ChangeDevice => ({
    type: 'change-device',
    phoneNumberId,
    staysConnected,
  }),
  'app.leaves': ({ reason }, { phoneNumberId }): LeaveCoexistence => ({
    type: 'leave-coexistence',
    phoneNumberId,
    reason,
  }),
  'webhooks.fault': ({ rule, field, times, byMs }): SetWebhookFault => ({
    type: 'set-webhook-fault',
    rule,
    ...(field !== undefined && { field }),
    times,
    byMs,
  }),
  'webhooks.redeliver': ({ field }): Redeliver => ({ type: 'redeliver', field }),
  'customer.setsMarketing': ({ from, to }, cast): SetMarketingPreference => ({
    type: 'set-marketing-preference',
    phoneNumberId: cast.phoneNumberId,
    from: waIdOf(cast, from),
    to,
  }),
  'meta.reviewsTemplate': ({ template, language, status, reason }): ReviewTemplate => ({
    type: 'review-template',
    name: template,
    status,
    ...(language !== undefined && { language }),
    ...(reason !== undefined && { reason }),
  }),
  'meta.ratesTemplate': ({ template, language, quality, category }): RateTemplate => ({
    type: 'rate-template',
    name: template,
    ...(language !== undefined && { language }),
    ...(quality && { quality }),
    ...(category && { category }),
  }),
  'meta.notifies': ({ field, value }, cast): Notify => ({
    type: 'notify',
    field,
    phoneNumberId: cast.phoneNumberId,
    value: fillBody(value, cast) as JsonObject,
  }),
  'meta.invents': ({ field, value }, cast): Invent => ({
    type: 'invent',
    field,
    phoneNumberId: cast.phoneNumberId,
    value: fillBody(value, cast) as JsonObject,
  }),
  'graph.refuse': ({ edge, code, subcode, times, as }): RefuseNext => ({
    type: 'refuse-next',
    edge,
    code,
    times,
    ...(subcode !== undefined && { subcode }),
    ...(as && { as }),
  }),
  'graph.fault': ({ kind, edge, status, byMs, times, applied }): SetGraphFault => ({
    type: 'set-graph-fault',
    kind,
    status,
    byMs,
    times,
    applied,
    ...(edge !== undefined && { edge }),
  }),
};

/**
 * The command that does what a step says.
 *
 * @throws `UnknownName` where a name of the step stands for nothing in this world
 */
export function commandOf(step: CommandStep, cast: Cast): Command {
  const build = table[step.does] as (step: CommandStep, cast: Cast) => Command;
  return build(step, cast);
}
