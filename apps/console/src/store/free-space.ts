import { statfsSync } from 'node:fs';

/** Room that must be left: the write-ahead log between two checkpoints, and writing what is already taken. */
export const RESERVE_MIB = 256;

/** MiB left for this user on the disk of the folder. */
export function readFreeMib(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / 2 ** 20);
}

/**
 * Looks at most once in half a second whether less than the reserve is left.
 * @param onChange is told each time that it changes
 */
export function watchFreeSpace(folder: string, onChange: (isLow: boolean) => void): () => boolean {
  let lookedAt = 0;
  let isLow = false;
  return () => {
    if (Date.now() - lookedAt > 500) {
      lookedAt = Date.now();
      const wasLow = isLow;
      isLow = readFreeMib(folder) < RESERVE_MIB;
      if (isLow !== wasLow) onChange(isLow);
    }
    return isLow;
  };
}
