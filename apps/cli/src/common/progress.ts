import { paint } from './terminal.ts';

const everyMs = 80;

export interface Progress {
  /** Shows what is being done, and how far it is. */
  show(step: string, count?: number): void;
  /** Takes the line away. */
  end(): void;
}

/** One line on stderr that says what is being done; only on a terminal, so that logs stay readable. */
export function startProgress(): Progress {
  if (process.stderr.isTTY !== true) return { show: () => {}, end: () => {} };
  let shown = 0;
  return {
    show(step, count) {
      if (performance.now() - shown < everyMs) return;
      shown = performance.now();
      const text = count === undefined ? `${step} …` : `${step} … ${count.toLocaleString('en')}`;
      process.stderr.write(`\r\u001b[2K${paint('dim', text, process.stderr)}`);
    },
    end: () => process.stderr.write('\r\u001b[2K'),
  };
}
