/** A client asks what a token is. Asking changes nothing, so there are no events. */
import type { Command } from '../../core/decision.ts';

/** `GET /debug_token`. */
export interface DebugToken extends Command {
  readonly type: 'debug-token';
  readonly inputToken: string;
  /** The caller's own token. */
  readonly callerToken: string;
}
