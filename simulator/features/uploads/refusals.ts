/** Why bytes are not taken. Meta's page names no refusal; code and wording are assumed. */
import type { Refusal } from '../../core/decision.ts';

const refusal = (message: string): Refusal => ({
  code: 100,
  httpStatus: 400,
  message,
  evidence: 'assumed',
  source: 'general form of Graph API sentences; neither code nor wording is recorded',
});

/** @param offset - where the upload stands, in bytes */
export const offsetWrong = (offset: number): Refusal =>
  refusal(`Param file_offset must be ${offset}, where the upload stands.`);

/** @param length - of the whole file as it was announced, in bytes */
export const tooManyBytes = (length: number): Refusal =>
  refusal(`The file is larger than the ${length} bytes of file_length.`);
