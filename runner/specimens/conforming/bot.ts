/** The bot: answers what customers write, unless a person does. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Conduct, Situation } from './conduct.ts';
import type { Customer } from './customers.ts';
import type { Lanes } from './lanes.ts';
import type { Sender } from './sender.ts';
import type { Syncs } from './sync.ts';

const answer = 'Thank you for your message. How can we help you?';

export interface Bot {
  /** A customer's message came live. */
  hear(customer: Customer, message: { readonly wamid: string; readonly sentAtMs: number }): void;
  /** Writes without having been written to just now: the welcome template, which the inbox does not keep. */
  welcome(customer: Customer): void;
}

interface Parts {
  readonly conduct: Conduct;
  readonly lanes: Lanes;
  readonly sender: Sender;
  readonly syncs: Syncs;
  readonly thinkingMs: number;
}

export function createBot({ conduct, lanes, sender, syncs, thinkingMs }: Parts): Bot {
  const answered = new Set<string>();

  // Both stamps are WhatsApp's: how late the message came here makes no difference to who has the word.
  const situation = (customer: Customer, sentAtMs: number): Situation => ({
    humanIsTalking: sentAtMs < customer.humanUntilMs,
    importIsRunning: syncs.of(customer.phoneNumberId, 'history').state === 'running',
  });

  return {
    hear(customer, { wamid, sentAtMs }) {
      const key = `${customer.phoneNumberId}/${wamid}`;
      if (!conduct.mayAnswer(!answered.has(key))) return;
      // Before the answer is even begun: the next delivery of the message may be on its way.
      if (conduct.remembersAtOnce()) answered.add(key);
      const isWanted = (): boolean => conduct.shouldAnswer(situation(customer, sentAtMs));
      if (!isWanted()) return;
      lanes.run(`reply/${customer.key}`, async () => {
        await pause(thinkingMs);
        await sender.send(customer, { text: answer, isWanted });
        answered.add(key);
      });
    },
    welcome: (customer) => lanes.run(`reply/${customer.key}`, () => sender.sendTemplate(customer, 'welcome')),
  };
}
