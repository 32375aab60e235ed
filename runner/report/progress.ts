/** What is seen while scenarios are played: one live line on a terminal, a line per scenario elsewhere. */
import type { Verdict } from '../judge/verdict.ts';
import { showDuration } from '../plan/duration.ts';
import { sign, type Style } from './text.ts';

export interface Progress {
  started(id: string): void;
  finished(scenario: { readonly id: string; readonly tookMs: number; readonly verdict: Verdict }): void;
  /** Removes the live line. */
  end(): void;
}

export interface ProgressOptions {
  readonly write: (text: string) => void;
  readonly style: Style;
  readonly total: number;
  /** A terminal, whose last line can be rewritten; its width in characters. */
  readonly live?: { readonly columns: number };
  /** Also says when a scenario starts. */
  readonly verbose?: boolean;
}

/** Width of the bar, characters. */
const barWidth = 20;

const bar = (done: number, total: number): string => {
  const filled = total === 0 ? barWidth : Math.floor((done / total) * barWidth);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
};

const clearLine = '\r\u001b[2K';

export function createProgress({ write, style, total, live, verbose = false }: ProgressOptions): Progress {
  const playing = new Set<string>();
  const done = new Set<string>();
  const clear = live ? clearLine : '';
  const showLive = (): void => {
    if (!live) return;
    const text = `  ${bar(done.size, total)} ${done.size}/${total} ${[...playing].join(', ')}`;
    write(`${clearLine}${text.slice(0, Math.max(10, live.columns - 1))}`);
  };
  return {
    started(id) {
      playing.add(id);
      if (verbose) write(`${clear}  ${style.dim('▸')} ${id}\n`);
      showLive();
    },
    finished({ id, tookMs, verdict }) {
      playing.delete(id);
      done.add(id);
      write(`${clear}  ${sign(verdict, style)} ${id} ${style.dim(showDuration(tookMs))}\n`);
      showLive();
    },
    end() {
      write(clear);
    },
  };
}
