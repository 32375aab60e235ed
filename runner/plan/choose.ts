/** Chooses what to play: scenarios whose obligations bind a system with the declared profiles. */
import type { Scenario } from '../../scenarios/language/scenario.ts';
import type { Profile } from './config.ts';

/** What choosing needs to know of an obligation; the contracts' own type fits. */
export interface BindingObligation {
  readonly id: string;
  readonly profile: Profile;
}

export interface Choice {
  readonly play: readonly Scenario[];
  /** Not played: everything they prove binds other profiles. */
  readonly leftOut: readonly Scenario[];
}

/** A scenario without obligations is always played: it shows what its author wrote it for. */
export function chooseScenarios(
  scenarios: readonly Scenario[],
  obligations: readonly BindingObligation[],
  profiles: readonly Profile[],
): Choice {
  const binding = new Set(
    obligations.filter(({ profile }) => profiles.includes(profile)).map(({ id }) => id),
  );
  const concerns = (scenario: Scenario): boolean =>
    scenario.obligations.length === 0 || scenario.obligations.some((id) => binding.has(id));
  return {
    play: scenarios.filter(concerns),
    leftOut: scenarios.filter((scenario) => !concerns(scenario)),
  };
}
