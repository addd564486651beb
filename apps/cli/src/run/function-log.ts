import { type Audit, parseAuditLine, splitLogLine } from '@ringfence/audit';
import { readLines } from './read-lines.ts';
import type { Sandbox } from './sandbox.ts';

/** One line that a function wrote. */
export interface LogLine {
  stream: 'stdout' | 'stderr';
  text: string;
}

export interface LogListeners {
  onLog?: (line: LogLine) => void;
  onAudit?: (audit: Audit) => void;
}

/** All that a function's sandboxes wrote: log lines, and the init's audits picked out of them. */
export class FunctionLog {
  readonly lines: LogLine[] = [];
  readonly audits: Audit[] = [];
  readonly #listeners: LogListeners;

  constructor(listeners: LogListeners) {
    this.#listeners = listeners;
  }

  listenTo(sandbox: Sandbox): void {
    readLines(sandbox.stdout, (text) => this.#add({ stream: 'stdout', text }));
    readLines(sandbox.stderr, (text) => this.#add({ stream: 'stderr', text }));
  }

  #add(line: LogLine): void {
    const { text, audit: json } = splitLogLine(line.text);
    const audit = json === undefined ? undefined : parseAuditLine(json);
    if (audit?.ok) {
      this.audits.push(audit.audit);
      this.#listeners.onAudit?.(audit.audit);
    }
    const rest = audit?.ok ? { ...line, text } : line;
    if (audit?.ok && text === '') return;
    this.lines.push(rest);
    this.#listeners.onLog?.(rest);
  }
}
