/** Scenarios that a console runs: what the runner puts behind this door. The control API knows no judging itself. */

/** A scenario that can be run. */
export interface ScenarioChoice {
  readonly id: string;
  readonly title: string;
  readonly obligations: readonly string[];
}

export interface RunStep {
  /** Line of the file, and the step as it stands there. */
  readonly line: number;
  readonly text: string;
  readonly state: 'to come' | 'under way' | 'done' | 'kept' | 'broken' | 'unclear';
  /** What was seen, in words. */
  readonly seen?: string;
}

export interface RunVerdict {
  readonly obligation: string;
  readonly verdict: string;
  readonly why?: string;
}

export interface RunView {
  readonly id: string;
  readonly scenario: string;
  readonly title: string;
  /** The world it is played in; its wire can be watched while it lasts. */
  readonly world: string;
  /** `waiting`: for the next step to be let go. */
  readonly state: 'running' | 'waiting' | 'ended';
  readonly steps: readonly RunStep[];
  readonly verdicts: readonly RunVerdict[];
  /** How it ended, where that says more than the verdicts. */
  readonly ending?: string;
}

export interface ScenarioRuns {
  readonly choices: () => readonly ScenarioChoice[];
  /** Starts a run, of a scenario that there is; steps wait to be let go one by one if `stepwise`. */
  readonly start: (scenario: string, stepwise: boolean) => RunView | undefined;
  readonly find: (id: string) => RunView | undefined;
  /** Lets the next step go, or all that are left; nothing where nothing waits. */
  readonly proceed: (id: string, toTheEnd: boolean) => void;
}
