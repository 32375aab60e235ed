/** What a message says, in a form a screen can show. */
import type { WireContent } from './wire.ts';

export interface Shown {
  /** WhatsApp's `type`. */
  readonly kind: string;
  readonly text: string;
  /** To fetch the file with. */
  readonly mediaId?: string;
  /** Says only that something was written; what, may come later under the same wamid. */
  readonly placeholder: boolean;
}

const mediaKinds = ['image', 'video', 'audio', 'document', 'sticker'] as const;

/** Reads any message. A kind that is not known is kept as a placeholder: a person should see that something came. */
export function show(content: WireContent): Shown {
  const kind = content.type ?? 'unknown';
  const media = mediaKinds.map((name) => content[name]).find((found) => found !== undefined);
  if (media) {
    const text = media.caption ?? media.filename ?? `[${kind}]`;
    return { kind, text, placeholder: false, ...(media.id === undefined ? {} : { mediaId: media.id }) };
  }
  const text = textOf(content);
  if (text !== undefined) return { kind, text, placeholder: false };
  return { kind, text: explain(content, kind), placeholder: true };
}

function textOf(content: WireContent): string | undefined {
  const choice = content.interactive;
  return (
    content.text?.body ??
    content.button?.text ??
    choice?.button_reply?.title ??
    choice?.list_reply?.title ??
    choice?.nfm_reply?.body ??
    placeOf(content.location) ??
    content.contacts?.map((card) => card.name?.formatted_name ?? '[contact]').join(', ') ??
    (content.order && `[order] ${content.order.text ?? ''}`.trim())
  );
}

function placeOf(place: WireContent['location']): string | undefined {
  return place && (place.name ?? `${place.latitude ?? '?'}, ${place.longitude ?? '?'}`);
}

function explain(content: WireContent, kind: string): string {
  const reason = content.errors?.[0];
  return `[${kind}] ${reason?.error_data?.details ?? reason?.title ?? ''}`.trim();
}
