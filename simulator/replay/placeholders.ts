/** Placeholders: nodes of the world, numbers of customers, ids of messages. */
import type { Cast } from './cast.ts';
import { waIdOf } from './names.ts';

/**
 * Fills `{phone-number-id}`, `{waba-id}`, `{app-id}` and customers' names in a text.
 *
 * @throws `UnknownName` for a placeholder that stands for nothing
 */
export const fillText = (text: string, cast: Cast): string =>
  text.replace(/\{([^{}]+)\}/g, (_, name: string) => nodeOf(name, cast) ?? waIdOf(cast, name));

function nodeOf(name: string, cast: Cast): string | undefined {
  switch (name) {
    case 'phone-number-id':
      return cast.phoneNumberId;
    case 'waba-id':
      return cast.wabaId;
    case 'app-id':
      return cast.appId;
    default:
      return undefined;
  }
}

/** Fills every text within a body, with ids of named messages as well; what stands in braces but names nothing stays as it is. */
export function fillBody(
  body: Readonly<Record<string, unknown>>,
  cast: Cast,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, fillValue(value, cast)]));
}

function fillValue(value: unknown, cast: Cast): unknown {
  if (typeof value === 'string')
    return value.replace(/\{([^{}]+)\}/g, (braces, name: string) =>
      Object.hasOwn(cast.customers, name)
        ? waIdOf(cast, name)
        : (nodeOf(name, cast) ?? cast.messages.get(name) ?? braces),
    );
  if (Array.isArray(value)) return value.map((item) => fillValue(item, cast));
  return isRecord(value) ? fillBody(value, cast) : value;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
