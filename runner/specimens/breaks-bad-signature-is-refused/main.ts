/**
 * Believes anybody.
 *
 * Defect: the signature is not checked; who knows the address can make the bot write to customers.
 *
 * Seen in https://github.com/qhkm/zeptoclaw/issues/317 and https://github.com/tawn33y/whatsapp-cloud-api/issues/60
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  isSignedByMeta: () => true,
});
