/** A file of what is scanned. */
export interface PackageFile {
  /** From the root, with slashes; never absolute, and without `.` and `..`. */
  path: string;
  kind: 'file' | 'symlink';
  /** Bytes when unpacked. */
  size: number;
  /** The permission bits; 0 where the archive has none. */
  mode: number;
  /** The content, or the target of a symlink. Rejects with a `ScanError` for what is damaged or larger than `largestRead`. */
  read(): Promise<Buffer>;
}

/** A zip or a folder, opened for reading. Nothing is ever written or run. */
export interface PackageFiles {
  name: string;
  kind: 'zip' | 'folder';
  /** By path. Of entries with the same name the last one, as unzip takes it. */
  files: ReadonlyMap<string, PackageFile>;
  /** What is odd about the archive itself: what was left out, and why. */
  notes: string[];
  close(): Promise<void>;
}

/** Bytes of a file that is read; no manifest or source is longer, and a binary is read in part only. */
export const largestRead = 128 * 1024 * 1024;
