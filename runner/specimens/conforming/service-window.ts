/** When the business may write freely. */

/**
 * The customer service window: 24 hours from the customer's last message.
 *
 * Only messages that came live open it. One from before onboarding does not, nor does anything the business wrote.
 *
 * @param lastInboundMs - the customer's newest live message, by its own timestamp
 */
export const isWindowOpen = (lastInboundMs: number | undefined, nowMs: number): boolean =>
  lastInboundMs !== undefined && nowMs - lastInboundMs < 24 * 60 * 60 * 1000;
