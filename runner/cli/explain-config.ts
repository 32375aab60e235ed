/** `coex explain config`: every key of `coex.config.yaml`, from its schema. */
import { readSchema } from '../../contracts/catalogue.ts';

interface Part {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly oneOf?: readonly Part[];
  readonly $ref?: string;
}

/** A line for each key, then what it is; what is below a key stands below it. */
export function explainConfig(): string {
  const schema = readSchema('contracts/config.schema.json') as Part & {
    readonly $defs: Readonly<Record<string, Part>>;
  };
  const lines = (part: Part, indent: string): readonly string[] => {
    const within =
      part.$ref === undefined ? part : { ...schema.$defs[part.$ref.replace('#/$defs/', '')], ...part };
    const nested = [within, ...(within.oneOf ?? [])].flatMap(({ properties = {} }) =>
      Object.entries(properties),
    );
    return nested.flatMap(([name, inner]) => [
      `${indent}${name}: ${[inner.description ?? '', words(inner)].filter((text) => text !== '').join(' ')}`,
      // Each probe is written alike; once is enough.
      ...(inner.$ref !== undefined && name !== 'conversation' ? [] : lines(inner, `${indent}  `)),
    ]);
  };
  return `${lines(schema, '').join('\n')}\n`;
}

function words({ enum: values, default: usual }: Part): string {
  const known = values === undefined ? [] : [`One of ${values.join(', ')}.`];
  return [...known, ...(usual === undefined ? [] : [`Default: ${JSON.stringify(usual)}.`])].join(' ');
}
