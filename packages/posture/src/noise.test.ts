import { readdirSync } from 'node:fs';
import { isAtLeast } from '@ringfence/findings';
import { expect, test } from 'vitest';
import { findPosture, readPosture } from './posture.ts';

const folder = new URL('./testing/sound/', import.meta.url).pathname;

test.each(readdirSync(folder))('%s is made well, and gets no finding above low', async (name) => {
  const path = folder + name;
  const { findings } = await findPosture(path, await readPosture(path));
  const worse = findings.filter(({ severity }) => isAtLeast(severity, 'medium'));
  expect(worse.map(({ rule, subject, message }) => `${rule} ${subject}: ${message}`)).toEqual([]);
  // Habits are told once, so that a small template gets a small report.
  expect(findings.length).toBeLessThan(15);
});
