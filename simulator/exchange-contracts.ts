/** Holds an exchange to the contracts: what the simulator itself says has to keep them, always. */
import {
  envelopeValidator,
  errorValidator,
  graphContracts,
  requestValidator,
  responseValidator,
  webhookFields,
  webhookValidator,
  type ContractFinding,
  type GraphMethod,
} from '../contracts/catalogue.ts';
import type { GraphExchange, WebhookExchange } from './core/journal.ts';

/** A part of an exchange that has a contract, and what of it is not kept. */
export interface CheckedPart {
  /** `answer of GET waba`, `webhook messages`. */
  readonly what: string;
  readonly findings: readonly ContractFinding[];
}

let contracts: ReadonlySet<string> | undefined;
const hasContract = (edge: string): boolean => (contracts ??= new Set(graphContracts())).has(edge);

let fields: ReadonlySet<string> | undefined;
const isKnownField = (field: string): boolean => (fields ??= new Set(webhookFields())).has(field);

/** Downloads are bytes, and an unknown path has no contract; refusals have the same one everywhere. */
export function checkAnswer({ edge, answer, status, method }: GraphExchange): readonly CheckedPart[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const refused = status >= 400;
  if (!refused && !hasContract(edge)) return [];
  const validate = refused ? errorValidator() : responseValidator(edge, method as GraphMethod);
  return [{ what: `${refused ? 'refusal' : 'answer'} of ${method} ${edge}`, findings: validate(answer) }];
}

/** What the client asked; its own affair, but one that people want to see. */
export const checkRequest = ({ edge, method, params }: GraphExchange): readonly ContractFinding[] =>
  hasContract(edge) ? requestValidator(edge, method as GraphMethod)(params) : [];

/** The envelope, and behind it each change; of a field that a scenario made up, the envelope alone. */
export function checkWebhook({ body, field }: WebhookExchange): readonly CheckedPart[] {
  const read = parse(body);
  const envelope = envelopeValidator()(read);
  if (envelope.length > 0) return [{ what: `webhook ${field}`, findings: envelope }];
  return changesOf(read)
    .filter((change) => isKnownField(change.field))
    .map((change) => ({
      what: `webhook ${change.field}`,
      findings: webhookValidator(change.field)(change.value),
    }));
}

interface Change {
  readonly field: string;
  readonly value: unknown;
}

/** Only what the envelope's contract has accepted comes here. */
const changesOf = (body: unknown): readonly Change[] =>
  (body as { readonly entry: readonly { readonly changes: readonly Change[] }[] }).entry.flatMap(
    ({ changes }) => changes,
  );

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
