import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Document, isMap, isScalar, parseDocument } from 'yaml';
import { CliError } from '../common/cli-error.ts';
import { withPath } from '../common/system-error.ts';
import { writeAtOnce } from '../common/write-at-once.ts';
import { embed } from '../embed/embed.ts';
import type { PolicySource } from '../embed/make-configuration.ts';

export interface TemplateRequest {
  /** Path of the template that `sam build` wrote. */
  template: string;
  output: string;
  /** Name of the stack, for functions whose name CloudFormation makes up. */
  stack: string | undefined;
  region: string;
  account: string;
  source: PolicySource;
}

export interface TemplateResult {
  output: string;
  /** By the name under which rules find them. */
  protected: string[];
  /** What stays unguarded or else deserves a look, and why. */
  warnings: string[];
}

/** Where each kind of function has its code. */
const codeProperties: Record<string, string> = {
  'AWS::Serverless::Function': 'CodeUri',
  'AWS::Lambda::Function': 'Code',
};

/**
 * Protects the built functions of a SAM template: a protected copy of each beside its package, and a template beside the template
 * that names the copies and has their variables. Throws `CliError` for what is wrong with the template, a package or the policy.
 */
export async function protectTemplate(request: TemplateRequest): Promise<TemplateResult> {
  const { template, output } = request;
  if (dirname(output) !== dirname(template))
    throw new CliError(
      'usage',
      `--output ${output} must lie beside ${template}, since paths in it are relative.`,
    );
  const document = parseTemplate(
    template,
    await withPath('usage', template, () => readFile(template, 'utf8')),
  );
  const result: TemplateResult = { output, protected: [], warnings: [] };
  for (const [id, codeProperty] of findFunctions(document)) {
    const code = readText(document, id, codeProperty);
    if (!code || code.startsWith('s3://')) {
      result.warnings.push(`${id} stays unguarded: it has no built package (an image, inline code, S3).`);
      continue;
    }
    const { name, path, environment, warnings } = await protectFunction(document, id, code, request);
    result.warnings.push(...warnings.map((warning) => `${id}: ${warning}`));
    result.protected.push(name);
    document.setIn(['Resources', id, 'Properties', codeProperty], path);
    for (const [key, value] of Object.entries(environment))
      document.setIn(['Resources', id, 'Properties', 'Environment', 'Variables', key], value);
  }
  if (result.protected.length === 0)
    throw new CliError(
      'usage',
      `${template} has no function with a built package.`,
      'Run "sam build" first.',
    );
  await writeAtOnce(output, document.toString({ lineWidth: 0 }));
  return result;
}

async function protectFunction(
  document: Document,
  id: string,
  code: string,
  { template, stack, region, account, source }: TemplateRequest,
) {
  const given = readText(document, id, 'FunctionName');
  if (!given && !stack)
    throw new CliError(
      'usage',
      `${id} has no FunctionName: --stack is needed to name it.`,
      'Give --stack NAME.',
    );
  const name = given ?? `${stack}-${id}`;
  const path = `ringfence-${id}${/\.(zip|jar)$/.exec(code)?.[0] ?? ''}`;
  const { environment, warnings } = await embed({
    input: join(dirname(template), code),
    output: join(dirname(template), path),
    identity: {
      ...{ cloud: 'aws', account, region, name },
      arch: readText(document, id, 'Architectures', 0) ?? 'x86_64',
      runtime: readText(document, id, 'Runtime'),
    },
    ...source,
  });
  return { name, path, environment, warnings };
}

/** Tags such as `!Sub` are unknown to the parser and stay as they are. */
function parseTemplate(path: string, text: string): Document {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new CliError('usage', `${path} is not YAML: ${error.message}`);
  if (!isMap(document.get('Resources')))
    throw new CliError('usage', `${path} is no template: it has no Resources.`);
  return document;
}

/** The functions of a template: logical id, and the property that names the code. */
function findFunctions(document: Document): [id: string, codeProperty: string][] {
  const resources = document.get('Resources');
  const keys = isMap(resources) ? resources.items.map(({ key }) => String(key)) : [];
  return keys.flatMap((id): [string, string][] => {
    const codeProperty = codeProperties[String(document.getIn(['Resources', id, 'Type']))];
    return codeProperty ? [[id, codeProperty]] : [];
  });
}

/** A property that is plain text, from the function or from `Globals`; undefined for one that is computed at deployment. */
function readText(document: Document, id: string, ...property: (string | number)[]): string | undefined {
  for (const place of [
    ['Resources', id, 'Properties'],
    ['Globals', 'Function'],
  ]) {
    const node = document.getIn([...place, ...property], true);
    if (node === undefined) continue;
    return isScalar(node) && typeof node.value === 'string' && !node.tag?.startsWith('!')
      ? node.value
      : undefined;
  }
  return undefined;
}
