import type { Finding } from './finding.ts';
import type { Report } from './report.ts';

const mostNotes = 1000;

const clip = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

const fitFinding = (finding: Finding): Finding => ({
  ...finding,
  title: clip(finding.title, 500),
  message: clip(finding.message, 4000),
  ...(finding.advice !== undefined && { advice: clip(finding.advice, 2000) }),
  locations: finding.locations.slice(0, 64).map((place) => ({ ...place, path: clip(place.path, 4000) })),
  aliases: finding.aliases.filter(({ length }) => length <= 200).slice(0, 64),
  references: finding.references.filter(({ length }) => length <= 2000).slice(0, 64),
});

/** Cuts what is longer than a report may be: one such path or advisory would keep the Console and `--baseline` from reading all the rest. */
export function fitReport(report: Report): Report {
  const notes = report.notes.slice(0, mostNotes).map((note) => clip(note, 2000));
  const more = report.notes.length - mostNotes;
  if (more > 0) notes[mostNotes - 1] = `${more + 1} more notes are left out.`;
  return {
    ...report,
    packages: report.packages.map((each) => ({
      ...each,
      locations: each.locations.map((path) => clip(path, 4000)),
    })),
    findings: report.findings.map(fitFinding),
    notes,
  };
}
