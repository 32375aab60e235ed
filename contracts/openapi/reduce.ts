/**
 * Meta's specification, reduced to what answering needs: operations and schemas without prose.
 *
 * The YAML file takes a second to read; the reduced one, `operations.json`, some milliseconds, and only when an operation
 * is called that no feature answers. `npm run openapi` writes it; a test holds it to the YAML file.
 */
import type { ReducedOperation, ReducedSpecification } from '../specification.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Record_ = Readonly<Record<string, Json>>;

/** Ours for the first parameter of a path; where Meta has several names for one kind, they are one here. */
const nodeKinds: Readonly<Record<string, string>> = {
  'Application-ID': 'app',
  'Business-ID': 'business',
  'Flow-ID': 'flow',
  'Media-ID': 'media',
  'Message-History-ID': 'message-history',
  'Migration-Intent-ID': 'migration-intent',
  'OBO-Mobility-Intent-ID': 'obo-mobility-intent',
  'Phone-Number-ID': 'phone-number',
  'Pre-Verified-Phone-Number-ID': 'preverified-number',
  'Solution-ID': 'solution',
  TEMPLATE_ID: 'template',
  'User-ID': 'user',
  'WABA-Bot-ID': 'bot',
  'WABA-ID': 'waba',
  'WhatsApp-Account-Number-ID': 'account-number',
  'WhatsApp-Business-Account-ID': 'waba',
  'WhatsApp-Business-Profile-ID': 'business-profile',
  group_id: 'group',
};

/**
 * Paths that are no edges: files are downloaded from a host of their own, and the last is Meta's way to write down what
 * it sends.
 */
const notEdges = ['/{Version}/{Media-URL}', '/whatsapp/webhooks'];

const methods = ['get', 'post', 'delete'] as const;

/**
 * @param document - the YAML file, parsed
 * @throws on a path whose first parameter stands for a kind of node that is not known here
 */
export function reduceSpecification(document: unknown): ReducedSpecification {
  const { paths, components } = document as {
    readonly paths: Readonly<Record<string, Record_>>;
    readonly components: { readonly schemas: Record_; readonly responses: Record_ };
  };
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    notEdges.includes(path)
      ? []
      : methods.flatMap((method) => {
          const operation = item[method];
          return operation ? [reduceOperation(path, method, operation as Record_, components.responses)] : [];
        }),
  );
  return { operations, schemas: bare(components.schemas) as Record_ };
}

function reduceOperation(path: string, method: string, operation: Record_, shared: Record_): ReducedOperation {
  const [, node = '', ...edge] = path.slice(1).split('/');
  const kind = nodeKinds[node.slice(1, -1)];
  if (kind === undefined) throw new Error(`${path}: no kind of node is known for ${node}.`);
  const body = schemaOf(operation['requestBody'] as Record_ | undefined);
  const answer = schemaOf(successOf(operation['responses'] as Record_, shared));
  return {
    id: operation['operationId'] as string,
    method: method.toUpperCase() as ReducedOperation['method'],
    path: path.replace('/{Version}', ''),
    node: kind,
    edge: edge.join('/'),
    query: querySchema((operation['parameters'] ?? []) as readonly Record_[]),
    ...(body && { body }),
    ...(answer && { answer }),
  };
}

const successOf = (responses: Record_, shared: Record_): Record_ | undefined => {
  const success = responses['200'] as Record_ | undefined;
  const reference = success?.['$ref'];
  if (typeof reference !== 'string') return success;
  return shared[reference.split('/').at(-1) ?? ''] as Record_;
};

/** The first content type that has a schema; where a body may come in several, they say the same. */
function schemaOf(part: Record_ | undefined): Record_ | undefined {
  const contents = Object.values((part?.['content'] ?? {}) as Record_) as Record_[];
  const schema = contents.find((content) => content['schema'])?.['schema'];
  return schema === undefined ? undefined : (bare(schema) as Record_);
}

function querySchema(parameters: readonly Record_[]): Record_ {
  const inQuery = parameters.filter((parameter) => parameter['in'] === 'query');
  return {
    type: 'object',
    properties: Object.fromEntries(
      inQuery.map(({ name, schema }) => [name, bare(schema ?? {})]),
    ) as Record_,
    required: inQuery.filter(({ required }) => required === true).map(({ name }) => name ?? ''),
  };
}

/** Keywords that only people read, or that say what `oneOf` beside them says already. */
const prose = new Set(['description', 'summary', 'title', 'discriminator', 'deprecated', 'externalDocs', 'xml', 'default']);

/** A schema without prose. Names of properties are data, whatever they are called. */
function bare(schema: Json, isNames = false): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map((part) => bare(part));
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema as Record_)) {
    if (!isNames && (prose.has(key) || (key === 'format' && value === 'password'))) continue;
    if (!isNames && key === '$ref') kept[key] = (value as string).replace('#/components/schemas/', '#/schemas/');
    else if (!isNames && (key === 'example' || key === 'enum' || key === 'const')) kept[key] = value;
    else kept[key] = bare(value, !isNames && key === 'properties');
  }
  return kept;
}
