import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { readTemplate, type TemplateOptions } from './cloudformation/read-template.ts';
import type { Inventory } from './resource.ts';
import { readConfigCode } from './serverless/code/config-code.ts';
import { readService } from './serverless/read-service.ts';
import { isConfiguration } from './terraform/hcl/is-configuration.ts';
import { toCloudFormation } from './terraform/mapping/to-cloudformation.ts';
import { isPlan, readPlan } from './terraform/plan/read-plan.ts';
import { withPlaces } from './terraform/plan/written-places.ts';
import { readTerraform } from './terraform/read-terraform.ts';

/** Reads one of what `findTemplates` finds. Rejects with a `PostureError` for what can't be read. */
export async function readInventory(
  path: string,
  options: TemplateOptions,
  root: string,
): Promise<Inventory> {
  if (statSync(path).isDirectory()) return readTerraform(path, options, root);
  if (isConfiguration(path)) return readTerraform(dirname(path), options, root);
  if (/^serverless.*\.(ya?ml|json|[cm]?[jt]s)$/.test(basename(path)))
    return readService(path, options, root, await readConfigCode(path, root));
  if (path.endsWith('.json') && isPlan(path)) {
    const { resources, notes } = readPlan(path, root);
    return { resources: toCloudFormation(await withPlaces(resources, dirname(path), root)), notes };
  }
  return readTemplate(path, options, root);
}
