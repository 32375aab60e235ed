/**
 * The register of fidelity: for every operation, webhook field and error, how it is answered, on what evidence, and where
 * that was read. Made from the contracts and the features, so that it cannot say what is not so.
 */
import {
  contractSource,
  errorCatalogue,
  unnamedFields,
  webhookFields,
  type Evidence,
} from '../contracts/catalogue.ts';
import { readSpecification } from '../contracts/specification.ts';
import type { GraphEdge } from './core/feature.ts';
import { features } from './features/index.ts';

/**
 * - `stateful`: what is asked changes the world, or shows it
 * - `refused`: so, and refused to coexistence numbers as WhatsApp refuses it
 * - `generated`: answered from Meta's specification alone; nothing stands behind it
 * - `sent`, `on demand`: a webhook that follows from what happens; one that only a scenario sends
 * - `named`: nothing but the name is known
 * - `answer`, `status`, `answer or status`: how an error comes
 */
export type Fidelity =
  | 'stateful'
  | 'refused'
  | 'generated'
  | 'sent'
  | 'on demand'
  | 'named'
  | 'answer'
  | 'status'
  | 'answer or status';

export interface FidelityRow {
  readonly kind: 'operation' | 'webhook' | 'error';
  /** `GET /{waba}/flows`, `account_update`, `131047`. */
  readonly name: string;
  readonly fidelity: Fidelity;
  readonly evidence: Evidence;
  /** Pages or recordings, and when they were read. */
  readonly source: string;
}

/** All rows: operations by path, then fields, then errors by code. */
export const fidelityRegister = (): readonly FidelityRow[] => [...operations(), ...fields(), ...errors()];

function operations(): readonly FidelityRow[] {
  const edges = features.flatMap((feature) => feature.edges ?? []);
  const own = edges.map((edge): FidelityRow => {
    const { page, evidence, refusedInCoexistence } = contractSource('graph', edge.contract);
    const fidelity = refusedInCoexistence ? 'refused' : 'stateful';
    return { kind: 'operation', name: nameOf(edge), fidelity, evidence, source: page };
  });
  const answered = new Set(own.map(({ name }) => name));
  const generated = readSpecification()
    .operations.map((operation): FidelityRow => ({
      kind: 'operation',
      name: nameOf(operation),
      fidelity: 'generated',
      evidence: 'documented',
      source: 'Meta, OpenAPI v23.0 (November 2025)',
    }))
    .filter(({ name }) => !answered.has(name));
  return [...own, ...generated].sort((a, b) => pathOf(a).localeCompare(pathOf(b)));
}

/** One name for an operation of ours and of the specification: what stands for any segment has no name of its own. */
const nameOf = ({
  method,
  node,
  edge,
}: Pick<GraphEdge, 'method' | 'edge'> & { readonly node: string }): string => {
  const path = edge.replace(/\{[^/]*\}/g, '{…}');
  return `${method} ${node === 'root' ? '' : `/{${node}}`}${path === '' ? '' : `/${path}`}`;
};

const pathOf = ({ name }: FidelityRow): string => name.split(' ').reverse().join(' ');

function fields(): readonly FidelityRow[] {
  const sent = new Set(features.flatMap((feature) => feature.fields ?? []));
  const known = webhookFields().map((field): FidelityRow => {
    const { page, evidence } = contractSource('webhooks', field.replaceAll('_', '-'));
    return {
      kind: 'webhook',
      name: field,
      fidelity: sent.has(field) ? 'sent' : 'on demand',
      evidence,
      source: page,
    };
  });
  const named = unnamedFields().map(({ field, why }): FidelityRow => ({
    kind: 'webhook',
    name: field,
    fidelity: 'named',
    evidence: 'documented',
    source: why,
  }));
  return [...known, ...named];
}

const ways = { sync: 'answer', async: 'status', both: 'answer or status' } as const;

const errors = (): readonly FidelityRow[] =>
  errorCatalogue()
    .toSorted((a, b) => a.code - b.code || (a.subcode ?? 0) - (b.subcode ?? 0))
    .map(({ code, subcode, side, evidence, source }) => ({
      kind: 'error',
      name: subcode === undefined ? String(code) : `${code}/${subcode}`,
      fidelity: ways[side],
      evidence,
      source,
    }));
