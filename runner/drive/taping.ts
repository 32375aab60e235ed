/** Makes the tape of a scenario while it is played. */
import type { Cast, Exchange, Journal } from '../../simulator/index.ts';
import type { Ending } from '../judge/facts.ts';
import type { Heard, Moment, Tape } from '../judge/tape.ts';
import type { SutAddress } from '../observe/scene.ts';

/** Longest webhook body kept whole, characters; of a chunk of a long history the beginning is enough. */
const longestBody = 65_536;

export interface Taping {
  /** A step begins. */
  begin(step: number, atMs: number): void;
  readonly hear: (what: Heard) => void;
  /** The step that began last is over. */
  end(): void;
  /** What is on it so far. */
  tape(ending: Ending): Tape;
  stop(): void;
}

export interface TapingOptions {
  readonly scenario: string;
  readonly journal: Journal;
  readonly strays: Journal | undefined;
  readonly cast: Cast;
  readonly sut: SutAddress;
}

export function startTaping({ scenario, journal, strays, cast, sut }: TapingOptions): Taping {
  // The journal may let go of what it holds; the tape must not.
  const exchanges: Exchange[] = [...journal.since(0)];
  const stop = journal.subscribe((exchange) => exchanges.push(exchange));
  const straysBefore = strays?.newest ?? 0;
  const moments: Moment[] = [];
  let people = '';
  let underWay: (Omit<Moment, 'to' | 'straysTo'> & { heard?: Heard }) | undefined;

  const end = (): void => {
    if (!underWay) return;
    moments.push({ ...underWay, to: journal.newest, straysTo: strays?.newest ?? 0 });
    underWay = undefined;
  };

  return {
    begin(step, atMs) {
      const customers = peopleOf(cast);
      const now = JSON.stringify(customers);
      underWay = {
        step,
        atMs,
        from: journal.newest,
        straysFrom: strays?.newest ?? 0,
        ...(now !== people && { customers }),
      };
      people = now;
    },
    hear(what) {
      if (underWay) underWay.heard = what;
    },
    end,
    tape(ending) {
      end();
      return {
        scenario,
        phoneNumberId: cast.phoneNumberId,
        wabaId: cast.wabaId,
        displayPhoneNumber: cast.displayPhoneNumber,
        messages: Object.fromEntries(cast.messages),
        probes: probesOf(sut),
        outputRead: sut.leak !== undefined,
        exchanges: exchanges.map(shortened),
        strays: strays?.since(straysBefore) ?? [],
        moments,
        ending,
      };
    },
    stop,
  };
}

/** What is done to customers is done to the cast itself, so it is copied. */
const peopleOf = ({ customers }: Cast): NonNullable<Moment['customers']> =>
  Object.fromEntries(Object.entries(customers).map(([name, { waId, userId }]) => [name, { waId, userId }]));

/** Addresses and commands are nobody's business who judges. */
const probesOf = ({ probes }: SutAddress): Tape['probes'] =>
  Object.fromEntries(
    Object.entries(probes).map(([name, { select }]) => [name, select === undefined ? {} : { select }]),
  );

function shortened(exchange: Exchange): Exchange {
  if (exchange.kind !== 'webhook' || exchange.body.length <= longestBody) return exchange;
  const more = exchange.body.length - longestBody;
  return { ...exchange, body: `${exchange.body.slice(0, longestBody)}… (${more} more characters)` };
}
