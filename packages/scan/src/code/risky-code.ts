import { type Module, readModule } from '@ringfence/code';
import type { Finding, Location } from '@ringfence/findings';
import { findingId } from '@ringfence/findings/finding-id';
import type { Finder } from '../finder.ts';
import { codeRules } from './code-rules.ts';
import { type Flow, followEvents } from './follow-events.ts';
import { listOwnSources } from './own-sources.ts';

/** Bytes of a file that is followed; what is longer is a bundle, in which dependencies cannot be told from the function's own code. */
const longestFollowed = 512 * 1024;
const mostFollowed = 4 * 1024 * 1024;

function describeFlow(
  { rule, source, sink, places }: Flow,
  lineOf: (path: string, line: number) => string,
): Finding {
  const { severity, title, cwe, why, advice } = codeRules[rule];
  const last = places.length - 1;
  const locations = places.map(({ path, line, column }, index): Location => {
    const role = index === 0 ? `source ${source}` : index === last ? `sink ${sink}` : 'step';
    return { path, line, column, note: `${role}: ${lineOf(path, line)}`.slice(0, 300) };
  });
  const { path = '', line = 0 } = places[last] ?? {};
  return {
    id: findingId(rule, path, source, sink, lineOf(path, line)),
    kind: 'code',
    rule,
    aliases: [],
    severity,
    title,
    message: `${source} gets to ${sink} in ${path}:${line}. ${why}`,
    advice,
    locations: locations.toReversed(),
    references: [cwe, 'OWASP SAS-1'],
  };
}

/** Follows event data through the function's own code, in JavaScript, TypeScript and Python, to where it does harm. */
export const riskyCode: Finder = {
  step: 'following event data through the code',
  async find({ files, handler, onProgress }) {
    const notes: string[] = [];
    const modules: Module[] = [];
    const lines = new Map<string, string[]>();
    let total = 0;
    let leftOut = 0;
    for (const file of await listOwnSources(files)) {
      if (file.size > longestFollowed) {
        notes.push(`${file.path} was not followed: with ${file.size} bytes it is too much code, or bundled.`);
        continue;
      }
      if (total + file.size > mostFollowed) {
        leftOut++;
        continue;
      }
      total += file.size;
      onProgress(modules.length + 1);
      try {
        const text = (await file.read()).toString('utf8');
        const module = await readModule(file.path, text);
        if (!module) continue;
        modules.push(module);
        lines.set(file.path, text.split('\n'));
        if (module.isPartial)
          notes.push(`${file.path} has code that could not be parsed; the rest was followed.`);
      } catch (error) {
        notes.push((error as Error).message);
      }
    }
    if (leftOut > 0)
      notes.push(
        `Files of code that were not followed: ${leftOut}. The package has more than ${mostFollowed} bytes of its own.`,
      );
    const { flows, isPartial } = followEvents(modules, handler === undefined ? [] : [handler]);
    if (isPartial) notes.push('The code is too much to be followed whole; some flows may be missing.');
    const lineOf = (path: string, line: number) => lines.get(path)?.[line - 1]?.trim().slice(0, 200) ?? '';
    return { findings: flows.map((flow) => describeFlow(flow, lineOf)), notes };
  },
};
