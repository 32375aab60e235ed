/** The words of the protocol: every key and every fixed value that any contract of the wire has. Read on first use. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { unnamedFields, webhookFields } from './catalogue.ts';
import { inRoot, readSchema } from './compile.ts';

/** What may be shown of captured data, since it says nothing about anybody. */
export interface WireWords {
  /** Names of properties. */
  readonly keys: ReadonlySet<string>;
  /** Texts that a schema lists under `enum` or `const`, and webhook fields. */
  readonly values: ReadonlySet<string>;
}

let words: WireWords | undefined;

/** All of them, those of Graph and of webhooks together. */
export const wireWords = (): WireWords => (words ??= collect());

function collect(): WireWords {
  const keys = new Set<string>();
  const values = new Set([...webhookFields(), ...unnamedFields().map(({ field }) => field)]);
  for (const room of ['contracts/graph', 'contracts/webhooks'])
    for (const name of readdirSync(inRoot(room), { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.schema.json')) look(readSchema(path.join(room, name)), keys, values);
  return { keys, values };
}

function look(schema: unknown, keys: Set<string>, values: Set<string>): void {
  if (Array.isArray(schema)) {
    for (const one of schema) look(one, keys, values);
    return;
  }
  if (typeof schema !== 'object' || schema === null) return;
  for (const [name, inner] of Object.entries(schema)) {
    if (name === 'properties') for (const key of Object.keys(inner as object)) keys.add(key);
    if (name === 'const' || name === 'enum')
      for (const value of [inner].flat()) if (typeof value === 'string') values.add(value);
    look(inner, keys, values);
  }
}
