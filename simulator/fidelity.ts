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
 * - `silent`: a node's field that Meta has and that says nothing here
 * - `answer`, `status`, `answer or status`: how an error comes
 */
export type Fidelity =
  | 'stateful'
  | 'refused'
  | 'generated'
  | 'sent'
  | 'on demand'
  | 'named'
  | 'silent'
  | 'answer'
  | 'status'
  | 'answer or status';

export interface FidelityRow {
  readonly kind: 'operation' | 'field' | 'webhook' | 'error';
  /** `GET /{waba}/flows`, `waba.currency`, `account_update`, `131047`. */
  readonly name: string;
  readonly fidelity: Fidelity;
  readonly evidence: Evidence;
  /** Pages or recordings. */
  readonly source: string;
  /** When they were read, `September 2026`; missing for errors, whose sources are many. */
  readonly read?: string;
}

/** All rows: operations by path, fields of nodes, webhook fields, errors by code. */
export const fidelityRegister = (): readonly FidelityRow[] => [
  ...operations(),
  ...nodeFields(),
  ...fields(),
  ...errors(),
];

function operations(): readonly FidelityRow[] {
  const edges = features.flatMap((feature) => feature.edges ?? []);
  const own = edges.map((edge): FidelityRow => {
    const { page, read, evidence, refusedInCoexistence } = contractSource('graph', edge.contract);
    const fidelity = refusedInCoexistence ? 'refused' : 'stateful';
    return { kind: 'operation', name: nameOf(edge), fidelity, evidence, source: page, read };
  });
  const answered = new Set(own.map(({ name }) => name));
  const generated = readSpecification()
    .operations.map((operation): FidelityRow => ({
      kind: 'operation',
      name: nameOf(operation),
      fidelity: 'generated',
      evidence: 'documented',
      source: 'Meta, OpenAPI v23.0 (November 2025)',
      read: 'November 2025',
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

/** Fields of nodes that can be read as such. */
function nodeFields(): readonly FidelityRow[] {
  const edges = features.flatMap((feature) => feature.edges ?? []);
  return edges.flatMap(({ method, node, edge, contract, selects }) => {
    if (method !== 'GET' || edge !== '' || !selects) return [];
    const { page, read, evidence } = contractSource('graph', contract);
    return selects.known.map((field): FidelityRow => ({
      kind: 'field',
      name: `${node}.${field}`,
      fidelity: selects.silent?.includes(field) ? 'silent' : 'stateful',
      evidence,
      source: page,
      read,
    }));
  });
}

function fields(): readonly FidelityRow[] {
  const sent = new Set(features.flatMap((feature) => feature.fields ?? []));
  const known = webhookFields().map((field): FidelityRow => {
    const { page, read, evidence } = contractSource('webhooks', field.replaceAll('_', '-'));
    return {
      kind: 'webhook',
      name: field,
      fidelity: sent.has(field) ? 'sent' : 'on demand',
      evidence,
      source: page,
      read,
    };
  });
  const named = unnamedFields().map(({ field, why }): FidelityRow => ({
    kind: 'webhook',
    name: field,
    fidelity: 'named',
    evidence: 'documented',
    source: why,
    read: 'October 2026',
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
