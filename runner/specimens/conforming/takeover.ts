/** A person answers from the phone: the bot leaves them the word, in that conversation, for twelve hours. */
import type { Customer } from './customers.ts';

export const takeoverMs = 12 * 60 * 60 * 1000;

const second = 1000;
const soonMs = 5 * second;
const silenceMs = 14 * 24 * 60 * 60 * second;

/** Notes that a customer wrote; a first message, or one after 14 days, begins the conversation anew. */
export function noteInbound(customer: Customer, sentAtMs: number): void {
  const silentMs = sentAtMs - (customer.lastActivityMs ?? -Infinity);
  if (silentMs > silenceMs) customer.openedAtMs = sentAtMs;
  customer.lastInboundMs = Math.max(customer.lastInboundMs ?? 0, sentAtMs);
  noteActivity(customer, sentAtMs);
}

export function noteActivity(customer: Customer, sentAtMs: number): void {
  customer.lastActivityMs = Math.max(customer.lastActivityMs ?? 0, sentAtMs);
}

/** Notes that somebody at the business wrote to the customer. */
export function noteHuman(customer: Customer, sentAtMs: number): void {
  customer.humanUntilMs = Math.max(customer.humanUntilMs, sentAtMs + takeoverMs);
}

/**
 * Whether the app wrote an echo by itself: a greeting or an away message.
 *
 * On the wire nothing tells them from typed ones. Recordings show them 1 to 4.3 seconds after the customer's message, a
 * greeting only when the conversation begins (first message, or first in 14 days). So an echo is automatic if it comes
 * 1 to 5 seconds after the message that began the conversation, or if its text was seen as automatic before and comes
 * within 5 seconds of a customer's message. Everything else was typed, also what comes in the same second: that was on
 * its way when the customer wrote. In doubt a person is assumed, for a bot that talks over people does more harm than
 * one that stays silent.
 *
 * @param knownTexts - texts of this number that were automatic before
 */
export function isAutomatic(
  echo: { readonly text: string; readonly sentAtMs: number },
  customer: Readonly<Customer>,
  knownTexts: ReadonlySet<string>,
): boolean {
  const sinceOpening = echo.sentAtMs - (customer.openedAtMs ?? -Infinity);
  if (sinceOpening >= second && sinceOpening <= soonMs) return true;
  const sinceInbound = echo.sentAtMs - (customer.lastInboundMs ?? -Infinity);
  return knownTexts.has(echo.text) && sinceInbound >= 0 && sinceInbound <= soonMs;
}
