/** `debug_token`: what a token is, whose, and for how long. */
import { commands, edge, type Feature } from '../../core/feature.ts';
import { debugToken, type TokenReport } from './decide.ts';
import type { DebugToken } from './events.ts';
import { parseDebugToken, renderReport } from './wire.ts';

export const debugTokenFeature: Feature = {
  name: 'debug-token',
  edges: [
    edge<DebugToken, TokenReport>({
      method: 'GET',
      node: 'root',
      edge: 'debug_token',
      contract: 'debug-token',
      // Who may ask depends on the token that is asked about, so the decision looks.
      permission: 'none',
      parse: parseDebugToken,
      render: renderReport,
    }),
  ],
  commands: commands<DebugToken>({ 'debug-token': debugToken }),
};
