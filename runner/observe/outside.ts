/** What is seen of the system under test beside the wire: probes, the handshake, its output. Live; a tape has its own. */
import type { Answer, HandshakeAnswer, Heard } from '../judge/tape.ts';
import type { ProbeName } from '../plan/config.ts';
import type { Values } from '../plan/placeholders.ts';
import { shakeHands } from './handshake.ts';
import { askProbe } from './probe.ts';
import type { SutAddress } from './scene.ts';

export interface Outside {
  /** Asks a probe that is configured. */
  ask(probe: ProbeName, values: Values): Promise<Answer>;
  shake(verifyToken: string): Promise<HandshakeAnswer>;
  /** What its output has leaked so far; missing: its output is not ours to read. */
  readonly leak?: () => string | undefined;
}

/**
 * @param heard - told of everything that was heard
 * @param signal - ends a look early
 */
export function liveOutside(sut: SutAddress, signal: AbortSignal, heard?: (what: Heard) => void): Outside {
  const { leak } = sut;
  return {
    async ask(name, values) {
      const probe = sut.probes[name];
      if (!probe) throw new Error(`The probe “${name}” is not configured.`);
      const { folder, probeMs: limitMs, readPage } = sut;
      const context = { folder, limitMs, ...(readPage && { readPage }) };
      const answer = await askProbe(probe, values, context, signal);
      heard?.({ kind: 'probe', answer });
      return answer;
    },
    async shake(verifyToken) {
      const answer = await shakeHands(sut, verifyToken, signal);
      heard?.({ kind: 'handshake', answer });
      return answer;
    },
    ...(leak && {
      leak: () => {
        const found = leak();
        heard?.({ kind: 'leak', ...(found !== undefined && { found }) });
        return found;
      },
    }),
  };
}
