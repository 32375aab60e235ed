/** Calls of the control API. The console has no other way to anything. */
import type { FaultsView } from '../../faults-view.ts';
import type { PhoneView } from '../../phone.ts';

export interface CustomerView {
  /** How steps speak of the customer; missing where no step can. */
  readonly as?: string;
  readonly waId: string;
  readonly userId: string;
  readonly name: string;
  readonly country: string;
  readonly username?: string;
  readonly hidesNumber: boolean;
  readonly device: string;
}

export interface WorldView {
  readonly name: string;
  readonly nowMs: number;
  readonly speed: number;
  readonly due: readonly { readonly atMs: number; readonly what: string }[];
  readonly exchanges: number;
  readonly events: number;
  readonly apps: readonly { readonly id: string; readonly name: string; readonly callback: string | null }[];
  readonly numbers: readonly PhoneView[];
  readonly faults: FaultsView;
  readonly customers: readonly CustomerView[];
}

/** Words that steps may use. */
export interface Vocabulary {
  readonly edges: readonly string[];
  readonly fields: readonly string[];
  readonly webhookFaults: readonly string[];
  readonly graphFaults: readonly string[];
  readonly obstacles: readonly string[];
  readonly errors: readonly { readonly code: number; readonly title: string }[];
}

/** What the control API said no to, in its words. */
export class ApiError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

export async function call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/_coex${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer = (await response.json().catch(() => ({}))) as T & { readonly error?: string };
  if (response.ok) return answer;
  throw new ApiError(answer.error ?? `HTTP ${response.status}`, response.status);
}

export const inWorld = (world: string, path = ''): string => `/worlds/${encodeURIComponent(world)}${path}`;

/** A step as a scenario writes it. */
export type WrittenStep = Readonly<Record<string, unknown>>;

interface Played {
  readonly steps: readonly {
    readonly kind: string;
    readonly refusal?: { readonly code: number; readonly message: string };
  }[];
}

/** Plays steps; what WhatsApp or the app refuses is thrown as an {@link ApiError}, too, so that people read it. */
export async function play(world: string, ...steps: readonly WrittenStep[]): Promise<void> {
  const played = await call<Played>('POST', inWorld(world, '/steps'), { steps });
  const refusal = played.steps.find(({ kind }) => kind === 'refused')?.refusal;
  if (refusal) throw new ApiError(refusal.message, 409);
}

/** Shows the operator's token once; the browser then keeps a cookie. */
export async function admit(token: string): Promise<boolean> {
  const response = await fetch('/_coex/session', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  return response.ok;
}
