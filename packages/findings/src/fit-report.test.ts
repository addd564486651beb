import { expect, test } from 'vitest';
import { fitReport } from './fit-report.ts';
import { Report } from './report.ts';
import { exampleReport } from './testing/example-report.ts';

test('a report with texts that are too long fits after it was cut, and one that fits stays as it is', () => {
  expect(fitReport(exampleReport)).toEqual(exampleReport);
  const long = 'x'.repeat(5000);
  const { findings, packages } = exampleReport;
  const hostile: Report = {
    ...exampleReport,
    packages: packages.map((each) => ({ ...each, locations: [long] })),
    findings: findings.map((finding) => ({
      ...finding,
      ...{ title: long, message: long, advice: long },
      locations: [{ path: long }],
      aliases: [long, ...Array.from({ length: 100 }, (_, index) => `CVE-2020-${index}`)],
      references: [long],
    })),
    notes: Array(1500).fill(long),
  };
  expect(Report.safeParse(hostile).success).toBe(false);
  const fitted = Report.parse(fitReport(hostile));
  expect(fitted.findings.map(({ id }) => id)).toEqual(findings.map(({ id }) => id));
  expect(fitted.notes).toHaveLength(1000);
  expect(fitted.notes.at(-1)).toBe('501 more notes are left out.');
});
