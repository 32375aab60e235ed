/** The node of a business phone number, and the list of an account's numbers. */
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import {
  handshakeFor,
  listPhoneNumbers,
  pinnedNumbers,
  readPhoneNumber,
  updatePhoneNumber,
  type NumbersRead,
} from './decide.ts';
import type {
  ListPhoneNumbers,
  PhoneNumberCommand,
  PinSet,
  ReadPhoneNumber,
  UpdatePhoneNumber,
} from './events.ts';
import { parseList, parseRead, parseUpdate, renderList, renderNode, renderSuccess } from './wire.ts';

const permission = 'whatsapp_business_management';

export const phoneNumberFeature: Feature = {
  name: 'phone-number',
  edges: [
    edge<ReadPhoneNumber, NumbersRead>({
      method: 'GET',
      node: 'phone-number',
      edge: '',
      contract: 'phone-number',
      permission,
      parse: parseRead,
      render: renderNode,
    }),
    edge<UpdatePhoneNumber, undefined>({
      method: 'POST',
      node: 'phone-number',
      edge: '',
      contract: 'phone-number',
      permission,
      parse: parseUpdate,
      render: renderSuccess,
      handshake: (request, world) => handshakeFor(world, parseUpdate(request)),
    }),
    edge<ListPhoneNumbers, NumbersRead>({
      method: 'GET',
      node: 'waba',
      edge: 'phone_numbers',
      contract: 'phone-numbers',
      permission,
      parse: parseList,
      render: renderList,
    }),
  ],
  commands: commands<PhoneNumberCommand>({
    'read-phone-number': readPhoneNumber,
    'list-phone-numbers': listPhoneNumbers,
    'update-phone-number': updatePhoneNumber,
  }),
  evolve: evolves<PinSet>({
    'pin-set': (world, event) => {
      pinnedNumbers.in(world).add(event.phoneNumberId);
    },
  }),
};
