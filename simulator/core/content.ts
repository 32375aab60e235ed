/** What people put into a message, by the names of the wire's `type` where there is one. */

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: MediaKind;
      readonly caption?: string;
      readonly filename?: string;
      /** A voice note; for `audio`. */
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
  /** Kinds the Cloud API cannot show; `form` is `unsupported.type` on the wire, such as `poll_creation`. */
  | { readonly kind: 'unsupported'; readonly form: string }
  /** Features that coexistence switches off in one-to-one chats. */
  | { readonly kind: 'view-once' | 'disappearing' | 'live-location' };
