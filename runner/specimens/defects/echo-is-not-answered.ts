/**
 * Answers what the owner writes on the phone.
 *
 * Defect: an echo enters the path of inbound messages and is answered with the bot's
 * welcome, to `from`, which is the business's own number.
 *
 * Seen in https://github.com/openclaw/openclaw/issues/54010 and in handlers that loop over one list of all messages.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    onEcho: (echo, welcome) => {
      if (echo.from !== undefined) welcome({ waId: echo.from });
    },
  },
};
