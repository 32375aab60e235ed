/**
 * The public door of the package `coex`: a simulator for tests of your own, and scenarios as a function.
 *
 * The command line has no power that is not here.
 */
export { createSimulator } from '../simulator/index.ts';
export type {
  AppOptions,
  Cast,
  Exchange,
  GraphExchange,
  Journal,
  SimulatedApp,
  Simulator,
  SimulatorOptions,
  StepResult,
  WebhookExchange,
  WorldHandle,
  WorldOptions,
} from '../simulator/index.ts';
export { openNumber } from './cli/open-number.ts';
export { Mistake } from './plan/mistake.ts';
export {
  runScenario,
  type ConfigData,
  type RunScenarioOptions,
  type ScenarioResult,
} from './run-scenario.ts';
export type { Finding, ObligationVerdict, Report, Verdict } from './judge/verdict.ts';
export type { Transcript, TranscriptEntry } from './judge/transcript.ts';
