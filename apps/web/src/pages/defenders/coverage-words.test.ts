import { expect, it } from 'vitest';
import { describeCoverage } from './coverage-words.ts';

const sections = (process: string) => ({ sections: { process } });

it('says that nothing is enforced where there is no tier, with what is missing', () => {
  const words = describeCoverage({ tier: 'none', coverage: { missing: ['seccomp filter'] } });
  expect(words).toMatchObject({ label: 'Not guarded', tone: 'danger', missing: ['seccomp filter'] });
});

it('never calls a function guarded whose sections are not', () => {
  for (const process of ['alert', 'disable', 'unguarded'])
    expect(describeCoverage({ tier: 'T0', coverage: sections(process) }).tone).not.toBe('good');
  expect(describeCoverage({ tier: 'T0', coverage: null }).tone).not.toBe('good');
  expect(describeCoverage({ tier: null, coverage: null }).tone).toBe('neutral');
  expect(describeCoverage({ tier: 'T0', coverage: sections('prevent') }).tone).toBe('good');
});
