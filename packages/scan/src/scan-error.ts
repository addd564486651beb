/** The input is not what it should be. The message names the file and what to do. */
export class ScanError extends Error {}
