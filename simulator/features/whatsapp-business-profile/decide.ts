/** The business profile: the one thing about a number that can be read after its disconnection, too. */
import { accept, mistake, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import { mintGraphId, type PhoneNumberId } from '../../core/identifiers.ts';
import { createRandom, hashSeed } from '../../core/random.ts';
import { slice, type ReadonlyWorld } from '../../core/world.ts';
import { objectMissing } from '../../core/refusals.ts';
import type {
  BusinessProfile,
  ChangeProfile,
  ChangeProfileNode,
  ProfileChanged,
  ReadProfile,
  ReadProfileNode,
} from './events.ts';

/** Profiles by number; without an entry there is the one that every number begins with. */
export const profiles = slice<Map<PhoneNumberId, BusinessProfile>>(
  'whatsapp-business-profile',
  () => new Map(),
);

/** What the app fills in by itself. The trade is assumed. */
const firstProfile: BusinessProfile = {
  about: 'Hey there! I am using WhatsApp.',
  vertical: 'OTHER',
};

const fieldNames: ReadonlySet<string> = new Set([
  'about',
  'address',
  'description',
  'email',
  'id',
  'messaging_product',
  'profile_picture_url',
  'vertical',
  'websites',
]);

/** A profile, with the fields to print. */
export interface ProfileRead {
  readonly profile: BusinessProfile;
  readonly fields: readonly string[];
}

/** `fields=` names what a profile does not have. */
export const fieldMissing = (field: string): Refusal => ({
  code: 100,
  httpStatus: 400,
  message: `Tried accessing nonexisting field (${field}) on node type (WhatsAppBusinessProfile)`,
  evidence: 'assumed',
  source: 'Graph API at large; type of the node as in the SDK of Meta',
});

/** Answers in every state; after a disconnection one provider measured so (observed). */
export function readProfile(world: ReadonlyWorld, command: ReadProfile): Decision<ProfileRead> {
  if (!world.phoneNumbers.has(command.phoneNumberId))
    return mistake(`There is no phone number ${command.phoneNumberId}.`);
  const fields = command.fields ?? [];
  const unknown = fields.find((field) => !fieldNames.has(field));
  if (unknown !== undefined) return refuse(fieldMissing(unknown));
  return accept([], { profile: profileOf(world, command.phoneNumberId), fields });
}

/** The node that a number's profile is, by itself. */
export const profileIdOf = (phoneNumberId: PhoneNumberId): string =>
  mintGraphId(createRandom(hashSeed(`${phoneNumberId} profile`)));

/** Texts can be changed over the API on a coexistence number, as providers say (observed). */
export function changeProfile(world: ReadonlyWorld, command: ChangeProfile): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  if (number.state === 'disconnected') return refuse(objectMissing(number.id, 'post'));
  const changed: ProfileChanged = {
    type: 'profile-changed',
    phoneNumberId: number.id,
    profile: command.profile,
  };
  return accept([changed], undefined);
}

/** The number's profile as it stands. */
export const profileOf = (world: ReadonlyWorld, id: PhoneNumberId): BusinessProfile =>
  profiles.of(world).get(id) ?? firstProfile;

/** Which number's profile a node is. */
export const profileNodes = slice<Map<string, PhoneNumberId>>(
  'whatsapp-business-profile nodes',
  () => new Map(),
);

/** A profile with its own id. */
export interface ProfileNode {
  readonly id: string;
  readonly profile: BusinessProfile;
}

export function readProfileNode(world: ReadonlyWorld, { id }: ReadProfileNode): Decision<ProfileNode> {
  const phoneNumberId = profileNodes.of(world).get(id);
  if (phoneNumberId === undefined) return refuse(objectMissing(id, 'get'));
  return accept([], { id, profile: profileOf(world, phoneNumberId) });
}

export function changeProfileNode(
  world: ReadonlyWorld,
  { id, profile }: ChangeProfileNode,
): Decision<undefined> {
  const phoneNumberId = profileNodes.of(world).get(id);
  if (phoneNumberId === undefined) return refuse(objectMissing(id, 'post'));
  return changeProfile(world, { type: 'change-profile', phoneNumberId, profile });
}
