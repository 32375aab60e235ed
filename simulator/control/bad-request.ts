/** What the caller got wrong, in words for the caller. */
export class BadRequest extends Error {
  readonly status = 400;
}
