/** Chats, contacts and the state of the import, in memory. */
export interface Content {
  kind: string;
  text: string;
  timestamp: number;
}

export interface Message extends Content {
  id: string;
  direction: 'in' | 'out';
}

export class Store {
  readonly #messages = new Map<string, Message & { customer: string }>();
  readonly #changes = new Map<string, Content>();
  readonly #phoneOfUser = new Map<string, string>();
  readonly #contacts = new Map<string, { name: string | undefined; timestamp: number }>();
  #progress = 0;
  history = '';
  notice = '';

  /** The key of a customer: a hidden phone number is left out by Meta, and only the user id tells who it is. */
  customer(phone: string | undefined, userId: string | undefined): string | undefined {
    if (userId === undefined) return phone;
    if (phone !== undefined) this.#phoneOfUser.set(userId, phone);
    return this.#phoneOfUser.get(userId) ?? userId;
  }

  add(message: Message, customer: string | undefined): void {
    const known = this.#messages.get(message.id);
    // Webhooks repeat and overlap; only the content of a media placeholder may replace what came first.
    if (known !== undefined && known.kind !== 'media_placeholder') return;
    const owner = known?.customer ?? customer;
    if (owner !== undefined) this.#messages.set(message.id, { ...message, customer: owner });
  }

  /** An edit or a deletion, kept apart from its message, which may well arrive later. */
  change(id: string, change: Content): void {
    const earlier = this.#changes.get(id);
    if (earlier?.kind === 'deleted' || (earlier?.timestamp ?? 0) > change.timestamp) return;
    this.#changes.set(id, change);
  }

  contact(customer: string, name: string | undefined, timestamp: number): void {
    // Big address books come in several webhooks without order: an older state must not win.
    if ((this.#contacts.get(customer)?.timestamp ?? 0) > timestamp) return;
    this.#contacts.set(customer, { name, timestamp });
  }

  historyProgress(progress: number): void {
    this.#progress = Math.max(this.#progress, progress);
    this.history = `history: ${this.#progress} % imported`;
  }

  view() {
    const chats = new Map<string, Message[]>();
    for (const message of [...this.#messages.values()].sort((a, b) => a.timestamp - b.timestamp)) {
      const key = this.#phoneOfUser.get(message.customer) ?? message.customer;
      chats.set(key, chats.get(key) ?? []);
      chats.get(key)?.push({ ...message, ...this.#changes.get(message.id), timestamp: message.timestamp });
    }
    const name = (customer: string): string => this.#contacts.get(customer)?.name ?? customer;
    const list = [...chats].map(([customer, messages]) => ({ customer, name: name(customer), messages }));
    return { history: this.history, notice: this.notice, chats: list };
  }
}
