import type { TemplateOptions } from '../cloudformation/read-template.ts';
import { PostureError } from '../posture-error.ts';
import type { Inventory } from '../resource.ts';
import { inList } from '../template/in-list.ts';
import { inWords } from '../template/place.ts';
import { known, literal } from '../template/substitution.ts';
import { ValueCount } from '../template/value-count.ts';
import { type Scope, withNames } from './evaluate/scope.ts';
import { isLazy } from './evaluate/values.ts';
import { findPlans } from './find-terraform.ts';
import { type TerraformResource, toCloudFormation } from './mapping/to-cloudformation.ts';
import { evaluateOr } from './module/evaluate-body.ts';
import { givenVariables } from './module/given-variables.ts';
import { type MadeResource, ModuleScope } from './module/module-scope.ts';
import { Project } from './module/project.ts';
import { readPlan } from './plan/read-plan.ts';
import { withPlaces } from './plan/written-places.ts';

const MOST_RESOURCES = 20_000;
/** Values of all resources, counting what locals repeat. */
const MOST_VALUES = 3_000_000;

function toTerraformResource({ id, type, values, block }: MadeResource, scope: Scope, project: Project) {
  const waits = block.body.attributes.get('depends_on')?.value;
  const all = waits ? evaluateOr(waits, scope, id) : [];
  const path = typeof values.filename === 'string' ? known(values.filename) : undefined;
  if (type === 'aws_lambda_function' && path !== undefined)
    values.filename = literal(project.pathFrom(block.at.file, path));
  const dependsOn = (Array.isArray(all) ? all : []).filter(isLazy).map(({ name }) => name);
  return { id, type, values, dependsOn, place: block.at } satisfies TerraformResource;
}

/**
 * Reads the configuration in a folder, with the modules that lie in `root` or that `terraform init` has fetched. Rejects with a
 * `PostureError` that names file, line and column.
 */
export async function readTerraform(
  folder: string,
  { parameters = {} }: TemplateOptions = {},
  root = folder,
): Promise<Inventory> {
  const project = new Project(folder, root);
  const plans = findPlans(folder);
  project.readsKnownModules = plans.length === 0;
  const files = await project.load();
  const plainScope = withNames(new ModuleScope(project, files, '', () => undefined), new Map());
  const variables = await givenVariables(project, parameters, plainScope);
  const scope = new ModuleScope(project, files, '', (name) => variables.get(name));
  const resources: TerraformResource[] = [];
  const count = new ValueCount();
  let left = MOST_VALUES;
  for (const resource of scope.resources()) {
    if (resources.length >= MOST_RESOURCES)
      throw new PostureError(`${folder} makes more than ${MOST_RESOURCES} resources; read it in parts`);
    left -= count.of(resource.values);
    if (left < 0)
      throw new PostureError(
        `${inWords(resource.block.at)}: the resources have more than ${MOST_VALUES} values, counting what locals repeat; split the configuration`,
      );
    resources.push(toTerraformResource(resource, scope, project));
  }
  const notes = project.notes;
  // What a plan beside has more, such as modules from elsewhere.
  const own = new Set(resources.map(({ id }) => id));
  for (const plan of plans) {
    const planned = readPlan(plan, root, own);
    resources.push(...(await withPlaces(planned.resources, folder, root)));
    notes.push(...planned.notes);
    for (const prefix of project.missing.keys())
      if (planned.resources.some(({ id }) => id.startsWith(prefix))) project.missing.delete(prefix);
  }
  notes.push(...project.missing.values());
  if (project.known.length > 0)
    notes.push(
      `${inList(project.known)} of the registry: not here, so read by the arguments; run terraform init, or give the plan as JSON, for all that is made of them`,
    );
  return { resources: toCloudFormation(resources), notes: [...new Set(notes)] };
}
