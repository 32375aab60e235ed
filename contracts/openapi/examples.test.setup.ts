/** The examples in Meta's specification: what to send, and what it sends. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { inRoot } from '../compile.ts';
import { specificationFile } from '../specification.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Item = Readonly<Record<string, unknown>>;

export interface RequestExample {
  /** Meta's `operationId`. */
  readonly operation: string;
  /** Its name in the file; `none` where the operation has no body, or no example of one. */
  readonly name: string;
  readonly contentType: string;
  readonly body?: Json;
  /** Query parameters that are required, with the examples they have. */
  readonly query: Readonly<Record<string, string>>;
}

interface Content {
  readonly example?: Json;
  readonly examples?: Readonly<Record<string, { readonly value?: Json }>>;
}

const document = parse(readFileSync(inRoot(specificationFile), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Item>>>>;
};

const contentsOf = (part: unknown): readonly (readonly [string, Content])[] =>
  Object.entries((part as { readonly content?: Readonly<Record<string, Content>> } | undefined)?.content ?? {});

/** Every example of every request body; one entry for an operation without any. */
export function requestExamples(): readonly RequestExample[] {
  return Object.entries(document.paths)
    .filter(([path]) => path !== '/whatsapp/webhooks' && !path.endsWith('{Media-URL}'))
    .flatMap(([, item]) =>
      ['get', 'post', 'delete'].flatMap((method) => {
        const operation = item[method];
        return operation ? examplesOf(operation) : [];
      }),
    );
}

function examplesOf(operation: Item): readonly RequestExample[] {
  const common = { operation: operation['operationId'] as string, query: requiredQuery(operation) };
  const found = contentsOf(operation['requestBody']).flatMap(([contentType, { example, examples = {} }]) => [
    ...(example === undefined ? [] : [{ ...common, name: 'example', contentType, body: example }]),
    ...Object.entries(examples).flatMap(([name, { value }]) =>
      value === undefined ? [] : [{ ...common, name, contentType, body: value }],
    ),
  ]);
  return found.length > 0 ? found : [{ ...common, name: 'none', contentType: '' }];
}

function requiredQuery(operation: Item): Readonly<Record<string, string>> {
  const parameters = (operation['parameters'] ?? []) as readonly Item[];
  return Object.fromEntries(
    parameters
      .filter((parameter) => parameter['in'] === 'query' && parameter['required'] === true)
      .map((parameter) => [
        parameter['name'] as string,
        asText(parameter['example'] ?? (parameter['schema'] as Item)['example']),
      ]),
  );
}

/** The bodies that the file says are sent to a callback, by name. */
export function webhookExamples(): readonly (readonly [name: string, body: Json])[] {
  const operation = document.paths['/whatsapp/webhooks']?.['post'];
  return contentsOf(operation?.['requestBody']).flatMap(([, { examples = {} }]) =>
    Object.entries(examples).flatMap(([name, { value }]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
}

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value ?? '');
