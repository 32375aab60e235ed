import { describe, expect, it } from 'vitest';
import { webhookValidator } from '../../../contracts/catalogue.ts';
import type { Behaviour } from '../../core/behaviour.ts';
import { accept, type Command, type WorldEvent } from '../../core/decision.ts';
import { createEngine } from '../../core/engine.ts';
import type { NumberMoved, WebhookEmitted } from '../../core/events.ts';
import { commands, type Feature } from '../../core/feature.ts';
import {
  furniture,
  type CreateCustomer,
  type CreatedCustomer,
  type CreatedNumber,
  type CreateNumber,
} from '../../core/furniture.ts';
import type { PhoneNumberId, WaId } from '../../core/identifiers.ts';
import { epochMs, plusMs, type EpochMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { RequestSync } from '../smb-app-data/events.ts';
import { smbAppDataFeature } from '../smb-app-data/feature.ts';
import { addressBookAfterMs, contactsPerWebhook } from './decide.ts';
import {
  mostContacts,
  type AddressEntry,
  type FillContacts,
  type NewAddressEntry,
  type RemoveContact,
  type SaveContact,
} from './events.ts';
import { smbAppStateSyncFeature } from './feature.ts';

const onboardedAtMs = epochMs(1_760_000_000_250);

const telling: Feature = {
  name: 'telling',
  commands: commands<Command & { type: 'tell'; event: WorldEvent }>({
    tell: (_world, command) => accept([command.event], null),
  }),
};

interface Item {
  type: string;
  action: string;
  contact: { full_name?: string; first_name?: string; phone_number?: string; user_id?: string };
  metadata: { timestamp: string };
}

function arrange(
  behaviour: Partial<Behaviour> = {},
  options: { country?: string; customer?: Partial<CreateCustomer> } = {},
) {
  const world = createWorld('contacts', behaviour);
  const engine = createEngine(
    world,
    [furniture, smbAppDataFeature, smbAppStateSyncFeature, telling],
    onboardedAtMs,
  );
  const run = (command: Command): unknown => {
    const outcome = engine.execute(command);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.reply;
  };
  const number: CreateNumber = {
    type: 'create-number',
    country: options.country ?? 'US',
    state: 'coexistence',
    onboardedAtMs,
  };
  const { phoneNumberId } = run(number) as CreatedNumber;
  const customer: CreateCustomer = {
    type: 'create-customer',
    name: 'Ana Lopez',
    country: 'US',
    hidesNumber: false,
    device: 'iphone',
    ...options.customer,
  };
  const ana = run(customer) as CreatedCustomer;
  const emitted: WebhookEmitted[] = [];
  engine.log.subscribe(({ event }) => {
    if (event.type === 'webhook-emitted') emitted.push(event as WebhookEmitted);
  });
  const items = ({ field, value }: WebhookEmitted): Item[] => {
    expect(webhookValidator(field)(value)).toEqual([]);
    return (value as object as { state_sync: Item[] }).state_sync;
  };
  return {
    engine,
    ana,
    emitted,
    businessWaId: world.phoneNumbers.get(phoneNumberId)!.waId,
    fill: (contacts: readonly NewAddressEntry[], id: PhoneNumberId = phoneNumberId) => {
      const command: FillContacts = { type: 'fill-contacts', phoneNumberId: id, contacts };
      return run(command) as AddressEntry[];
    },
    save: (name: string, waId?: WaId) => {
      const command: SaveContact = {
        type: 'save-contact',
        phoneNumberId,
        name,
        ...(waId !== undefined && { waId }),
      };
      return run(command) as AddressEntry;
    },
    remove: (waId: WaId): void => {
      const command: RemoveContact = { type: 'remove-contact', phoneNumberId, waId };
      run(command);
    },
    ask: (): void => {
      const command: RequestSync = { type: 'request-sync', phoneNumberId, syncType: 'smb_app_state_sync' };
      run(command);
    },
    wait: (): void => {
      while (engine.runNextDue(plusMs(engine.nowMs, 60_000)));
    },
    move: (from: NumberState, to: NumberState, beginsAtMs?: EpochMs): void => {
      const begins = beginsAtMs === undefined ? {} : { onboardedAtMs: beginsAtMs };
      const event: NumberMoved = { type: 'number-moved', phoneNumberId, from, to, ...begins };
      run({ type: 'tell', event } as Command);
    },
    webhooks: () => emitted.map(items),
    newest: () => items(emitted.at(-1)!),
  };
}

describe('the first synchronisation', () => {
  it('tells the whole address book in one webhook, just after the request', () => {
    const phone = arrange();
    const [, stranger] = phone.fill([{ name: 'Ana Lopez', waId: phone.ana.waId }, { name: 'Bruno' }]);
    phone.ask();
    expect(phone.emitted).toEqual([]);
    expect(phone.engine.nextDueMs()).toBe(onboardedAtMs + addressBookAfterMs);
    phone.wait();
    const metadata = { timestamp: '1760000001' };
    expect(phone.webhooks()).toEqual([
      [
        {
          type: 'contact',
          contact: {
            full_name: 'Ana Lopez',
            first_name: 'Ana',
            phone_number: phone.ana.waId,
            user_id: phone.ana.userId,
          },
          action: 'add',
          metadata,
        },
        {
          type: 'contact',
          contact: {
            full_name: 'Bruno',
            first_name: 'Bruno',
            phone_number: stranger!.waId,
            user_id: stranger!.userId,
          },
          action: 'add',
          metadata,
        },
      ],
    ]);
    expect(phone.emitted[0]).toMatchObject({
      field: 'smb_app_state_sync',
      value: { metadata: { display_phone_number: phone.businessWaId } },
    });
  });

  it.each([
    [0, []],
    [1, [1]],
    [contactsPerWebhook, [contactsPerWebhook]],
    [contactsPerWebhook + 1, [contactsPerWebhook, 1]],
    [1_234, [500, 500, 234]],
  ])('of %d contacts comes in webhooks of %j', (count, sizes) => {
    const phone = arrange();
    phone.fill(Array.from({ length: count }, (_, index) => ({ name: `Contact ${index}` })));
    phone.ask();
    phone.wait();
    expect(phone.webhooks().map(({ length }) => length)).toEqual(sizes);
  });

  it('does not come to a number that was disconnected meanwhile', () => {
    const phone = arrange();
    phone.fill([{ name: 'Ana' }]);
    phone.ask();
    phone.move('coexistence', 'disconnected');
    phone.wait();
    expect(phone.emitted).toEqual([]);
  });
});

describe('a later change', () => {
  const synced = (behaviour: Partial<Behaviour> = {}, options: Parameters<typeof arrange>[1] = {}) => {
    const phone = arrange(behaviour, options);
    phone.ask();
    phone.wait();
    return phone;
  };

  it('is told as it happens: a new contact, another name for it, its end', () => {
    const phone = synced();
    const entry = phone.save('Carla Dias');
    expect(phone.newest()).toMatchObject([
      { action: 'add', contact: { full_name: 'Carla Dias', phone_number: entry.waId } },
    ]);
    expect(phone.save('Carla D. Souza', entry.waId)).toEqual({ ...entry, name: 'Carla D. Souza' });
    expect(phone.newest()).toMatchObject([
      { action: 'add', contact: { full_name: 'Carla D. Souza', first_name: 'Carla', user_id: entry.userId } },
    ]);
    phone.remove(entry.waId);
    expect(phone.newest()).toMatchObject([{ type: 'contact', action: 'remove' }]);
    expect(phone.newest()[0]?.contact).toEqual({ phone_number: entry.waId, user_id: entry.userId });
    expect(phone.emitted).toHaveLength(3);
  });

  it('is not told before the first synchronisation was asked for, but is part of it', () => {
    const phone = arrange();
    phone.fill([{ name: 'Ana', waId: phone.ana.waId }]);
    phone.save('Ana Lopez', phone.ana.waId);
    const other = phone.save('Bruno');
    phone.save('Carla');
    phone.remove(other.waId);
    expect(phone.emitted).toEqual([]);
    phone.ask();
    phone.wait();
    expect(phone.newest().map(({ contact }) => contact.full_name)).toEqual(['Ana Lopez', 'Carla']);
  });

  it('is not told while the number is away, and is again when it is back', () => {
    const phone = synced();
    phone.move('coexistence', 'offboarded');
    phone.save('Carla');
    expect(phone.emitted).toEqual([]);
    phone.move('offboarded', 'coexistence');
    phone.save('Bruno');
    expect(phone.emitted).toHaveLength(1);
  });

  it('is not told after a new onboarding until that has asked', () => {
    const phone = synced();
    phone.move('coexistence', 'disconnected');
    phone.move('disconnected', 'coexistence', phone.engine.nowMs);
    phone.save('Carla');
    expect(phone.emitted).toEqual([]);
    phone.ask();
    phone.wait();
    expect(phone.newest().map(({ contact }) => contact.full_name)).toEqual(['Carla']);
  });

  it.each<[Behaviour['stateSyncTimestamps'], string]>([
    ['seconds', '1760000001'],
    ['milliseconds', '1760000001250'],
  ])('has its time in %s: %s', (stateSyncTimestamps, timestamp) => {
    const phone = synced({ stateSyncTimestamps });
    phone.save('Carla');
    expect(phone.newest()[0]?.metadata).toEqual({ timestamp });
  });

  it('of somebody whose number is hidden shows the user id instead', () => {
    const phone = synced({}, { customer: { hidesNumber: true, username: 'ana.lopez' } });
    phone.save('Ana Lopez', phone.ana.waId);
    const who = { user_id: phone.ana.userId, username: 'ana.lopez' };
    expect(phone.newest()[0]?.contact).toEqual({ full_name: 'Ana Lopez', first_name: 'Ana', ...who });
    phone.remove(phone.ana.waId);
    expect(phone.newest()[0]?.contact).toEqual(who);
  });

  it('showed the number, and nothing else, before there were user ids', () => {
    const phone = synced({ userIds: false }, { customer: { hidesNumber: true, username: 'ana.lopez' } });
    phone.save('Ana', phone.ana.waId);
    expect(phone.newest()[0]?.contact).toEqual({
      full_name: 'Ana',
      first_name: 'Ana',
      phone_number: phone.ana.waId,
    });
  });
});

describe('invented contacts', () => {
  it('have numbers of their own, even where a country has few to give', () => {
    const phone = arrange({}, { country: 'GB' });
    const entries = phone.fill(Array.from({ length: 1_500 }, (_, index) => ({ name: `Contact ${index}` })));
    const numbers = new Set(entries.map(({ waId }) => waId));
    expect(numbers.size).toBe(1_500);
    expect(numbers).not.toContain(phone.businessWaId);
  });
});

describe('a mistake', () => {
  it('is to remove whom nobody saved', () => {
    expect(() => arrange().remove('15550000000' as WaId)).toThrow('not in the address book');
  });

  it('is to fill beyond the bound', () => {
    const contacts = Array.from({ length: mostContacts + 1 }, () => ({ name: 'Ana' }));
    expect(() => arrange().fill(contacts)).toThrow('at most 20000');
  });

  it('is to fill the book of no number', () => {
    expect(() => arrange().fill([], '1' as PhoneNumberId)).toThrow('There is no number 1');
  });
});
