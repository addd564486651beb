/** The store is gone: nothing can be read or written any more, and only a new start helps. */
export class StoreError extends Error {
  override name = 'StoreError';
}
