/** What an expectation needs to know of the scenario that is being played. */
import type { Scenario } from '../../scenarios/language/scenario.ts';
import type { Probe, ProbeName } from '../plan/config.ts';
import type { Values } from '../plan/placeholders.ts';
import type { ProbeContext } from './probe.ts';
import type { Outside } from './outside.ts';
import type { View } from './view.ts';
import type { Waiting } from './wait.ts';

export interface Scene {
  readonly scenario: Scenario;
  readonly world: Waiting;
  readonly view: View;
  readonly cast: SceneCast;
  readonly sut: {
    readonly verifyToken: string;
    readonly values: Values;
    readonly probes: Readonly<Partial<Record<ProbeName, { readonly select?: string }>>>;
  };
  readonly outside: Outside;
  /** Aborts when the scenario has to end. */
  readonly signal: AbortSignal;
}

/** Names of the scenario → ids of the world. */
export interface SceneCast {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly displayPhoneNumber: string;
  readonly customers: Readonly<Record<string, { readonly waId: string; readonly userId: string }>>;
  readonly messages: Map<string, string>;
}

/** Where the system under test is, and how it is asked. */
export interface SutAddress {
  readonly webhook: string;
  readonly verifyToken: string;
  readonly webhookLimitMs: number;
  readonly probes: Readonly<Partial<Record<ProbeName, Probe>>>;
  /** What its output has leaked so far; missing: its output is not ours to read. */
  readonly leak?: () => string | undefined;
  /** Folder in which probe commands run. */
  readonly folder: string;
  /** For one look by a probe. */
  readonly probeMs: number;
  /** Opens pages for probes that read them; missing: no probe does. */
  readonly readPage?: ProbeContext['readPage'];
  /** What fills the placeholders that do not depend on the scenario. */
  readonly values: Values;
}
