/** One chat, from the phone's or the customer's side of it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat, ChatMessage } from '../../chats.ts';
import type { WrittenStep } from './api.ts';
import { clockTime, t, term, type TextKey } from './i18n.ts';
import { act, chatsVersion } from './state.ts';

export type Side = 'phone' | 'customer';

/** Something that can be sent beside a text: its name, and what a step says of it. */
interface Kind {
  readonly label: TextKey;
  readonly content: (text: string) => Readonly<Record<string, unknown>>;
}

const withCaption = (kind: string) => (text: string) => ({ [kind]: text === '' ? true : { caption: text } });

const files: readonly Kind[] = [
  { label: 'kind.image', content: withCaption('image') },
  { label: 'kind.video', content: withCaption('video') },
  {
    label: 'kind.document',
    content: (text) => ({ document: { filename: text === '' ? 'file.pdf' : text } }),
  },
  { label: 'kind.voice', content: () => ({ audio: { voice: true } }) },
  { label: 'kind.sticker', content: () => ({ sticker: true }) },
  {
    label: 'kind.location',
    content: (text) => ({
      location: { latitude: -23.5, longitude: -46.6, ...(text !== '' && { name: text }) },
    }),
  },
];

/** What only customers can do on a number in coexistence, and what the API makes of some of it. */
const more: readonly Kind[] = [
  { label: 'kind.view-once', content: () => ({ viewOnce: true }) },
  { label: 'kind.disappearing', content: () => ({ disappearing: true }) },
  { label: 'kind.live-location', content: () => ({ liveLocation: true }) },
  { label: 'kind.poll', content: () => ({ unsupported: 'poll_creation' }) },
  { label: 'kind.ad', content: (text) => ({ text: text === '' ? 'Hi' : text, viaAd: true }) },
  { label: 'kind.first', content: (text) => ({ text: text === '' ? 'Hi' : text, firstContact: true }) },
];

const reactions = ['👍', '❤️', '😂', '😮', '🙏'];

/** Who does what in a step of this side. */
const verbs = {
  phone: { sends: 'app.sends', reacts: 'app.reacts', edits: 'app.edits', revokes: 'app.revokes', who: 'to' },
  customer: {
    sends: 'customer.sends',
    reacts: 'customer.reacts',
    edits: 'customer.edits',
    revokes: 'customer.revokes',
    who: 'from',
  },
} as const;

export function ChatWindow({
  chat,
  side,
  customer,
  title,
}: {
  readonly chat: Chat | undefined;
  readonly side: Side;
  /** The customer's name in steps; missing: nothing can be done here. */
  readonly customer: string | undefined;
  readonly title: string;
}) {
  // Chats are folded in place: their version says that they changed.
  const version = chatsVersion.value;
  const messages = chat?.messages ?? [];
  const list = useRef<HTMLOListElement>(null);
  const [replyTo, setReplyTo] = useState<string>();
  const [editing, setEditing] = useState<ChatMessage>();
  useEffect(() => {
    const end = list.current;
    if (end) end.scrollTop = end.scrollHeight;
  }, [messages.length, version]);
  return (
    <div class="chat">
      <ol class="bubbles" ref={list} tabIndex={0} aria-label={title}>
        {messages.length === 0 ? <li class="quiet">{t('chat.empty')}</li> : null}
        {messages.map((message) => (
          <Bubble
            key={message.id}
            message={message}
            version={version}
            side={side}
            customer={customer}
            quoted={messages.find(({ id }) => id === message.replyTo)}
            onReply={() => setReplyTo(message.id)}
            onEdit={() => setEditing(message)}
          />
        ))}
      </ol>
      {customer === undefined ? null : (
        <Composer
          key={editing?.id ?? 'new'}
          side={side}
          customer={customer}
          quoted={messages.find(({ id }) => id === replyTo)}
          editing={editing}
          onDone={() => {
            setReplyTo(undefined);
            setEditing(undefined);
          }}
        />
      )}
    </div>
  );
}

const isOwn = (message: ChatMessage, side: Side): boolean =>
  side === 'phone' ? message.by !== 'customer' : message.by === 'customer';

function Bubble({
  message,
  side,
  customer,
  quoted,
  onReply,
  onEdit,
}: {
  readonly message: ChatMessage;
  /** A message is changed in place; without this nobody would draw it again. */
  readonly version: number;
  readonly side: Side;
  readonly customer: string | undefined;
  readonly quoted: ChatMessage | undefined;
  readonly onReply: () => void;
  readonly onEdit: () => void;
}) {
  const own = isOwn(message, side);
  const { who, ...does } = verbs[side];
  const mood = Object.values(message.reactions).filter((emoji) => emoji !== '');
  const isCall = message.kind.endsWith('-call');
  const react = (emoji: string): void => {
    void act({ [does.reacts]: { [who]: customer, message: message.id, emoji } });
  };
  return (
    <li class={`bubble ${own ? 'own' : 'other'}`} data-by={message.by}>
      {quoted ? <q>{quoted.text === '' ? term('kind', quoted.kind) : quoted.text}</q> : null}
      {message.kind === 'text' || message.revoked ? null : (
        <span class="kind">{term('kind', message.kind)}</span>
      )}
      <span class="text">{message.revoked ? t('chat.deleted') : message.text}</span>
      <span class="meta">
        {message.automatic ? `${t(`auto.${message.automatic}`)} · ` : ''}
        {message.by === 'api' ? `${t('by.api')} · ` : ''}
        {message.device ? `${term('device', message.device)} · ` : ''}
        {message.edited ? `${t('chat.edited')} · ` : ''}
        <time>{clockTime(message.atMs)}</time>
        {message.status === undefined ? '' : ` · ${term('status', message.status)}`}
        {message.code === undefined ? '' : ` ${message.code}`}
        {side === 'phone' && message.seen !== 'whole' ? ` · ${t(`seen.${message.seen}`)}` : ''}
      </span>
      {mood.length > 0 ? <span class="mood">{mood.join(' ')}</span> : null}
      {customer === undefined || message.revoked || isCall ? null : (
        <details class="deeds">
          <summary aria-label={t('chat.deeds')}>⋯</summary>
          <div
            class="row"
            onClick={({ currentTarget }) => {
              currentTarget.closest('details')?.removeAttribute('open');
            }}
          >
            {reactions.map((emoji) => (
              <button
                key={emoji}
                type="button"
                aria-label={t('chat.react', { emoji })}
                onClick={() => react(emoji)}
              >
                {emoji}
              </button>
            ))}
            <button type="button" onClick={onReply}>
              {t('chat.reply')}
            </button>
            {own && message.by !== 'api' ? (
              <>
                <button type="button" onClick={onEdit}>
                  {t('chat.edit')}
                </button>
                <button
                  type="button"
                  onClick={() =>
                    void act({
                      [does.revokes]: { message: message.id, ...(side === 'customer' && { from: customer }) },
                    })
                  }
                >
                  {t('chat.delete')}
                </button>
              </>
            ) : null}
          </div>
        </details>
      )}
    </li>
  );
}

function Composer({
  side,
  customer,
  quoted,
  editing,
  onDone,
}: {
  readonly side: Side;
  readonly customer: string;
  readonly quoted: ChatMessage | undefined;
  readonly editing: ChatMessage | undefined;
  readonly onDone: () => void;
}) {
  const [text, setText] = useState(editing?.text ?? '');
  const { who, ...does } = verbs[side];
  const send = (content: WrittenStep): void => {
    const reply = quoted && { replyTo: quoted.id };
    void act({ [does.sends]: { [who]: customer, ...content, ...reply, meanwhile: true } });
    setText('');
    onDone();
  };
  const submit = (): void => {
    if (text.trim() === '') return;
    if (!editing) {
      send({ text });
      return;
    }
    void act({
      [does.edits]: { message: editing.id, text, ...(side === 'customer' && { from: customer }) },
    });
    onDone();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {quoted || editing ? (
        <p class="row quiet">
          <span>{editing ? t('chat.editing') : t('chat.replying', { text: quoted?.text ?? '' })}</span>
          <button type="button" class="plain" onClick={onDone}>
            {t('cancel')}
          </button>
        </p>
      ) : null}
      <div class="row">
        <label class="grow">
          <span class="hidden">{t('chat.message')}</span>
          <input
            value={text}
            maxLength={4096}
            placeholder={t('chat.message')}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <button type="submit">{editing ? t('chat.save') : t('chat.send')}</button>
      </div>
      {editing ? null : (
        <details class="kinds">
          <summary>{t('chat.other')}</summary>
          <div class="row">
            {[...files, ...(side === 'customer' ? more : [])].map(({ label, content }) => (
              <button key={label} type="button" onClick={() => send(content(text.trim()))}>
                {t(label)}
              </button>
            ))}
          </div>
        </details>
      )}
    </form>
  );
}
