/** `{placeholders}` that coex fills and `${VARIABLES}` of the environment, in texts of a config. */
import { suggest } from '../../scenarios/language/suggest.ts';

/** What every text of `sut:` may hold; the number's ids are known beforehand only where `numbers` is `one`. */
export const sutPlaceholders = [
  'graph',
  'token',
  'secret',
  'verify-token',
  'app-id',
  'port',
  'phone-number-id',
  'waba-id',
] as const;

/** What probes may hold besides. */
export const probePlaceholders = [
  ...sutPlaceholders,
  'display-phone-number',
  'customer',
  'customer-user-id',
] as const;

export type Values = Readonly<Record<string, string>>;

const placeholder = /(?<!\$)\{([a-z][a-z-]*)\}/g;
const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** Names in braces that nobody will fill, each with a suggestion. */
export const unknownPlaceholders = (text: string, known: readonly string[]): readonly string[] =>
  [...text.matchAll(placeholder)]
    .map(([, name]) => name ?? '')
    .filter((name) => !known.includes(name))
    .map((name) => [`Nothing fills “{${name}}”.`, suggest(name, known)].filter(Boolean).join(' '));

/** Puts values in; a name without a value is left as it stands. */
export const fill = (text: string, values: Values): string =>
  text.replace(placeholder, (whole, name: string) => values[name] ?? whole);

/**
 * Puts variables of the environment in: `${NAME}`, or `${NAME:-value where it is not set}`.
 *
 * @param missing - told of each name that is not set and has no value of its own
 */
export const fillVariables = (
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
  missing: (name: string) => void,
): string =>
  text.replace(variable, (_whole, name: string, otherwise: string | undefined) => {
    const value = environment[name] ?? otherwise;
    if (value === undefined) missing(name);
    return value ?? '';
  });
