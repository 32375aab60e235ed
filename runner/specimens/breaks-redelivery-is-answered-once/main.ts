/**
 * Answers a redelivered message again.
 *
 * Defect: the message is stored once, but the bot is told of every delivery.
 *
 * Seen in https://github.com/ArnasDon/wacrm/issues/367 and https://github.com/swampratnz/community-agent/issues/249
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  mayAnswer: () => true,
});
