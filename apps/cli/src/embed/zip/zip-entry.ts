/** One entry of a zip, as raw bytes: nothing is inflated, so that it can be written again exactly as it was. */
export interface ZipEntry {
  /** The name as stored, decoded for people. */
  name: string;
  /** The name without `./`, doubled and trailing slashes; bytes as latin1, so that equal bytes are equal strings. */
  path: string;
  kind: 'file' | 'directory' | 'symlink';
  /** Bytes before compression, as the zip claims. */
  size: number;
  /** CRC-32 of the content before compression, as the zip claims. */
  crc: number;
  /** The record in the central directory: header, name, extra fields, comment. */
  central: Buffer;
  /** The record in the file: local header, name, extra fields, data, data descriptor. */
  local: Buffer;
}

/** A zip in memory: the entries in the order of the central directory, and the archive's comment. */
export interface Zip {
  entries: ZipEntry[];
  /** The same entries in the order of their data. */
  dataOrder: ZipEntry[];
  comment: Buffer;
}

export const localSignature = 0x04034b50;
export const centralSignature = 0x02014b50;
export const endSignature = 0x06054b50;
export const descriptorSignature = 0x08074b50;
export const localHeaderLength = 30;
export const centralHeaderLength = 46;
export const endLength = 22;
