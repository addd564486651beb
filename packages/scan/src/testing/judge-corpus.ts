import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModule } from '@ringfence/code';
import { codeRules } from '../code/code-rules.ts';
import { followEvents } from '../code/follow-events.ts';

const corpus = join(import.meta.dirname, '../../testdata/code');

export interface Judged {
  folder: string;
  name: string;
  expected: string[];
  found: string[];
}

/** Follows each program of the corpus. Its folder says what is wrong with it: `safe`, or the rule. */
export async function judgeCorpus(): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const folder of readdirSync(corpus).toSorted())
    for (const name of readdirSync(join(corpus, folder)).toSorted()) {
      const module = await readModule(name, readFileSync(join(corpus, folder, name), 'utf8'));
      const found = followEvents(module ? [module] : []).flows.map(({ rule }) => rule);
      judged.push({ folder, name, expected: folder === 'safe' ? [] : [`code/${folder}`], found });
    }
  return judged;
}

const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((part / whole) * 100).toFixed(0)} %`;

/** Per rule: how many programs have the fault, how many of them are found, and how many findings are wrong. */
export function renderCorpus(judged: Judged[]): string {
  const count = (test: (each: Judged) => boolean) => judged.filter(test).length;
  const row = (name: string, isRule: (rule: string) => boolean) => {
    const faulty = count(({ expected }) => expected.some(isRule));
    const hit = count(({ expected, found }) => expected.some((rule) => isRule(rule) && found.includes(rule)));
    const wrong = count(({ expected, found }) =>
      found.some((rule) => isRule(rule) && !expected.includes(rule)),
    );
    return `| ${name} | ${faulty} | ${hit} | ${wrong} | ${percent(hit, hit + wrong)} | ${percent(hit, faulty)} |`;
  };
  return [
    '| rule | programs with the fault | found | wrong findings | precision | recall |',
    '|---|---|---|---|---|---|',
    ...Object.keys(codeRules).map((rule) => row(rule, (each) => each === rule)),
    row(`all, beside ${count(({ expected }) => expected.length === 0)} safe look-alikes`, () => true),
  ].join('\n');
}
