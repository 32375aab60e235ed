/**
 * Loses customers who hide their number.
 *
 * Defect: a message without `from` is dropped; that it carries a user id is not known here.
 *
 * Seen in https://github.com/shridarpatil/whatomate/issues/531 and https://github.com/vercel/chat/issues/794
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  serves: (person) => person.waId !== undefined,
});
