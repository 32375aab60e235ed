/** What a frozen set demands of a system with certain profiles, and which scenarios show it. Pure. */
import type { ObligationSet } from '../../contracts/obligation-sets.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';

/** Ids of the obligations, sorted. */
export const demandedBy = ({ demands }: ObligationSet, profiles: readonly string[]): readonly string[] =>
  profiles.flatMap((profile) => demands[profile] ?? []).sort();

/** Every scenario of the library that can prove one of them. */
export const showing = (library: readonly Scenario[], demanded: readonly string[]): readonly Scenario[] =>
  library.filter(({ obligations }) => obligations.some((id) => demanded.includes(id)));
