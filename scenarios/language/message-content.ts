/** What people put into a message, as a scenario says it. */

/** One line of an order. */
export interface OrderedItem {
  /** The retailer's own id of the product. */
  readonly product: string;
  readonly quantity: number;
  /** Of one piece, in units of the currency. */
  readonly price: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** What is sent: exactly one kind. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker';
      readonly caption?: string;
      readonly filename?: string;
      readonly voice?: boolean;
    }
  | {
      readonly kind: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly name?: string;
    }
  | { readonly kind: 'contacts'; readonly names: readonly string[] }
  /** A tap on a quick reply of a template. */
  | { readonly kind: 'button'; readonly text: string; readonly payload: string }
  /** A tap on a reply button of an interactive message. */
  | { readonly kind: 'interactive'; readonly id: string; readonly title: string }
  /** A basket of products from the business's catalog. */
  | {
      readonly kind: 'order';
      readonly items: readonly OrderedItem[];
      readonly text?: string;
    }
  /** A row that was picked from a list. */
  | {
      readonly kind: 'list-reply';
      readonly id: string;
      readonly title: string;
      readonly description?: string;
    }
  /** A flow that was filled in; what was answered, by the names of its fields. */
  | { readonly kind: 'flow-reply'; readonly answers: Readonly<Record<string, unknown>> }
  /** The answer to a request to be called. */
  | { readonly kind: 'call-permission'; readonly answer: 'accept' | 'reject' }
  /** Kinds the Cloud API cannot show; `form` is `unsupported.type` on the wire. */
  | { readonly kind: 'unsupported'; readonly form: string }
  /** Features that coexistence switches off in one-to-one chats. */
  | { readonly kind: 'view-once' | 'disappearing' | 'live-location' };
