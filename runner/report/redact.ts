/** Takes tokens and secrets out of a report before anybody renders it: all renderers get the same, clean data. */

/** What every secret becomes. */
const hidden = '[hidden]';

/** Access tokens and signup codes by their looks, whoever minted them. */
const looksSecret = /EAA[A-Za-z0-9]{20,}|AQ[A-Za-z0-9_-]{80,}/g;
/** Values of the parameters that carry secrets, in a query or in JSON; quotes may be escaped. */
const carriesSecret =
  /((?:access_token|client_secret|input_token|verify_token|hub\.verify_token|appsecret_proof|pin)(?:\\?"\s*:\s*\\?"|=))([^"\\&\s]+)/g;

/**
 * The same data with secrets hidden in every text.
 *
 * @param secrets - those known by their value; ones of fewer than 6 characters are not looked for, as they would hide
 * ordinary words
 */
export function redact<T>(data: T, secrets: readonly string[]): T {
  const known = secrets.filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length);
  return redactValue(data, known) as T;
}

function redactValue(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return redactText(value, secrets);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactValue(item, secrets)]));
}

/** One text without secrets. */
export function redactText(text: string, secrets: readonly string[]): string {
  const named = secrets.reduce((clean, secret) => clean.replaceAll(secret, hidden), text);
  return named.replace(looksSecret, hidden).replace(carriesSecret, `$1${hidden}`);
}
