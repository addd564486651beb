/** The input is not what it should be. The message names the file and what to do. */
export class ScanError extends Error {}

/** Something could not be fetched. The message names the address and why. */
export class DownloadError extends Error {}
