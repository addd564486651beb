import { readFile, stat, writeFile } from 'node:fs/promises';
import { formatYamlProblem, parsePolicyYaml } from '@ringfence/policy';
import { OPEN_API_BYTES, type OpenApiResult, shapesFromOpenApi } from '@ringfence/policy/openapi';
import { defineCommand } from 'citty';
import { parseDocument, stringify } from 'yaml';
import { CliError } from '../common/cli-error.ts';
import { withPath } from '../common/system-error.ts';
import { printLine } from '../common/terminal.ts';
import { jsonFlag } from './console-flag.ts';
import { loadPolicy } from './read-policy.ts';

type Routes = Extract<OpenApiResult, { ok: true }>['routes'];

export const shapesCommand = defineCommand({
  meta: {
    name: 'shapes',
    description: 'Make the shapes of a WAAS rule out of an OpenAPI document (3.0 or 3.1).',
  },
  args: {
    file: { type: 'positional', description: 'The document, YAML or JSON.', required: true },
    into: {
      type: 'string',
      description: 'A policy file to put the shapes into; left out: they are printed.',
      valueHint: 'POLICY',
    },
    rule: { type: 'string', description: 'The WAAS rule of that policy.', valueHint: 'NAME' },
    json: jsonFlag,
  },
  async run({ args }) {
    if ((args.into === undefined) !== (args.rule === undefined))
      throw new CliError(
        'usage',
        '--into and --rule belong together: a policy file, and one of its WAAS rules.',
      );
    const { routes, notes } = await readShapes(args.file);
    if (args.into !== undefined && args.rule !== undefined) await putIntoRule(routes, args.into, args.rule);
    if (args.json) return printLine(JSON.stringify({ shapes: routes, notes }, undefined, 2));
    for (const { place, message } of notes) process.stderr.write(`${args.file}${place}: note: ${message}\n`);
    if (args.into === undefined)
      return printLine(
        stringify({ shapes: routes }, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd(),
      );
    printLine(`${args.into}: the rule ${args.rule} has the shapes of ${routes.length} routes.`);
  },
});

/** Reads the document. Throws a usage error that names each place where it is wrong. */
async function readShapes(path: string): Promise<Extract<OpenApiResult, { ok: true }>> {
  const text = await withPath('usage', path, async () => {
    if ((await stat(path)).size > OPEN_API_BYTES)
      throw new CliError('usage', `${path} is larger than ${OPEN_API_BYTES} bytes.`);
    return readFile(path, 'utf8');
  });
  const result = shapesFromOpenApi(text);
  if (result.ok) return result;
  const lines = result.problems.map(({ at, message }) =>
    typeof at === 'string' ? `${path}${at}: ${message}` : `${path}:${at.line}:${at.column}: ${message}`,
  );
  throw new CliError('usage', lines.join('\n'));
}

/** Replaces the rule's shapes in the file; all else stays as it is written. Throws a usage error where it would be no policy then. */
async function putIntoRule(routes: Routes, path: string, rule: string): Promise<void> {
  const policy = await loadPolicy(path);
  const index = policy.waas.rules.findIndex(({ name }) => name === rule);
  if (index < 0) throw new CliError('usage', `${path} has no WAAS rule ${JSON.stringify(rule)}.`);
  const document = parseDocument(await readFile(path, 'utf8'));
  document.setIn(
    ['waas', 'rules', index, 'shapes'],
    document.createNode(routes, { aliasDuplicateObjects: false }),
  );
  const text = document.toString({ lineWidth: 0 });
  const result = parsePolicyYaml(text, path);
  if (!result.ok)
    throw new CliError(
      'usage',
      `With the shapes it would be no policy:\n${result.errors.map(formatYamlProblem).join('\n')}`,
      'Give a document with fewer routes.',
    );
  await writeFile(path, text);
}
