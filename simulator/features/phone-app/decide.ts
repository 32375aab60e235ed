/** The app as its owner uses it: everything here stays on the phone. */
import { accept, mistake, refuse, type Decision } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { PhoneNumber, ReadonlyWorld } from '../../core/world.ts';
import { setAutomaticMessage } from './automatic.ts';
import { linkDevice } from './devices.ts';
import type {
  Broadcast,
  CallFromApp,
  ChatReadInApp,
  LinkDevice,
  PostStatus,
  ReadInApp,
  SendToGroupFromApp,
  SetAutomaticMessage,
  StayedInTheApp,
  TurnOnInApp,
} from './events.ts';
import { turnedOff } from './refusals.ts';

type StayingInApp = SendToGroupFromApp | PostStatus | CallFromApp;

/** Group messages, status posts and calls: unchanged in the app, and not on the API. */
export function decideInApp(world: ReadonlyWorld, command: StayingInApp): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!isInApp(number)) return notInApp(command.phoneNumberId, number);
  return stay(number, whatOf(command));
}

/** Refused while the number is connected to the Cloud API: lists from before can be read, not used. */
export function broadcast(world: ReadonlyWorld, command: Broadcast): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!isInApp(number)) return notInApp(command.phoneNumberId, number);
  return isConnected(number) ? refuse(turnedOff('broadcast-lists')) : stay(number, 'broadcast');
}

export function turnOnInApp(world: ReadonlyWorld, command: TurnOnInApp): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!isInApp(number)) return notInApp(command.phoneNumberId, number);
  return isConnected(number) ? refuse(turnedOff(command.feature)) : stay(number, command.feature);
}

/** The chat's blue ticks; nothing of it reaches the API. */
export function readInApp(world: ReadonlyWorld, command: ReadInApp): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!isInApp(number)) return notInApp(command.phoneNumberId, number);
  const read: ChatReadInApp = { type: 'chat-read-in-app', phoneNumberId: number.id, from: command.from };
  return accept([read], undefined);
}

/** Automatic messages and linked devices. */
export function decideSetting(
  world: ReadonlyWorld,
  command: SetAutomaticMessage | LinkDevice,
): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!isInApp(number)) return notInApp(command.phoneNumberId, number);
  return command.type === 'set-automatic-message'
    ? setAutomaticMessage(command, number)
    : linkDevice(world, command, number);
}

function whatOf(command: StayingInApp): StayedInTheApp['what'] {
  switch (command.type) {
    case 'send-to-group-from-app':
      return 'group-message';
    case 'post-status':
      return 'status';
    case 'call-from-app':
      return command.video ? 'video-call' : 'voice-call';
  }
}

const stay = (number: PhoneNumber, what: StayedInTheApp['what']): Decision<undefined> => {
  const stayed: StayedInTheApp = { type: 'stayed-in-the-app', phoneNumberId: number.id, what };
  return accept([stayed], undefined);
};

/** A number that is away on a change of device is still set up for coexistence. */
const isConnected = (number: PhoneNumber): boolean =>
  number.state === 'coexistence' || number.state === 'offboarded';

const isInApp = (number: PhoneNumber | undefined): number is PhoneNumber =>
  number !== undefined && number.state !== 'fresh' && number.state !== 'cloud-api';

const notInApp = (id: PhoneNumberId, number: PhoneNumber | undefined): Decision<never> =>
  number
    ? mistake(
        `${number.displayPhoneNumber} is ${number.state}: it is not in the WhatsApp Business app.`,
        'Begin with a number that is app-only or coexistence.',
      )
    : mistake(`There is no phone number ${id}.`);
