/**
 * Lets anybody subscribe its webhook.
 *
 * Defect: the challenge is echoed whatever the verify token.
 *
 * Seen in a widely used gateway, which answers 200 to a wrong token.
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  isOurToken: () => true,
});
