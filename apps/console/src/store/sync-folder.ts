import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Returns when the folder, and what is in it, is on the disk. */
export function syncFolder(folder: string, { recursive = true } = {}): void {
  if (recursive)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) syncFolder(path);
      else if (entry.isFile()) syncPath(path);
    }
  syncPath(folder);
}
