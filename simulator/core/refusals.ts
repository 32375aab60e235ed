/** Refusals that more than one feature gives, and the Graph itself. */
import type { Refusal } from './decision.ts';
import type { HandshakeResult } from './feature.ts';
import type { PhoneNumberId } from './identifiers.ts';
import type { PhoneNumber, ReadonlyWorld } from './world.ts';

/**
 * The node cannot be seen: it never was, belongs to others, or its connection was ended on the phone.
 *
 * Measured by one provider on reads of a number, from seconds after its disconnection on; for other methods assumed.
 *
 * @param verb - the request's method in lower case, as the text has it
 */
export const objectMissing = (id: string, verb: string): Refusal => ({
  code: 100,
  subcode: 33,
  httpStatus: 400,
  type: 'GraphMethodException',
  message:
    `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, ` +
    'or does not support this operation. Please read the Graph API documentation at ' +
    'https://developers.facebook.com/docs/graph-api',
  bare: true,
  evidence: 'observed',
  source: 'recorded on missing objects; measured by one provider after a disconnection',
});

/**
 * The number, or why nothing of it can be seen: after a disconnection it is as if it had never been.
 *
 * @param verb - as {@link objectMissing} wants it
 */
export function seenNumber(world: ReadonlyWorld, id: PhoneNumberId, verb: string): PhoneNumber | Refusal {
  const number = world.phoneNumbers.get(id);
  return number && number.state !== 'disconnected' ? number : objectMissing(id, verb);
}

export const isRefusal = (value: object): value is Refusal => 'httpStatus' in value;

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
