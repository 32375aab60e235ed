/** A callback that did not prove itself, and a caller that is not the app. */
import type { Refusal } from '../../core/decision.ts';
import type { HandshakeResult } from '../../core/feature.ts';

/**
 * What WhatsApp answers to whoever named the callback; `undefined` where it proved itself.
 *
 * Codes and texts are recorded by users of an open inbox. Of failed connections only `curl_errno = 56` is recorded;
 * that any of them takes this form is assumed.
 */
export function handshakeRefusal(result: HandshakeResult): Refusal | undefined {
  switch (result.kind) {
    case 'echoed':
      return undefined;
    case 'unreachable':
      return failed(2200, `${verificationFailed}curl_errno = 7; curl_error = ${result.reason}`);
    case 'refused':
      return failed(
        2200,
        `${verificationFailed}HTTP Status Code = ${result.httpStatus}; HTTP Message = ${result.httpMessage}`,
      );
    case 'mismatched':
      return failed(
        2201,
        `response does not match challenge, expected value="${result.expected}", received="${escaped(result.received)}"`,
      );
  }
}

const verificationFailed = 'Callback verification failed with the following errors: ';

const failed = (code: number, message: string): Refusal => ({
  code,
  httpStatus: 400,
  message,
  evidence: 'observed',
  source: 'issues of an open inbox that quote the answer',
});

/** As recorded: text in the text, escaped as Meta escapes its JSON, `\u003C!DOCTYPE html>` for one. */
const escaped = (text: string): string =>
  JSON.stringify(text).slice(1, -1).replaceAll('<', '\\u003C').replaceAll('/', '\\/');

/** The app's subscription is changed by the app itself: `{app-id}|{app-secret}`, or a token of its own. */
export const appTokenNeeded: Refusal = {
  code: 15,
  httpStatus: 400,
  message: 'This method must be called with an app access_token.',
  evidence: 'observed',
  source: 'recorded by several clients of the edge',
};
