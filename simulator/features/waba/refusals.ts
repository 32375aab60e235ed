/** Why an account is not shown or not changed. */
import type { Refusal } from '../../core/decision.ts';

/** The account of a number that is in the app alone: nobody shared it yet. */
export const notShared: Refusal = {
  code: 100,
  httpStatus: 400,
  message: 'The parameter partner_ids is required.',
  evidence: 'observed',
  source: 'recorded on such accounts, though perhaps not on all of them',
};

/** Template insights are not for accounts of the WhatsApp Business app. */
export const smbBusiness: Refusal = {
  code: 10,
  httpStatus: 400,
  message: 'This operation can not be performed on SMB business type',
  evidence: 'observed',
  source: 'recorded by more than six integrators on catalogs, by two on insights',
};
