/** What the CRM knows of its customers. */

export interface ShownChat {
  readonly name: string;
  readonly note?: string;
  readonly messages: readonly { readonly by: 'customer' | 'us'; readonly text: string }[];
}

interface Message {
  readonly by: 'customer' | 'us';
  readonly text: string;
  readonly atSeconds: number;
}

export interface Chats {
  /** The same message may come again and again. */
  add(customer: string, id: string, message: Message): void;
  name(customer: string, name: string): void;
  /** The owner does not share past chats. */
  decline(): void;
  list(): readonly ShownChat[];
}

export function createChats(): Chats {
  const messages = new Map<string, Map<string, Message>>();
  const names = new Map<string, string>();
  let declined = false;
  return {
    add(customer, id, message) {
      const chat = messages.get(customer) ?? new Map<string, Message>();
      messages.set(customer, chat);
      if (!chat.has(id)) chat.set(id, message);
    },
    name: (customer, name) => void names.set(customer, name),
    decline() {
      declined = true;
    },
    list: () => [
      ...(declined ? [{ name: 'Past chats', note: 'The history is not shared.', messages: [] }] : []),
      ...[...messages].map(([customer, chat]) => ({
        name: names.get(customer) ?? customer,
        messages: [...chat.values()]
          .sort((a, b) => a.atSeconds - b.atSeconds)
          .map(({ by, text }) => ({ by, text })),
      })),
    ],
  };
}
