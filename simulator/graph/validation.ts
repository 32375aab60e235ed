/** A contract's finding as the refusal Meta would give: the wordings recorded by clients, built from the schema. */
import {
  graphErrors,
  requestValidator,
  type ContractFinding,
  type ContractRefusal,
} from '../../contracts/catalogue.ts';
import type { Refusal } from '../core/decision.ts';
import type { GraphEdge, GraphRequest } from '../core/feature.ts';
import type { JsonObject } from '../core/json.ts';
import { isSpecified, specifiedValidator } from './generated/feature.ts';

const source = 'Graph API answers recorded by clients';

const invalid = (message: string, evidence: Refusal['evidence']): Refusal => ({
  code: 100,
  httpStatus: 400,
  message,
  evidence,
  source,
});

/** `/template/language/code` as Graph writes it: `template['language']['code']`. */
export function parameterName(pointer: string): string {
  const [first = '', ...rest] = pointer.split('/').slice(1).map(unescapePointer);
  return first + rest.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `['${part}']`)).join('');
}

const unescapePointer = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** Holds parameters to an edge's contract; the refusal where they do not keep it. */
export type Check = (
  edge: GraphEdge,
  params: JsonObject,
  files: GraphRequest['files'],
) => Refusal | undefined;

type Validate = (params: JsonObject, files: GraphRequest['files']) => readonly ContractFinding[];

const findValidator = (edge: GraphEdge): Validate =>
  isSpecified(edge) ? specifiedValidator(edge) : requestValidator(edge.contract, edge.method);

/** Validators are looked up once per edge: finding them asks the disk. */
export function createCheck(): Check {
  const validators = new Map<GraphEdge, Validate>();
  return (edge, params, files) => {
    let validate = validators.get(edge);
    if (!validate) validators.set(edge, (validate = findValidator(edge)));
    const [finding] = validate(params, files);
    return finding && refusalOf(finding, params, edge.contract);
  };
}

/**
 * @param finding - the first thing that is wrong, as Meta names one at a time
 * @param params - what was checked; Meta quotes the value that does not fit
 * @param contract - whose error catalogue has the texts of codes other than 100
 */
export function refusalOf(finding: ContractFinding, params: JsonObject, contract: string): Refusal {
  if (finding.refusal) return annotated(finding.refusal, contract);
  const name = parameterName(finding.pointer);
  const rule = finding.params;
  switch (finding.keyword) {
    case 'required':
      return invalid(
        `The parameter ${nested(name, String(rule['missingProperty']))} is required.`,
        'observed',
      );
    case 'enum':
    case 'const':
      return invalid(
        `Param ${name} must be one of {${allowed(rule)}} - got "${got(valueAt(params, finding.pointer))}".`,
        'observed',
      );
    case 'type':
      return invalid(typeMessage(name, String(rule['type'])), 'observed');
    case 'maxLength':
      return invalid(`Param ${name} must be at most ${String(rule['limit'])} characters long.`, 'assumed');
    case 'minLength':
      return invalid(`The parameter ${name} is required.`, 'assumed');
    case 'maxItems':
      return invalid(`Param ${name} must have at most ${String(rule['limit'])} elements.`, 'assumed');
    case 'additionalProperties':
      return invalid(
        `Unexpected key "${String(rule['additionalProperty'])}" on param "${name}".`,
        'observed',
      );
    default:
      return invalid(name === '' ? 'Invalid parameter' : `Param ${name} is not valid.`, 'assumed');
  }
}

const nested = (name: string, key: string): string => (name === '' ? key : `${name}['${key}']`);

/** The schema says which code; the edge's error catalogue says how Meta words it. */
function annotated(refusal: ContractRefusal, contract: string): Refusal {
  const known = graphErrors(contract).find((error) => error.code === refusal.code);
  return {
    ...(known ?? invalid('Invalid parameter', 'assumed')),
    code: refusal.code,
    ...(refusal.message !== undefined && { message: refusal.message }),
    ...(refusal.details !== undefined && { details: refusal.details }),
  };
}

function valueAt(params: JsonObject, pointer: string): unknown {
  let value: unknown = params;
  for (const part of pointer.split('/').slice(1).map(unescapePointer)) {
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[part];
  }
  return value;
}

const allowed = (params: Readonly<Record<string, unknown>>): string => {
  const values = params['allowedValues'] ?? [params['allowedValue']];
  return (values as readonly unknown[]).map((value) => String(value).toUpperCase()).join(', ');
};

const got = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

function typeMessage(name: string, type: string): string {
  if (type.includes('object')) return `Param ${name} must be a JSON object.`;
  if (type.includes('array')) return `Param ${name} must be an array.`;
  return `Param ${name} must be a ${type}.`;
}
