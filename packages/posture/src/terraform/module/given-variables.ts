import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostureError } from '../../posture-error.ts';
import { literal } from '../../template/substitution.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Scope } from '../evaluate/scope.ts';
import { parseHcl } from '../hcl/parse-hcl.ts';
import { evaluateOr } from './evaluate-body.ts';
import type { Project } from './project.ts';

/** Texts of JSON are what they are, without anything to be put in. */
const ofJson = (value: unknown): unknown =>
  typeof value === 'string'
    ? literal(value)
    : Array.isArray(value)
      ? value.map(ofJson)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, ofJson(member)]))
        : value;

/** A value on the command line or in the environment: lists and maps are written as in a configuration. */
async function ofText(text: string, name: string, scope: Scope): Promise<unknown> {
  if (!/^\s*[[{]/.test(text)) return literal(text);
  const value = (await parseHcl(`value = ${text}\n`, `value of ${name}`)).attributes.get('value')?.value;
  return value && evaluate(value, scope);
}

async function ofFile(file: string, project: Project, scope: Scope): Promise<[string, unknown][]> {
  if (!file.endsWith('.json'))
    return [...(await project.parseFile(file)).attributes].map(([name, { value }]) => [
      name,
      evaluateOr(value, scope, `var.${name}`),
    ]);
  try {
    return Object.entries(ofJson(JSON.parse(readFileSync(file, 'utf8'))) as Record<string, unknown>);
  } catch (error) {
    throw new PostureError(`${file} is no JSON: ${(error as Error).message}`);
  }
}

/**
 * The values that the root module's variables are given. As in Terraform, the later wins: TF_VAR_…, terraform.tfvars, terraform.tfvars.json,
 * *.auto.tfvars and *.auto.tfvars.json in the order of their names, then `parameters`.
 */
export async function givenVariables(
  project: Project,
  parameters: Readonly<Record<string, string>>,
  scope: Scope,
): Promise<ReadonlyMap<string, unknown>> {
  const given = new Map<string, unknown>();
  for (const [key, text] of Object.entries(process.env)) {
    const [, name] = /^TF_VAR_(.+)$/.exec(key) ?? [];
    if (name !== undefined && text !== undefined) given.set(name, await ofText(text, name, scope));
  }
  const automatic = readdirSync(project.folder).filter((name) => /\.auto\.tfvars(\.json)?$/.test(name));
  for (const name of ['terraform.tfvars', 'terraform.tfvars.json', ...automatic.sort()]) {
    const file = join(project.folder, name);
    if (!existsSync(file)) continue;
    for (const [variable, value] of await ofFile(file, project, scope)) given.set(variable, value);
  }
  for (const [name, text] of Object.entries(parameters)) given.set(name, await ofText(text, name, scope));
  return given;
}
