/** What one judge costs on some texts or events. Times in microseconds; memory in kilobytes, private, added to the process. */
export interface Measured {
  perSecond: number;
  megabytesPerSecond: number;
  p50: number;
  p99: number;
  /** From loading it to the first verdict. */
  cold: number;
  kilobytes: number;
}
