import { pipeline, Readable, Transform } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Of one answer; the largest of AWS are pages of policies, some MB. */
const MOST_BYTES = 32 * 1024 * 1024;

/** For a whole answer, however steadily it drips. */
const LONGEST_ANSWER_MS = 30_000;

/** Sends calls, and takes no answer that is endless in size or time. */
export class AnswerHandler extends NodeHttpHandler {
  readonly #longestMs: number;

  constructor(longestMs = LONGEST_ANSWER_MS) {
    super({ connectionTimeout: 5_000, requestTimeout: longestMs, throwOnRequestTimeout: true });
    this.#longestMs = longestMs;
  }

  override async handle(...asked: Parameters<NodeHttpHandler['handle']>) {
    const { response } = await super.handle(...asked);
    if (response.body instanceof Readable) response.body = limit(response.body, this.#longestMs);
    return { response };
  }
}

function limit(body: Readable, longestMs: number): Readable {
  let bytes = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) done(new Error(`an answer has more than ${MOST_BYTES / 1024 / 1024} MB`));
      else done(null, chunk);
    },
  });
  const timer = setTimeout(
    () => body.destroy(new Error(`an answer took more than ${longestMs / 1000} seconds`)),
    longestMs,
  );
  pipeline(body, limited, () => clearTimeout(timer));
  return limited;
}
