import { cpus, release, totalmem } from 'node:os';

/** What the figures depend on, in one line. */
export function describeMachine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() || process.arch;
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${processors.length} × ${model}, ${memory} GB, Linux ${release()}, Node ${process.version}`;
}
