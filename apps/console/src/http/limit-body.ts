import { bodyLimit } from 'hono/body-limit';
import { ApiError } from '../api/common/api-error.ts';

const MIB = 1024 * 1024;

/** Answers 413 to larger bodies, without reading them to the end. */
export const limitBody = (mebibytes: number) =>
  bodyLimit({
    maxSize: mebibytes * MIB,
    onError: () => {
      // The rest of the body is not read, so nothing more can come over this connection.
      const headers = { Connection: 'close' };
      throw new ApiError(413, `The body is larger than ${mebibytes} MiB.`, { headers });
    },
  });
