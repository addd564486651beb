/** A file of what is scanned. */
export interface PackageFile {
  /** From the root, with slashes. */
  path: string;
  kind: 'file' | 'symlink';
  /** Bytes when unpacked. */
  size: number;
  /** The permission bits; 0 where the archive has none. */
  mode: number;
  /** The content, or the target of a symlink. Rejects with a `ScanError` for what is damaged or too large. */
  read(): Promise<Uint8Array>;
}

/** A zip, a folder, a layer or an unpacked image, opened for reading. Nothing is ever written. */
export interface PackageFiles {
  name: string;
  kind: 'zip' | 'folder' | 'layer';
  /** By path. Of entries with the same name the last one, as unzip takes it. */
  files: ReadonlyMap<string, PackageFile>;
  /** What is wrong with the archive itself: duplicate names, modes, what was left out. */
  notes: string[];
  close(): Promise<void>;
}
