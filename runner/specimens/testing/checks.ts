/**
 * For each obligation, the shortest look at whether a specimen keeps it; by hand-written webhooks, without a simulator.
 *
 * Not the judge, which is the runner: this only shows that each specimen differs in what its name says.
 */
import { refusal } from './recorder.ts';
import { secret, verifyToken, type Specimen } from './specimen.ts';
import {
  account,
  ana,
  businessNumber,
  change,
  chunk,
  deliver,
  echo,
  history,
  inbound,
  phoneNumberId,
  seconds,
  text,
  wabaId,
  webhook,
} from './webhooks.ts';

type Check = (specimen: Specimen) => Promise<boolean>;

const past = (id: string, more: object = {}): Record<string, unknown> => ({
  ...text(id, `words of ${id}`, { timestamp: seconds(-100_000) }),
  history_context: { status: 'READ' },
  ...more,
});
const fromBusiness = { from: businessNumber, to: ana, history_context: { status: 'READ', from_me: true } };
const image = {
  id: 'wamid.m',
  timestamp: seconds(-5000),
  type: 'image',
  image: { id: '99', caption: 'Menu' },
};
const removed = account('PARTNER_REMOVED', 1000, { waba_info: { waba_id: wabaId } }, 'a portfolio');

const replies = (specimen: Specimen): number => specimen.graph.to('messages').length;
const asked = (specimen: Specimen, type: string): number =>
  specimen.graph.to('smb_app_data').filter((call) => call.body['sync_type'] === type).length;
const signUp = async (specimen: Specimen): Promise<void> => {
  await specimen.signUp('AQcode', {
    event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
    data: { waba_id: wabaId },
  });
};

/** Keys are ids of obligations; true: kept. */
export const checks: Readonly<Record<string, Check>> = {
  'webhook-is-acknowledged': async (specimen) => {
    const contact = { type: 'contact', action: 'add', contact: { phone_number: ana, full_name: 'Ana' } };
    const webhooks = [
      inbound(text('wamid.1', 'hello')),
      inbound({
        from: ana,
        id: 'wamid.r',
        type: 'reaction',
        reaction: { message_id: 'wamid.1', emoji: '+' },
      }),
      echo(text('wamid.2', 'hi')),
      chunk(100, past('wamid.h')),
      webhook(change('smb_app_state_sync', { state_sync: [contact] })),
      account('PARTNER_ADDED', 1, { waba_info: { waba_id: wabaId } }),
    ];
    const statuses = await Promise.all(webhooks.map((one) => specimen.receive(one)));
    return statuses.every((status) => status === 200);
  },
  'handshake-checks-the-token': async ({ url }) => {
    const query = (token: string): string =>
      new URLSearchParams({
        'hub.mode': 'subscribe',
        'hub.challenge': '12345',
        'hub.verify_token': token,
      }).toString();
    const right = await fetch(`${url}/webhook?${query(verifyToken)}`);
    const wrong = await fetch(`${url}/webhook?${query('a guess')}`);
    return (await right.text()) === '12345' && wrong.status >= 400;
  },
  'bad-signature-is-refused': async (specimen) => {
    const status = await deliver(specimen.url, inbound(text('wamid.1', 'hello')), `not ${secret}`);
    await specimen.settled();
    return status >= 400 && replies(specimen) === 0;
  },
  'redelivery-is-stored-once': async (specimen) => {
    for (const one of [inbound(text('wamid.1', 'hello')), echo(text('wamid.2', 'hi'))]) {
      await specimen.receive(one);
      await specimen.receive(one);
    }
    const stored = await specimen.conversation();
    return stored.filter((message) => message.author !== 'bot' || message.wamid === 'wamid.2').length === 2;
  },
  'redelivery-is-answered-once': async (specimen) => {
    await specimen.receive(inbound(text('wamid.1', 'hello')));
    await specimen.receive(inbound(text('wamid.1', 'hello')));
    return replies(specimen) === 1;
  },
  'unknown-content-is-survived': async (specimen) => {
    const poll = { from: ana, id: 'wamid.1', timestamp: seconds(), type: 'unsupported' };
    const status = await specimen.receive(inbound(poll));
    return status === 200 && (await specimen.receive(inbound(text('wamid.2', 'hello')))) === 200;
  },
  'every-message-of-a-batch-is-handled': async (specimen) => {
    const from = (id: string, person: string): Record<string, unknown> => text(id, 'hello', { from: person });
    const messages = [from('wamid.2', '16505550002'), from('wamid.3', '16505550003')];
    await specimen.receive(
      webhook(change('messages', { messages: [from('wamid.1', ana)] }), change('messages', { messages })),
    );
    return replies(specimen) === 3;
  },
  'echo-is-not-answered': async (specimen) => {
    await specimen.receive(inbound(text('wamid.1', 'hello')));
    await specimen.receive(echo(text('wamid.2', 'hi')));
    return replies(specimen) === 1;
  },
  'echo-is-the-business-speaking': async (specimen) => {
    await specimen.receive(echo(text('wamid.2', 'hi')));
    const [message] = await specimen.conversation();
    return message?.text === 'hi' && message.author === 'phone';
  },
  'human-reply-silences-the-bot': async (specimen) => {
    const timestamp = seconds();
    await specimen.receive(inbound(text('wamid.1', 'hello', { timestamp })));
    await specimen.receive(echo(text('wamid.2', 'hi, this is Lu', { timestamp })));
    const toAna = (): number =>
      specimen.graph.to('messages').filter((call) => call.body['to'] === ana).length;
    const before = toAna();
    await specimen.receive(inbound(text('wamid.3', 'thanks')));
    return before === 1 && toAna() === 1;
  },
  'edits-and-deletes-are-applied': async (specimen) => {
    await specimen.receive(inbound(text('wamid.1', 'one')));
    const edit = { original_message_id: 'wamid.1', message: { type: 'text', text: { body: 'two' } } };
    await specimen.receive(inbound({ from: ana, id: 'wamid.e', timestamp: seconds(1), type: 'edit', edit }));
    const edited = (await specimen.conversation())[0];
    const revoke = { original_message_id: 'wamid.1' };
    await specimen.receive(
      inbound({ from: ana, id: 'wamid.r', timestamp: seconds(2), type: 'revoke', revoke }),
    );
    const deleted = (await specimen.conversation())[0];
    return edited?.text === 'two' && edited.edited && deleted?.deleted === true;
  },
  'history-is-not-answered': async (specimen) => {
    await specimen.receive(inbound(text('wamid.1', 'hello')));
    await specimen.receive(chunk(100, past('wamid.h')));
    return replies(specimen) === 1;
  },
  'history-media-is-not-answered': async (specimen) => {
    await specimen.receive(inbound(text('wamid.1', 'hello')));
    await specimen.receive(webhook(change('history', { messages: [{ ...image, from: ana }] })));
    return replies(specimen) === 1;
  },
  'history-is-imported-once': async (specimen) => {
    await specimen.receive(inbound(text('wamid.1', 'hello')));
    const part = chunk(100, past('wamid.h'), past('wamid.1'));
    await specimen.receive(part);
    await specimen.receive(part);
    const stored = await specimen.conversation();
    return stored.filter((message) => message.author === 'customer').length === 2;
  },
  'history-keeps-its-direction': async (specimen) => {
    await specimen.receive(chunk(100, past('wamid.h1'), past('wamid.h2', fromBusiness)));
    const imported = (await specimen.conversation()).filter((message) => message.imported);
    return imported.map((message) => message.author).join() === 'customer,phone';
  },
  'sync-is-requested-once': async (specimen) => {
    await signUp(specimen);
    await specimen.settled();
    return ['smb_app_state_sync', 'history'].every((type) => asked(specimen, type) < 2);
  },
  'sync-is-requested-within-a-day': async (specimen) => {
    await signUp(specimen);
    return ['smb_app_state_sync', 'history'].every((type) => asked(specimen, type) > 0);
  },
  'declined-history-is-not-retried': async (specimen) => {
    await signUp(specimen);
    const before = specimen.graph.to('smb_app_data').length;
    await specimen.receive(history({ errors: [{ code: 2593109, title: 'History sync is turned off' }] }));
    return specimen.graph.to('smb_app_data').length === before;
  },
  'no-register-on-coexistence': async (specimen) => {
    await signUp(specimen);
    return specimen.graph.to('register').length === 0;
  },
  'app-is-subscribed-to-the-account': async (specimen) => {
    await signUp(specimen);
    return specimen.graph.to('subscribed_apps').length === 1;
  },
  'contacts-follow-the-phone': async (specimen) => {
    const contact = { phone_number: ana, full_name: 'Ana Lopez' };
    const metadata = { timestamp: seconds() };
    await specimen.receive(
      webhook(
        change('smb_app_state_sync', { state_sync: [{ type: 'contact', action: 'add', contact, metadata }] }),
      ),
    );
    return (await specimen.contact())['name'] === 'Ana Lopez';
  },
  'rate-limit-is-backed-off': async (specimen) => {
    specimen.graph.answer('messages', refusal(130429));
    await specimen.receive(inbound(text('wamid.1', 'hello')));
    const [first, second] = specimen.graph.to('messages');
    return first !== undefined && second !== undefined && second.atMs - first.atMs >= 190;
  },
  'service-window-is-respected': async (specimen) => {
    await specimen.receive(inbound(text('wamid.1', 'hello', { timestamp: seconds(-90_000) })));
    return replies(specimen) === 0;
  },
  'failed-send-is-surfaced': async (specimen) => {
    await specimen.receive(inbound(text('wamid.1', 'hello')));
    const failed = { id: 'wamid.out1', status: 'failed', errors: [{ code: 131047 }] };
    await specimen.receive(webhook(change('messages', { statuses: [failed] })));
    return (await specimen.conversation()).at(-1)?.delivery === 'failed';
  },
  'disconnection-is-noticed': async (specimen) => {
    await specimen.receive(inbound(text('wamid.1', 'hello')));
    await specimen.receive(removed);
    return (await specimen.show('connection'))['state'] === 'removed';
  },
  'sending-stops-after-disconnection': async (specimen) => {
    await specimen.receive(inbound(text('wamid.1', 'hello')));
    await specimen.receive(removed);
    await specimen.receive(inbound(text('wamid.2', 'late')));
    return replies(specimen) === 1;
  },
  'reconnection-needs-no-signup': async (specimen) => {
    await specimen.receive(inbound(text('wamid.1', 'hello')));
    await specimen.receive(account('ACCOUNT_OFFBOARDED', 1000));
    await specimen.receive(account('ACCOUNT_RECONNECTED', 1180));
    await specimen.receive(inbound(text('wamid.2', 'hello again')));
    return (
      specimen.graph.calls.every((call) => call.path === `${phoneNumberId}/messages`) &&
      replies(specimen) === 2
    );
  },
  'hidden-number-is-served': async (specimen) => {
    const hidden = { from: undefined, from_user_id: 'US.1349' };
    await specimen.receive(inbound(text('wamid.1', 'hello', hidden)));
    return specimen.graph.to('messages')[0]?.body['recipient'] === 'US.1349';
  },
  'live-message-during-import-is-answered': async (specimen) => {
    await specimen.receive(chunk(40, past('wamid.h')));
    const before = replies(specimen);
    await specimen.receive(inbound(text('wamid.1', 'hello', { from: '16505550000' })));
    return replies(specimen) === before + 1;
  },
};
