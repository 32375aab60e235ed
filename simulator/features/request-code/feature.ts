/** `request_code`: WhatsApp sends a code to the number. */
import { accept, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { isRefusal, seenNumber } from '../../core/refusals.ts';
import { dayMs, type EpochMs } from '../../core/time.ts';
import { textOf } from '../../core/wire-values.ts';
import { chanceOf, type ReadonlyWorld } from '../../core/world.ts';
import { verifications, type CodeSent, type NumberVerified, type RequestCode } from './events.ts';

/** Codes that one number may have within a day (assumed; that there is a limit is read from clients). */
const codesInDay = 10;

const alreadyVerified: Refusal = {
  code: 136024,
  httpStatus: 400,
  message: 'Request code error',
  userTitle: 'Request code error',
  userMessage: 'The phone number is verified already.',
  evidence: 'observed',
  source: 'client code that knows the code; the wording is assumed',
};

const tooOften: Refusal = {
  code: 100,
  subcode: 2388004,
  httpStatus: 400,
  message: 'Invalid parameter',
  bare: true,
  userTitle: 'The code could not be sent',
  userMessage: 'You have tried too often. Try again later.',
  evidence: 'observed',
  source: 'client code that knows the subcode; the wording is assumed',
};

function requestCode(world: ReadonlyWorld, command: RequestCode, nowMs: EpochMs): Decision<undefined> {
  const number = seenNumber(world, command.phoneNumberId, 'post');
  if (isRefusal(number)) return refuse(number);
  const known = verifications.of(world).get(number.id);
  if (number.state !== 'fresh' || known?.verified === true) return refuse(alreadyVerified);
  const recent = known?.sentAtMs.filter((atMs) => nowMs - atMs < dayMs) ?? [];
  if (recent.length >= codesInDay) return refuse(tooOften);
  const sent: CodeSent = {
    type: 'code-sent',
    phoneNumberId: number.id,
    code: chanceOf(world).text(6, '0123456789'),
    method: command.method,
    language: command.language,
  };
  return accept([sent], undefined);
}

export const requestCodeFeature: Feature = {
  name: 'request-code',
  edges: [
    edge<RequestCode, undefined>({
      method: 'POST',
      node: 'phone-number',
      edge: 'request_code',
      contract: 'request-code',
      permission: 'whatsapp_business_management',
      parse: ({ nodeId, params }) => ({
        type: 'request-code',
        phoneNumberId: nodeId as PhoneNumberId,
        method: textOf(params['code_method'])?.toUpperCase() === 'VOICE' ? 'VOICE' : 'SMS',
        language: textOf(params['language']) ?? '',
      }),
      render: () => ({ success: true }),
    }),
  ],
  commands: commands<RequestCode>({ 'request-code': requestCode }),
  evolve: evolves<CodeSent | NumberVerified>({
    'code-sent': (world, { phoneNumberId, code }, atMs) => {
      const all = verifications.in(world);
      const sentAtMs = [...(all.get(phoneNumberId)?.sentAtMs ?? []), atMs].slice(-codesInDay);
      all.set(phoneNumberId, { code, sentAtMs, verified: false });
    },
    'number-verified': (world, { phoneNumberId }) => {
      const all = verifications.in(world);
      all.set(phoneNumberId, { sentAtMs: all.get(phoneNumberId)?.sentAtMs ?? [], verified: true });
    },
  }),
};
