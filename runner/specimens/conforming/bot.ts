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

  const claim = (key: string): boolean => {
    const first = !answered.has(key);
    answered.add(key);
    return first;
  };

  // Both stamps are WhatsApp's: how late the message came here makes no difference to who has the word.
  const situation = (customer: Customer, sentAtMs: number): Situation => ({
    humanIsTalking: sentAtMs < customer.humanUntilMs,
    importIsRunning: syncs.of(customer.phoneNumberId, 'history').state === 'running',
  });

  return {
    hear(customer, { wamid, sentAtMs }) {
      if (!conduct.mayAnswer(claim(`${customer.phoneNumberId}/${wamid}`))) return;
      const isWanted = (): boolean => conduct.shouldAnswer(situation(customer, sentAtMs));
      if (!isWanted()) return;
      lanes.run(`reply/${customer.key}`, async () => {
        await pause(thinkingMs);
        await sender.send(customer, { text: answer, isWanted });
      });
    },
    welcome: (customer) => lanes.run(`reply/${customer.key}`, () => sender.sendTemplate(customer, 'welcome')),
  };
}
