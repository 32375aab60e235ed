/** The inbox as people see it: one page, no script. */
import type { Conduct } from './conduct.ts';
import type { Customer } from './customers.ts';
import type { Inbox } from './inbox.ts';
import { showConnection, showConversation, type ShownMessage } from './views.ts';

/** Newest messages shown of a conversation. */
const shownMessages = 50;

export async function renderPage(inbox: Inbox, conduct: Conduct): Promise<string> {
  const sections = await Promise.all(
    inbox.connections.numbers().map(async (number) => {
      const { state, reason } = showConnection(inbox, conduct, number.id);
      const conversations = await Promise.all(
        inbox.customers.of(number.id).map((customer) => renderConversation(inbox, conduct, customer)),
      );
      const warning =
        state === 'connected'
          ? ''
          : `<p class="warning">Not connected to WhatsApp${reason === undefined ? '' : ` (${escape(reason)})`}: ${
              state === 'offboarded'
                ? 'the phone is changing device.'
                : 'connect the number again from the phone.'
            }</p>`;
      return `<section><h2>${escape(number.displayPhoneNumber ?? number.id)}</h2>${warning}${conversations.join('')}</section>`;
    }),
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Inbox</title><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
.warning{background:#fee;padding:.5rem}.customer{color:#555}li{margin:.2rem 0}small{color:#777}</style>
<h1>Inbox</h1>${sections.join('') || '<p>No number is connected yet.</p>'}</html>`;
}

async function renderConversation(inbox: Inbox, conduct: Conduct, customer: Customer): Promise<string> {
  const alias = customer.waId ?? customer.userId ?? '';
  const messages = await showConversation(inbox, conduct, customer.phoneNumberId, alias);
  if (messages.length === 0) return '';
  const name = customer.contact?.name ?? customer.profileName ?? alias;
  const notices = customer.notices.map((notice) => `<p class="warning">${escape(notice)}</p>`).join('');
  const lines = messages.slice(-shownMessages).map(renderMessage).join('');
  return `<article><h3>${escape(name)} <small>${customer.unread} unread</small></h3>${notices}<ul>${lines}</ul></article>`;
}

function renderMessage(message: ShownMessage): string {
  const text = message.deleted ? '<em>deleted</em>' : escape(message.text);
  const failure = message.failure ? ` – ${escape(message.failure.title)} (${message.failure.code})` : '';
  const state = [message.sentAt, message.delivery, message.edited ? 'edited' : undefined]
    .filter((part) => part !== undefined)
    .join(', ');
  return `<li class="${message.author}"><b>${message.author}</b> ${text} <small>${escape(state)}${failure}</small></li>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
