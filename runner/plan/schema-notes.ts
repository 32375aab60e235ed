/** What a JSON Schema finds wrong in a YAML text, as notes for the person who wrote it. */
import { hint, type MistakeNote } from './mistake.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import type { PlacedYaml } from './yaml-places.ts';

/** One finding of a schema validator; the contracts' own findings fit. */
export interface SchemaFinding {
  readonly pointer: string;
  readonly message: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/**
 * Notes with places, one for each value that is wrong.
 *
 * @param schema - the schema the findings came from; known keys are looked up in it, to suggest one
 */
export function schemaNotes(
  yaml: PlacedYaml,
  findings: readonly SchemaFinding[],
  schema: object,
): readonly MistakeNote[] {
  // A failing branch says more than the `anyOf` around it.
  const telling = findings.filter(({ keyword }) => !['anyOf', 'oneOf', 'if', 'allOf'].includes(keyword));
  const notes = (telling.length > 0 ? telling : findings).map((finding) => note(yaml, finding, schema));
  const seen = new Set<string>();
  return notes.filter(({ place = '', message }) => {
    const key = `${place} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function note(yaml: PlacedYaml, finding: SchemaFinding, schema: Schema): MistakeNote {
  const path = pointerPath(finding.pointer);
  const where = path.join('.');
  switch (finding.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(finding.params['additionalProperty'] ?? finding.params['unevaluatedProperty']);
      return {
        message: `“${key}” means nothing${where === '' ? ' here' : ` in “${where}”`}.`,
        place: yaml.placeOfKey(path, key),
        ...hint(suggest(key, knownKeys(schema, path))),
      };
    }
    case 'required':
      return {
        message: `“${[...path, String(finding.params['missingProperty'])].join('.')}” is missing.`,
        place: yaml.place(path),
      };
    case 'enum': {
      const allowed = finding.params['allowedValues'];
      const known = Array.isArray(allowed) ? allowed.map(String) : [];
      return {
        message: `“${where}” must be one of: ${known.join(', ')}.`,
        place: yaml.place(path),
      };
    }
    default:
      return { message: `“${where}” ${finding.message}.`, place: yaml.place(path) };
  }
}

/** Segments of a JSON pointer; whole numbers are positions in a list. */
export const pointerPath = (pointer: string): readonly (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** Keys a schema knows at a path, those of every branch. */
export function knownKeys(root: Schema, path: readonly (string | number)[]): readonly string[] {
  let schemas = [root];
  for (const part of path)
    schemas = schemas.flatMap((schema) => branches(root, schema)).flatMap((schema) => step(schema, part));
  const known = schemas.flatMap((schema) => branches(root, schema));
  return [...new Set(known.flatMap((schema) => Object.keys(schema.properties ?? {})))];
}

function step(schema: Schema, part: string | number): Schema[] {
  if (typeof part === 'number') return schema.items ? [schema.items] : [];
  const property = schema.properties?.[part];
  if (property) return [property];
  return typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
}

function branches(root: Schema, schema: Schema): Schema[] {
  const name = schema.$ref?.replace('#/$defs/', '');
  const target = name === undefined ? undefined : root.$defs?.[name];
  const nested = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...(target ? branches(root, target) : []), ...nested.flatMap((one) => branches(root, one))];
}
