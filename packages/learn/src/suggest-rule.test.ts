import type { ModelEntry } from '@ringfence/audit';
import { Policy } from '@ringfence/policy/schema';
import { describe, expect, it } from 'vitest';
import { emptyModel, mergeModel } from './model.ts';
import { renderSuggestion } from './render-suggestion.ts';
import { suggestRule } from './suggest-rule.ts';

const seen = (kind: ModelEntry['kind'], value: string, port?: number): ModelEntry => ({
  kind,
  value,
  count: 2,
  first: Date.UTC(2026, 0, 2, 3, 4),
  last: Date.UTC(2026, 0, 2, 5, 6),
  ...(port === undefined ? {} : { port }),
});
const modelOf = (...entries: ModelEntry[]) =>
  mergeModel(emptyModel(), [
    { entries, invocations: 3, since: 5, task: '/var/task', runtime: '/var/runtime' },
  ]);
const suggest = (...entries: ModelEntry[]) => suggestRule('learned', modelOf(...entries)).rule;

it('merging adds counts and keeps the first and the last time', () => {
  const entry = seen('read', '/a');
  const later = { ...entry, count: 5, first: entry.first + 1, last: entry.last + 1 };
  const model = mergeModel(modelOf(entry), [{ entries: [later], invocations: 4, since: 9 }]);
  expect(model).toMatchObject({
    invocations: 7,
    since: 5,
    entries: [{ count: 7, first: entry.first, last: later.last }],
  });
});

describe('the suggested rule', () => {
  it('is a rule that the schema takes, whatever was learned', () => {
    const rule = suggest(
      seen('process', '/usr/bin/sort'),
      seen('domain', 's3.eu-west-1.amazonaws.com', 443),
      seen('address', '2001:db8::1', 5432),
      seen('listen', 'tcp', 41_000),
      seen('unix', '@name'),
      seen('read', '/etc/passwd'),
      seen('write', '/tmp/*'),
      seen('lookup', 'only.looked.up'),
    );
    const { runtime } = Policy.parse({ version: 1, runtime: { rules: [rule] } });
    expect(runtime.rules[0]).toMatchObject({
      process: { effect: 'prevent', allow: ['/usr/bin/sort'] },
      network: {
        listen: [0],
        outbound: ['[2001:db8::1]:5432', 'only.looked.up:443', 's3.eu-west-1.amazonaws.com:443'],
        unix: ['@name'],
      },
      files: { read: ['/etc/passwd'], write: ['${tmp}/**'] },
    });
  });

  it('of nothing allows nothing', () => {
    expect(suggest()).toMatchObject({
      process: { allow: [] },
      network: { outbound: [], listen: [], unix: [] },
      files: { read: [], write: [], execute: [] },
    });
  });

  it('names places by their variables, and folders of the system as a whole', () => {
    const { files } = suggest(
      seen('read', '/var/task/index.mjs'),
      seen('read', '/usr/lib/x.so'),
      seen('read', '/tmp/a/b'),
      seen('read', '/dev/urandom'),
      seen('write', '/var/task/cache/one'),
    );
    expect(files.read).toEqual(['${task}/**', '${tmp}/**', '/usr/**']);
    expect(files.write).toEqual(['${task}/cache/one']);
  });

  it('lets run what was dropped and run while it learned, and nothing else of the sort', () => {
    expect(suggest(seen('execute', '/tmp/tool')).files.denyExecute).toEqual(['/dev/shm/**']);
    expect(suggest(seen('execute', '/usr/bin/tool')).files.denyExecute).toEqual(['${tmp}/**', '/dev/shm/**']);
  });

  it('puts many names below one domain together, but not two', () => {
    const names = Array.from({ length: 12 }, (_, index) => seen('domain', `b${index}.cdn.example.com`, 443));
    expect(suggest(...names).network.outbound).toEqual(['*.cdn.example.com:443']);
    expect(suggest(...names.slice(0, 2)).network.outbound).toHaveLength(2);
  });
});

it('as YAML it says how often and when each entry was seen', () => {
  const model = modelOf(seen('process', '/usr/bin/sort'));
  const yaml = renderSuggestion(suggestRule('learned', model), model, {
    name: 'convert',
    functions: ['convert'],
  });
  expect(yaml).toContain('- /usr/bin/sort # 2 times, 2026-01-02 03:04 to 2026-01-02 05:06');
  expect(yaml).toContain('# Learned from 3 invocations');
});
