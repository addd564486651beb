import type { Finding } from '../finding.ts';
import type { Report } from '../report.ts';
import { countPackages, describePaths, describeReach, describeUpgrade } from './describe-package.ts';
import { countBySeverity, groupFindings, type PackageGroup } from './group-findings.ts';
import { plainText } from './plain-text.ts';

/** Characters that code hosts take in one comment, less some for the line that says what was cut. */
const longest = 65_000;

/** The report as Markdown, for a comment at a pull request: cut where it is longer than a comment may be. */
export function renderMarkdown(report: Report): string {
  const { packages, others } = groupFindings(report.findings);
  const hidden = report.suppressed.length > 0 ? `, ${report.suppressed.length} suppressed` : '';
  const blocks = [
    `## Ringfence ${report.tool}: ${code(report.target.name)}`,
    `**${countBySeverity(report.findings)}**${hidden}, in ${countPackages(report.packages)}.`,
    ...packages.map(renderPackage),
    ...others.map(renderFinding),
    ...report.notes.map((note) => `> ${prose(note)}`),
  ];
  let text = '';
  for (const [index, block] of blocks.entries()) {
    if (text.length + block.length > longest)
      return `${text}*${blocks.length - index} more parts do not fit here: see the whole report.*`;
    text += `${block}\n\n`;
  }
  return text.trimEnd();
}

function renderPackage({ package: detail, findings }: PackageGroup): string {
  const ways = describePaths(detail);
  const reach = describeReach(detail);
  return [
    `### ${code(`${detail.name} ${detail.version}`)}: ${prose(describeUpgrade(detail, findings))}`,
    '',
    ...(ways[0] === undefined ? [] : [`Comes in through ${code(ways[0])}.`, '']),
    ...(reach === undefined ? [] : [`It is ${prose(reach)}.`, '']),
    '| severity | advisory | fixed | |',
    '| --- | --- | --- | --- |',
    ...findings.map((finding) => {
      const score = finding.cvss ? ` ${finding.cvss.score.toFixed(1)}` : '';
      const names = [finding.rule, ...finding.aliases].map(code).join(' ');
      const fixed = finding.package?.fixed;
      return `| ${finding.severity}${score} | ${names} | ${fixed === undefined ? 'no' : code(fixed)} | ${prose(finding.title)} |`;
    }),
  ].join('\n');
}

function renderFinding({ severity, title, rule, locations, message, advice, patch }: Finding): string {
  return [
    `### ${prose(title)}`,
    '',
    `${severity}, ${code(rule)}`,
    '',
    ...locations.map(({ path, line, note }) => {
      const place = code(line === undefined ? path : `${path}:${line}`);
      return `- ${place}${note === undefined ? '' : ` ${prose(note)}`}`;
    }),
    '',
    prose(message),
    ...(advice === undefined ? [] : ['', prose(advice)]),
    // Four spaces: whatever is in it stays code.
    ...(patch === undefined ? [] : ['', ...patch.split('\n').map((line) => `    ${line}`)]),
  ].join('\n');
}

/** As code, in which nothing is markup and nobody is mentioned; bars would end a cell even there. */
const code = (text: string): string => `\`${plainText(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;

/** As prose, with what would be markup or a mention as it is written. */
const prose = (text: string): string =>
  plainText(text)
    .replace(/[\\`*_{}[\]<>()#|~&]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('@', '@\u2060');
