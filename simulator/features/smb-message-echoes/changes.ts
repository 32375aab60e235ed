/** The business edits and revokes, in the app, what it wrote. */
import type { Content } from '../../core/content.ts';
import { accept, mistake, type Decision, type MistakeFinding } from '../../core/decision.ts';
import { mintWamid, type PhoneNumberId, type Wamid } from '../../core/identifiers.ts';
import { dayMs, minuteMs, type EpochMs } from '../../core/time.ts';
import { isMediaContent, mediaUrl, type WireMedia } from '../../core/wire-content.ts';
import { chanceOf, type ReadonlyWorld } from '../../core/world.ts';
import { findParties, isEchoed, tell } from './decide.ts';
import type { AppMessageEdited, AppMessageRevoked, EditFromApp, RevokeFromApp, SentWamid } from './events.ts';
import { ownMessage, type OwnMessage } from './evolve.ts';
import { renderEdit, renderRevoke, type EchoParties } from './wire.ts';

/** How long the app lets a text or caption be edited; documented for customers, assumed alike here. */
export const editableMs = 15 * minuteMs;

/** How long the app lets a message be deleted for everyone; documented for customers, assumed alike here. */
export const revocableMs = 2 * dayMs;

interface Found extends EchoParties {
  readonly message: OwnMessage;
}

/** The echo has a wamid of its own and holds the whole new content; of what the API never saw it hears no edit. */
export function decideEdit(world: ReadonlyWorld, command: EditFromApp, nowMs: EpochMs): Decision<SentWamid> {
  const found = findOwn(world, command.phoneNumberId, command.wamid);
  if ('finding' in found) return mistake(found.finding.message, found.finding.hint);
  const content = editedContent(found.message, command.text);
  if (!content) return mistake('Only texts and captions can be edited.');
  if (nowMs - found.message.atMs > editableMs) return mistake('A message can be edited for 15 minutes.');
  const wamid = mintWamid(chanceOf(world), found.customer.waId, 'business');
  const edited: AppMessageEdited = { type: 'app-message-edited', original: command.wamid, content };
  const body = renderEdit(command.wamid, content, currentMedia(found.message, nowMs));
  const echo = { what: 'edit', wamid, device: 'phone' } as const;
  return accept([edited, ...(isHeard(found) ? tell(world, found, echo, body, nowMs) : [])], { wamid });
}

function editedContent({ content }: OwnMessage, text: string): Content | undefined {
  if (content?.kind === 'text') return { kind: 'text', text };
  const captioned =
    content && isMediaContent(content) && content.kind !== 'sticker' && content.kind !== 'audio';
  return captioned ? { ...content, caption: text } : undefined;
}

/** The same file, at a new address. */
const currentMedia = ({ media }: OwnMessage, nowMs: EpochMs): WireMedia | undefined =>
  media && { ...media, url: mediaUrl(media, nowMs) };

/** The chat on the phone also shows what the API sent, and that can be deleted there as well (assumed). */
export function decideRevoke(
  world: ReadonlyWorld,
  command: RevokeFromApp,
  nowMs: EpochMs,
): Decision<SentWamid> {
  const found = findOwn(world, command.phoneNumberId, command.wamid);
  if ('finding' in found) return mistake(found.finding.message, found.finding.hint);
  if (nowMs - found.message.atMs > revocableMs) return mistake('A message can be revoked for two days.');
  const wamid = mintWamid(chanceOf(world), found.customer.waId, 'business');
  const revoked: AppMessageRevoked = { type: 'app-message-revoked', original: command.wamid };
  const echo = { what: 'revoke', wamid, device: 'phone' } as const;
  const webhook = isHeard(found) ? tell(world, found, echo, renderRevoke(command.wamid), nowMs) : [];
  return accept([revoked, ...webhook], { wamid });
}

const isHeard = (found: Found): boolean => found.message.isKnown && isEchoed(found, 'phone');

function findOwn(
  world: ReadonlyWorld,
  phoneNumberId: PhoneNumberId,
  wamid: Wamid,
): Found | { readonly finding: MistakeFinding } {
  const message = ownMessage(world, wamid);
  if (message?.phoneNumberId !== phoneNumberId)
    return {
      finding: {
        message: `The business sent no message ${wamid} from this number.`,
        hint: 'Only messages of the business can be edited or revoked in the app.',
      },
    };
  if (message.isRevoked) return { finding: { message: `The message ${wamid} was revoked already.` } };
  const parties = findParties(world, phoneNumberId, message.to);
  return 'message' in parties ? { finding: parties } : { ...parties, message };
}
