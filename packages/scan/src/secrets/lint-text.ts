import { extname } from 'node:path';
import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { creator } from '@secretlint/secretlint-rule-preset-recommend'; // 11 is the last that runs on Node 20

// It marks each rule of each text and searches all marks at the next one: half of the time of a scan, for figures that nobody asks for.
secretLintProfiler.mark = () => {};

/** What secretlint compares each message with all others by; so a text is given in pieces, until there are enough. */
const pieceLength = 128 * 1024;
/** Longer than the longest secret, a private key. */
const overlap = 16 * 1024;

// Comments in the package do not silence what is found in it; an ignore file does, with a reason.
const rules = creator.rules
  .filter(({ meta }) => !meta.id.endsWith('-filter-comments'))
  .map((rule) => ({ id: rule.meta.id, rule, options: {} }));

export interface FoundSecret {
  /** secretlint's name of the message. */
  message: string;
  secret: string;
  /** UTF-16 units from the beginning of the text. */
  offset: number;
}

/** Secrets in a text, in order; not many more than `most`. `name` as in `.npmrc`, without folders. */
export async function lintText(text: string, name: string, most: number): Promise<FoundSecret[]> {
  const found = new Map<number, FoundSecret>();
  for (let start = 0; start < text.length && found.size < most; start += pieceLength) {
    const { messages } = await lintSource({
      // Some rules are for files of one name. One opens .p12 by this path, so that such a file must not get here.
      source: {
        filePath: name,
        content: text.slice(start, start + pieceLength + overlap),
        contentType: 'text',
        ext: extname(name),
      },
      options: { config: { rules }, noPhysicFilePath: true },
    });
    for (const { messageId, range } of messages) {
      const offset = start + range[0];
      found.set(offset, { message: messageId, secret: text.slice(offset, start + range[1]), offset });
    }
  }
  return [...found.values()];
}
