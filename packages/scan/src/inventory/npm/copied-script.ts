import { lookUpDigest } from '../known-digests.ts';
import type { InventoryReader } from '../reader.ts';

/** A script that was copied into the function, such as jquery.min.js, by its digest. */
export const copiedScript: InventoryReader = {
  matches: (path) => /\.[cm]?js$/.test(path) && !/(^|\/)node_modules\//.test(path),
  read: (bytes, path, _, digests) => lookUpDigest(digests, bytes, path),
};
