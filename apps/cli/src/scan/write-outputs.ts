import type { FailOn, Report } from '@ringfence/findings';
import { formatOfName, OUTPUT_FORMATS, type OutputFormat, outputs } from '@ringfence/findings/outputs';
import { CliError } from '../common/cli-error.ts';
import { paint, printLine } from '../common/terminal.ts';
import { writeAtOnce } from '../common/write-at-once.ts';

export interface OutputPlan {
  printed: OutputFormat;
  files: { path: string; format: OutputFormat }[];
}

/** What goes where: `--format` is for the files that do not name their own, else for stdout. Throws a usage error for a file without a format. */
export function planOutputs(
  given: string[],
  { format, json }: { format?: OutputFormat | undefined; json?: boolean | undefined },
): OutputPlan {
  let isTaken = false;
  const files = given.map((text) => {
    const named = OUTPUT_FORMATS.find((each) => text.startsWith(`${each}=`));
    const path = named ? text.slice(named.length + 1) : text;
    if (!named && format) isTaken = true;
    const chosen = named ?? format ?? formatOfName(path);
    if (!chosen || path === '')
      throw new CliError(
        'usage',
        `--output ${text} does not say its format.`,
        `Give it as FORMAT=FILE; formats are ${OUTPUT_FORMATS.join(', ')}.`,
      );
    return { path, format: chosen };
  });
  return { printed: json ? 'json' : format && !isTaken ? format : 'table', files };
}

export async function writeOutputs(
  report: Report,
  { printed, files }: OutputPlan,
  failOn: FailOn,
): Promise<void> {
  for (const { path, format } of files) {
    const text = await outputs[format].render(report, { failOn, paint: (_, plain) => plain });
    await writeAtOnce(path, `${text}\n`);
  }
  printLine(await outputs[printed].render(report, { failOn, paint }));
}
