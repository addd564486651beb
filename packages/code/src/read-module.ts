import { readStatement as readJavaScript } from './javascript/read-statement.ts';
import { readStatement as readPython } from './python/read-statement.ts';
import { languageOf, type SourceLanguage } from './source-language.ts';
import type { Module, Statement } from './syntax/module.ts';
import { childrenOf, type Node, withTree } from './syntax/parse-tree.ts';

const readers: Partial<Record<SourceLanguage, (node: Node) => Statement[]>> = {
  javascript: readJavaScript,
  typescript: readJavaScript,
  python: readPython,
};

/** Code that somebody wrote is shorter; what is longer was bundled or made. */
export const longestSource = 2 * 1024 * 1024;

/** What Node.js makes of data that code imports. */
const asModule = (json: string) => `module.exports = ${json}`;

/**
 * Reads one file, JSON that is imported included. Undefined for what is no source of a language that is read. Code with errors is read as far as it can be. Rejects with an `Error`
 * that says why for what is too long or nested too deeply.
 */
export async function readModule(path: string, text: string): Promise<Module | undefined> {
  const isData = path.endsWith('.json');
  const language = isData ? 'javascript' : languageOf(path);
  const read = language && readers[language];
  if (!language || !read) return undefined;
  if (text.length > longestSource)
    throw new Error(`${path} is longer than the ${longestSource >> 20} MB of source that are read.`);
  try {
    return await withTree(language, isData ? asModule(text) : text, (root) => ({
      path,
      language,
      body: childrenOf(root).flatMap(read),
      isPartial: root.hasError,
    }));
  } catch (cause) {
    if (cause instanceof RangeError) throw new Error(`${path} is nested too deeply to be read.`, { cause });
    throw cause;
  }
}
