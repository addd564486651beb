import { RuntimeRule } from '@ringfence/policy/schema';
import { describe, expect, it } from 'vitest';
import { readForm, startForm } from './rule-form.ts';

const full = RuntimeRule.parse({
  name: 'full',
  collections: ['All'],
  onError: 'open',
  process: {
    effect: 'learn',
    allow: [
      '/usr/bin/true',
      { path: '/usr/bin/gs', arguments: ['-q', '', ' x', '**'], parents: ['/usr/bin/node'] },
      { path: '/usr/bin/id', arguments: [] },
      { path: '/usr/bin/who', parents: ['/bin/a', '/bin/b'] },
    ],
    miners: 'alert',
  },
  network: {
    effect: 'alert',
    listen: [0, 8080, '3000-3010'],
    outbound: ['*:443', '[2001:db8::/32]:443'],
    unix: ['@x'],
    metadata: 'allow',
  },
  files: { effect: 'prevent', sealed: ['${task}/**'] },
  secrets: ['A', '*_TOKEN'],
  learn: { invocations: 100, hours: 1.5 },
});

describe('the form of a rule', () => {
  it.each([
    ['with every section', full],
    ['of nothing but a name', RuntimeRule.parse({ name: 'new' })],
    [
      'with a disabled section that says something',
      { ...full, network: { ...full.network, effect: 'disable' } },
    ],
  ])('gives back the rule %s', (_, rule) => {
    expect(readForm(startForm(RuntimeRule.parse(rule)))).toEqual(rule);
  });

  it('leaves a section out that is disabled again', () => {
    const form = startForm(RuntimeRule.parse({ name: 'r', network: {}, files: {} }));
    const rule = readForm({
      ...form,
      network: { ...form.network, effect: 'disable' },
      files: { ...form.files, effect: 'disable' },
    });
    expect(rule).toEqual(RuntimeRule.parse({ name: 'r' }));
  });
});
