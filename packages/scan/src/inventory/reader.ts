import type { FoundPackage } from '../found-package.ts';
import type { PackageFiles } from '../package-files.ts';
import type { KnownDigests } from './known-digests.ts';

/** Reads one form in which packages are told. */
export interface InventoryReader {
  matches(path: string): boolean;
  /** Throws for content that is not of that form; the message goes into the notes, behind the path. */
  read(
    bytes: Buffer,
    path: string,
    files: PackageFiles,
    digests: KnownDigests,
  ): FoundPackage[] | Promise<FoundPackage[]>;
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A reader of all files with one of these names. */
export const named =
  (...names: string[]) =>
  (path: string): boolean =>
    names.includes(baseName(path));

/** The object, or an empty one: documents are hostile, and most keys are optional. */
export const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

export const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
