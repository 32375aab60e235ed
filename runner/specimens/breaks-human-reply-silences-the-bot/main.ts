/**
 * Talks over people.
 *
 * Defect: the bot does not care that somebody answers from the phone.
 *
 * Seen in https://github.com/evolution-foundation/evo-crm-community/issues/82 and
 * https://github.com/HKUDS/nanobot/issues/2837
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  shouldAnswer: () => true,
});
