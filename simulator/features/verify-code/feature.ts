/** `verify_code`: the code that WhatsApp sent shows that the number is the caller's. */
import { accept, refuse, type Command, type Decision, type Refusal } from '../../core/decision.ts';
import { commands, edge, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { isRefusal, seenNumber } from '../../core/refusals.ts';
import type { EpochMs } from '../../core/time.ts';
import { textOf } from '../../core/wire-values.ts';
import type { ReadonlyWorld } from '../../core/world.ts';
import { codeLifeMs, verifications, type NumberVerified } from '../request-code/events.ts';

/** `POST /{phone-number-id}/verify_code`. */
export interface VerifyCode extends Command {
  readonly type: 'verify-code';
  readonly phoneNumberId: PhoneNumberId;
  readonly code: string;
}

const wrongCode = (why: string): Refusal => ({
  code: 136025,
  httpStatus: 400,
  message: 'Verify code error',
  userTitle: 'Verify code error',
  userMessage: why,
  evidence: 'observed',
  source: 'client code that knows the code; the wording is assumed',
});

function verifyCode(world: ReadonlyWorld, command: VerifyCode, nowMs: EpochMs): Decision<undefined> {
  const number = seenNumber(world, command.phoneNumberId, 'post');
  if (isRefusal(number)) return refuse(number);
  const { code, sentAtMs = [] } = verifications.of(world).get(number.id) ?? {};
  if (code === undefined) return refuse(wrongCode('No code was asked for.'));
  if (nowMs - (sentAtMs.at(-1) ?? 0) > codeLifeMs) return refuse(wrongCode('The code has expired.'));
  if (code !== command.code) return refuse(wrongCode('The code is another.'));
  const verified: NumberVerified = { type: 'number-verified', phoneNumberId: number.id };
  return accept([verified], undefined);
}

export const verifyCodeFeature: Feature = {
  name: 'verify-code',
  edges: [
    edge<VerifyCode, undefined>({
      method: 'POST',
      node: 'phone-number',
      edge: 'verify_code',
      contract: 'verify-code',
      permission: 'whatsapp_business_management',
      parse: ({ nodeId, params }) => ({
        type: 'verify-code',
        phoneNumberId: nodeId as PhoneNumberId,
        // Some show it with a dash in the middle.
        code: (textOf(params['code']) ?? '').replace('-', ''),
      }),
      render: () => ({ success: true }),
    }),
  ],
  commands: commands<VerifyCode>({ 'verify-code': verifyCode }),
};
