/** The variables by which programs find a proxy, and by which they learn whom to trust. */
import { delimiter } from 'node:path';

export interface StandInAddress {
  readonly proxyUrl: string;
  readonly authorityFile: string;
  readonly bundleFile: string;
  /** A folder with a file of settings for PHP. */
  readonly phpFolder: string;
}

/** Requests on the machine itself, such as those to the simulator's own address, need no proxy. */
const direct = 'localhost,127.0.0.1,::1';

/**
 * For HTTPS alone: what is asked over plain HTTP is never Meta's.
 *
 * | Variable                               | Read by (tried)                       | By their documentation       |
 * | -------------------------------------- | ------------------------------------- | ---------------------------- |
 * | `HTTPS_PROXY`, `https_proxy`           | curl, PHP's curl, urllib, undici      | Go, .NET, Ruby, requests     |
 * | `NODE_USE_ENV_PROXY`                   | Node's fetch, from 22.21 and 24.5     |                              |
 * | `SSL_CERT_FILE`                        | OpenSSL: Python, PHP's streams        | Go, .NET, Ruby, httpx        |
 * | `REQUESTS_CA_BUNDLE`, `CURL_CA_BUNDLE` | curl                                  | requests                     |
 * | `NODE_EXTRA_CA_CERTS`, `DENO_CERT`     | Node                                  | Deno; both add to their own  |
 * | `PHP_INI_SCAN_DIR`                     | PHP's curl, which reads no other      |                              |
 */
export const standInEnvironment = (address: StandInAddress): Readonly<Record<string, string>> => ({
  HTTPS_PROXY: address.proxyUrl,
  https_proxy: address.proxyUrl,
  NO_PROXY: direct,
  no_proxy: direct,
  NODE_USE_ENV_PROXY: '1',
  SSL_CERT_FILE: address.bundleFile,
  REQUESTS_CA_BUNDLE: address.bundleFile,
  CURL_CA_BUNDLE: address.bundleFile,
  NODE_EXTRA_CA_CERTS: address.authorityFile,
  DENO_CERT: address.authorityFile,
  // An empty part stands for the folder that PHP was built with, so that what it has is kept.
  PHP_INI_SCAN_DIR: `${delimiter}${address.phpFolder}`,
});
