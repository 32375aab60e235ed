/**
 * What time it is for a number.
 *
 * WhatsApp measures its windows with its own clock, and a host's clock may lag behind. So the present of a number is the
 * later of our clock and the newest stamp that WhatsApp gave to something that had just happened there.
 */

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(phoneNumberId: string): number;
  /** Something happened on that number at that instant. Not for history: its stamps are those of devices. */
  witness(phoneNumberId: string, instantMs: number): void;
}

export function createClock(hostMs: () => number = Date.now): Clock {
  const newest = new Map<string, number>();
  return {
    nowMs: (phoneNumberId) => Math.max(hostMs(), newest.get(phoneNumberId) ?? 0),
    witness(phoneNumberId, instantMs) {
      newest.set(phoneNumberId, Math.max(newest.get(phoneNumberId) ?? 0, instantMs));
    },
  };
}
