import { expect, it } from 'vitest';
import { describeCoverage } from './coverage-words.ts';

const at = (tier: string, sections: Record<string, string>) =>
  describeCoverage({ tier, coverage: { sections } });

it('says that nothing is enforced where there is no tier, with what is missing', () => {
  const words = describeCoverage({ tier: 'none', coverage: { missing: ['seccomp filter'] } });
  expect(words).toMatchObject({ label: 'Not guarded', tone: 'danger', missing: ['seccomp filter'] });
});

it('never calls a function guarded whose sections are not', () => {
  for (const process of ['alert', 'learn', 'disable', 'unguarded', 'something new'])
    expect(at('T0', { process }).tone).not.toBe('good');
  for (const network of ['alert', 'learn', 'unguarded'])
    expect(at('T0', { process: 'prevent', network }).tone).not.toBe('good');
  expect(describeCoverage({ tier: 'T0', coverage: null }).tone).toBe('danger');
  expect(describeCoverage({ tier: null, coverage: null }).tone).toBe('neutral');
});

it.each([
  [{ process: 'prevent', network: 'disable', files: 'disable' }, 'T0, prevents', 'good'],
  [{ process: 'prevent', network: 'prevent', files: 'prevent' }, 'T0, prevents', 'good'],
  [{ process: 'prevent', network: 'alert' }, 'T0, prevents in part', 'warn'],
  [{ process: 'prevent', files: 'unguarded' }, 'T0, partly guarded', 'danger'],
  [{ process: 'unguarded', files: 'unguarded' }, 'T0, not guarded', 'danger'],
  [{ process: 'learn', network: 'alert' }, 'T0, learns', 'info'],
  [{ process: 'alert' }, 'T0, alerts only', 'warn'],
  [{ process: 'disable' }, 'T0, disabled', 'neutral'],
])('judges %j', (sections, label, tone) => {
  expect(at('T0', sections)).toMatchObject({ label, tone });
});

it('says of each section what becomes of it, and who enforces it', () => {
  const sections = { process: 'prevent', network: 'prevent', files: 'alert', secrets: 'unguarded' };
  expect(at('T2', sections).what).toBe(
    'Stopped: processes, network. Told: files. Not guarded: hidden variables. A library in the function itself enforces it, because the platform lets no filter be set.',
  );
});

it('says which section is enforced by another tier than the rest', () => {
  const sections = { process: 'prevent', network: 'prevent' };
  const coverage = { sections, tiers: { process: 'T0', network: 'T2' } };
  expect(describeCoverage({ tier: 'T0', coverage }).what).toBe(
    'Stopped: processes, network. The kernel enforces it. A library in the function itself enforces: network.',
  );
});
