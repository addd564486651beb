import type { Finding, Location } from '@ringfence/findings';
import { findingId } from '@ringfence/findings/finding-id';
import type { Finder } from '../finder.ts';
import { codeRules } from './code-rules.ts';
import { type Flow, followEvents } from './follow-events.ts';
import { readOwnModules } from './own-modules.ts';

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
    const { modules, lineOf, notes } = await readOwnModules(files, onProgress);
    const { flows, isPartial } = followEvents(modules, handler === undefined ? [] : [handler]);
    if (isPartial) notes.push('The code is too much to be followed whole; some flows may be missing.');
    return { findings: flows.map((flow) => describeFlow(flow, lineOf)), notes };
  },
};
