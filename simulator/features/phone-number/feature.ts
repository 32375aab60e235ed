/** The node of a business phone number, and the list of an account's numbers. */
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { addPhoneNumber, parseAdd, type AddPhoneNumber } from './add.ts';
import {
  handshakeFor,
  listPhoneNumbers,
  pinnedNumbers,
  readPhoneNumber,
  updatePhoneNumber,
} from './decide.ts';
import type {
  ListPhoneNumbers,
  PhoneNumberCommand,
  PinSet,
  ReadPhoneNumber,
  UpdatePhoneNumber,
} from './events.ts';
import { numberFields, type ShownNumber } from './fields.ts';
import { parseList, parseRead, parseUpdate, renderList, renderNode, renderSuccess } from './wire.ts';

const permission = 'whatsapp_business_management';

export const phoneNumberFeature: Feature = {
  name: 'phone-number',
  edges: [
    edge<ReadPhoneNumber, ShownNumber>({
      method: 'GET',
      node: 'phone-number',
      edge: '',
      contract: 'phone-number',
      permission,
      parse: parseRead,
      render: renderNode,
      selects: numberFields,
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
    edge<AddPhoneNumber, PhoneNumberId>({
      method: 'POST',
      node: 'waba',
      edge: 'phone_numbers',
      contract: 'phone-numbers',
      permission,
      parse: parseAdd,
      render: (id) => ({ id }),
    }),
    edge<ListPhoneNumbers, readonly ShownNumber[]>({
      method: 'GET',
      node: 'waba',
      edge: 'phone_numbers',
      contract: 'phone-numbers',
      permission,
      parse: parseList,
      render: renderList,
      selects: numberFields,
      pages: true,
    }),
  ],
  commands: commands<PhoneNumberCommand | AddPhoneNumber>({
    'add-phone-number': addPhoneNumber,
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
