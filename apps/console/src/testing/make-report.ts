import type { Finding, Report } from '@ringfence/findings';
import { testFunction } from './make-audit.ts';

const { runtime, arch, ...identity } = testFunction;

/** What tells the function of the tests apart, by another name if the test wants one. */
export const scannedFunction = (name = testFunction.name) => ({ ...identity, name });

/** A vulnerability of lodash, changed as the test wants. */
export const makeFinding = (changes: Partial<Finding> = {}): Finding => ({
  id: 'a1',
  kind: 'vulnerability',
  rule: 'GHSA-35jh-r3h4-6jhm',
  aliases: ['CVE-2021-23337'],
  severity: 'high',
  title: 'Command injection in lodash',
  message: 'lodash 4.17.20 has a known vulnerability: Command injection in lodash.',
  advice: 'Upgrade to lodash 4.17.21.',
  locations: [{ path: 'node_modules/lodash/package.json', note: 'installed' }],
  package: {
    purl: 'pkg:npm/lodash@4.17.20',
    ecosystem: 'npm',
    name: 'lodash',
    version: '4.17.20',
    fixed: '4.17.21',
    upgrade: '4.17.21',
    paths: [['lodash@4.17.20']],
    reachable: 'yes',
    imports: ['index.js', 'node_modules/lodash/lodash.js'],
  },
  cvss: { vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H', score: 7.2 },
  references: ['CWE-77'],
  ...changes,
});

/** A report of a scan so many minutes after the first. */
export const makeReport = (minute: number, findings: Finding[], changes: Partial<Report> = {}): Report => ({
  version: 1,
  tool: 'scan',
  target: { name: 'function.zip', kind: 'zip', digest: 'ab'.repeat(32) },
  time: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
  database: '2025-12-01T00:00:00.000Z',
  packages: [
    { purl: 'pkg:npm/lodash@4.17.20', locations: ['node_modules/lodash/package.json'], dependencies: [] },
  ],
  findings,
  suppressed: [],
  notes: [],
  ...changes,
});
