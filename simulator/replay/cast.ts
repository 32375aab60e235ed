/** Sets a world up for a scenario: its number, its people, and what the phone holds; remembers who is who. */
import type {
  ContactSetup,
  CustomerSetup,
  NumberSetup,
  Scenario,
} from '../../scenarios/language/scenario.ts';
import type { Engine, Outcome } from '../core/engine.ts';
import type { CreateCustomer, CreateNumber, CreatedCustomer, CreatedNumber } from '../core/furniture.ts';
import type { AppId, PhoneNumberId, UserId, WabaId, WaId, Wamid } from '../core/identifiers.ts';
import { plusMs } from '../core/time.ts';
import type { SignupResult } from '../features/account-update/events.ts';
import type { FillHistory } from '../features/history/events.ts';
import type { FillContacts } from '../features/smb-app-state-sync/events.ts';

/** Who plays: names of the scenario, ids of the world. */
export interface Cast {
  readonly appId: AppId;
  readonly wabaId: WabaId;
  readonly phoneNumberId: PhoneNumberId;
  /** Number of the other business, where the scenario has one. */
  readonly neighbourId?: PhoneNumberId;
  /** As people read it. */
  readonly displayPhoneNumber: string;
  /** Whoever moves to another number during the play has it here from then on. */
  readonly customers: Record<string, CastCustomer>;
  /** What the page got of the last signup. */
  signup?: SignupResult;
  /** Messages that were sent under a name so far. */
  readonly messages: Map<string, Wamid>;
}

/** A cast as JSON; names of messages are kept apart, since there may be very many. */
export type SavedCast = Omit<Cast, 'messages'>;

export interface CastCustomer {
  readonly waId: WaId;
  readonly userId: UserId;
}

/**
 * Sets a world up as a scenario says.
 *
 * The app must be there already. Throws only on a bug: what cannot be set up is a mistake that the parser tells.
 *
 * @param engine - of a world that nothing has been set up in
 * @param appId - the app of the system under test
 */
export function stage(engine: Engine, scenario: Scenario, appId: AppId): Cast {
  const { phoneNumberId, wabaId } = createNumber(engine, scenario.number, appId);
  const customers = Object.fromEntries(
    Object.entries(scenario.customers).map(([name, setup]) => [name, createCustomer(engine, setup)]),
  );
  const displayPhoneNumber = engine.world.phoneNumbers.get(phoneNumberId)?.displayPhoneNumber ?? '';
  const neighbourId = scenario.neighbour && createNumber(engine, scenario.neighbour, appId).phoneNumberId;
  const cast: Cast = {
    appId,
    wabaId,
    phoneNumberId,
    ...(neighbourId !== undefined && { neighbourId }),
    displayPhoneNumber,
    customers,
    messages: new Map(),
  };
  fillHistory(engine, scenario, cast);
  fillContacts(engine, scenario.contacts, cast);
  return cast;
}

function createNumber(engine: Engine, setup: NumberSetup, appId: AppId): CreatedNumber {
  const { state, name, country, subscribed, onboardedAgoMs } = setup;
  const wasOnboarded = state === 'coexistence' || state === 'offboarded' || state === 'disconnected';
  const command: CreateNumber = {
    type: 'create-number',
    state,
    country,
    ...(name !== undefined && { name }),
    ...(wasOnboarded && { onboardedAtMs: plusMs(engine.nowMs, -onboardedAgoMs) }),
    ...(subscribed && { subscribedAppId: appId }),
  };
  return must(engine.execute<CreatedNumber>(command));
}

/** Somebody joins a world that was set up before. */
export function join(engine: Engine, cast: Cast, name: string, setup: CustomerSetup): CastCustomer {
  return (cast.customers[name] = createCustomer(engine, setup));
}

function createCustomer(engine: Engine, setup: CustomerSetup): CastCustomer {
  const command: CreateCustomer = { type: 'create-customer', ...setup };
  const { waId, userId } = must(engine.execute<CreatedCustomer>(command));
  return { waId, userId };
}

/** An empty phone whose owner shares it has nothing to set up. */
function fillHistory(engine: Engine, { history }: Scenario, cast: Cast): void {
  if (history.messages === 0 && history.sharing === 'shared') return;
  const customers = Object.values(cast.customers)
    .map(({ waId }) => waId)
    .slice(0, history.threads);
  const command: FillHistory = {
    type: 'fill-history',
    phoneNumberId: cast.phoneNumberId,
    ...history,
    customers,
  };
  must(engine.execute(command));
}

function fillContacts(engine: Engine, setups: readonly ContactSetup[], cast: Cast): void {
  if (setups.length === 0) return;
  const contacts = setups.map(({ name, of }) => {
    const waId = of === undefined ? undefined : cast.customers[of]?.waId;
    return { name, ...(waId !== undefined && { waId }) };
  });
  const command: FillContacts = { type: 'fill-contacts', phoneNumberId: cast.phoneNumberId, contacts };
  must(engine.execute(command));
}

function must<Reply>(outcome: Outcome<Reply>): Reply {
  if (outcome.kind === 'accepted') return outcome.reply;
  const why = outcome.kind === 'mistaken' ? outcome.mistake.message : outcome.refusal.message;
  throw new Error(`A scenario that was read could not be set up: ${why}`);
}
