import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PostureError } from './posture-error.ts';
import { composedFolders } from './serverless/compose.ts';
import { templatesWithin } from './templates-within.ts';
import { findPlans, findTerraform } from './terraform/find-terraform.ts';

const names = [
  ...['template.yaml', 'template.yml', 'template.json', 'sam.yaml', 'sam.yml'],
  ...['cloudformation.yaml', 'cloudformation.yml', 'cloudformation.json'],
  ...['serverless.yml', 'serverless.yaml', 'serverless.json'],
];
/** Services that are code; what `serverless package` has made of them is more than can be told without running it. */
const codeNames = ['serverless.ts', 'serverless.js', 'serverless.cjs', 'serverless.mjs'];
const packaged = join('.serverless', 'cloudformation-template-update-stack.json');

const isFile = (path: string) => existsSync(path) && !statSync(path).isDirectory();

/** Of a service that is code, what has been packaged of it, where that lies there. */
const packagedOf = (path: string): string => {
  const made = join(dirname(path), packaged);
  return codeNames.includes(basename(path)) && isFile(made) ? made : path;
};

/** The file of the service in a folder; none where there is none. */
const serviceIn = (folder: string): string[] =>
  [...names.filter((name) => name.startsWith('serverless.')), ...codeNames]
    .map((name) => join(folder, name))
    .filter(isFile)
    .slice(0, 1)
    .map(packagedOf);

/** What the CDK has written, those of its stages included; nested stacks are read with those around them. */
const synthesisedIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('assembly-') ? synthesisedIn(path) : [];
    return entry.name.endsWith('.template.json') && !entry.name.endsWith('.nested.template.json')
      ? [path]
      : [];
  });

/**
 * The templates of a project's folder, those that the CDK has written included, and the folders of Terraform and plans in it; of a file, itself.
 * Throws a `PostureError` where there is none.
 */
export function findTemplates(path: string): string[] {
  if (!existsSync(path)) throw new PostureError(`${path} is not there; name a template or a folder with one`);
  if (!statSync(path).isDirectory()) return [path];
  const own = names.map((name) => join(path, name)).filter(isFile);
  const synthesised = join(path, 'cdk.out');
  const written = synthesisedIn(existsSync(synthesised) ? synthesised : path);
  const configurations = findTerraform(path);
  // A plan beside .tf files is read with these.
  const plans = configurations.includes(path) ? [] : findPlans(path);
  const made = codeNames
    .map((name) => join(path, name))
    .filter(isFile)
    .slice(0, 1)
    .map(packagedOf);
  const named = [...own, ...written, ...made, ...configurations, ...plans];
  const within = () => [
    ...templatesWithin(path).map(packagedOf),
    ...composedFolders(path).flatMap(serviceIn),
  ];
  const found = named.length > 0 ? named : [...new Set(within())];
  if (found.length === 0)
    throw new PostureError(
      `${path} has no template: neither ${names.join(', ')} nor cdk.out/*.template.json nor *.tf nor a plan as JSON; name the file, or run cdk synth first`,
    );
  return found;
}
