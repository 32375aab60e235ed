/**
 * A preload for systems under test that hard-code Meta's host: `node --import coex/redirect bot.js`.
 *
 * Requests for `https://graph.facebook.com` go to the address in `GRAPH_API_BASE_URL`, whether made with `fetch` or with
 * `http` and `https` (which follow-redirects and axios stand on). Every other host is left alone. It changes the process
 * it is loaded into, so it belongs nowhere else.
 */
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { urlToHttpOptions } from 'node:url';

const metaHost = 'graph.facebook.com';

const given = process.env['GRAPH_API_BASE_URL'];
if (given !== undefined && given !== '') redirect(new URL(given));

function redirect(base: URL): void {
  redirectFetch(base);
  // Functions first, then the names that ES modules import.
  redirectRequests(base);
  syncBuiltinESMExports();
}

const isForMeta = (protocol: string | null | undefined, hostname: string | null | undefined): boolean =>
  protocol === 'https:' && hostname === metaHost;

/** A base may have a path of its own, which goes before Graph's. */
const pathUnder = (base: URL, path: string): string => base.pathname.replace(/\/$/, '') + path;

function redirectFetch(base: URL): void {
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    if (!isForMeta(asked.protocol, asked.hostname)) return original(input, init);
    const target = new URL(pathUnder(base, asked.pathname) + asked.search, base);
    return original(input instanceof Request ? new Request(target, input) : target, init);
  };
}

type Callback = (response: http.IncomingMessage) => void;

function redirectRequests(base: URL): void {
  const target = base.protocol === 'https:' ? https : http;
  const send = target.request.bind(target) as (
    options: http.RequestOptions,
    callback?: Callback,
  ) => http.ClientRequest;
  const through = (original: typeof https.request): typeof https.request =>
    function request(...args: unknown[]): http.ClientRequest {
      const { options, callback } = readArguments(args);
      const hostname = options.hostname ?? options.host?.replace(/:\d+$/, '');
      if (!isForMeta(options.protocol ?? 'https:', hostname)) {
        return Reflect.apply(original, https, args) as http.ClientRequest;
      }
      return send(towards(base, options), callback);
    };
  https.request = through(https.request);
  // In Node, `get` calls the request of its own module and not the one that stands in its place.
  https.get = ((...args: Parameters<typeof https.request>) => {
    const request = https.request(...args);
    request.end();
    return request;
  }) as typeof https.get;
}

/** `request(url, options?, callback?)` or `request(options, callback?)`. */
function readArguments(args: readonly unknown[]): {
  readonly options: https.RequestOptions;
  readonly callback: Callback | undefined;
} {
  const [first, second] = args;
  const url = typeof first === 'string' || first instanceof URL ? urlToHttpOptions(new URL(first)) : {};
  const own = url.hostname === undefined ? first : second;
  const options = { ...url, ...(typeof own === 'object' ? own : {}) };
  return { options, callback: args.find((arg) => typeof arg === 'function') as Callback | undefined };
}

function towards(base: URL, options: https.RequestOptions): http.RequestOptions {
  // An agent belongs to a protocol; `servername` would be checked against the certificate.
  const { agent: _agent, host: _host, servername: _servername, headers, ...rest } = options;
  return {
    ...rest,
    protocol: base.protocol,
    hostname: base.hostname,
    port: base.port,
    path: pathUnder(base, options.path ?? '/'),
    ...(headers && { headers: withoutHost(headers) }),
  };
}

/** The name of Meta's host would reach a server that checks it. */
function withoutHost(headers: NonNullable<http.RequestOptions['headers']>): http.RequestOptions['headers'] {
  if (Array.isArray(headers)) return headers as readonly string[];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host'));
}
