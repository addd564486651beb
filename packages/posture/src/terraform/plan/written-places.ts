import { readdirSync } from 'node:fs';
import { PostureError } from '../../posture-error.ts';
import { notePlace, type Place } from '../../template/place.ts';
import { known, literal } from '../../template/substitution.ts';
import { isConfiguration } from '../hcl/is-configuration.ts';
import type { Block } from '../hcl/syntax.ts';
import type { TerraformResource } from '../mapping/to-cloudformation.ts';
import { type ModuleFiles, Project } from '../module/project.ts';

/** The blocks of resources and of calls of modules, by ids without the keys of instances. */
function blocksOf({ blocks, calls }: ModuleFiles, prefix = ''): Map<string, Block> {
  const found = new Map<string, Block>();
  for (const block of blocks) {
    const [first = '', second = ''] = block.labels;
    if (block.type === 'resource') found.set(`${prefix}${first}/${second}`, block);
    if (block.type !== 'module') continue;
    const id = `${prefix}module/${first}`;
    found.set(id, block);
    const files = calls.get(block);
    if (files) for (const [inner, each] of blocksOf(files, `${id}/`)) found.set(inner, each);
  }
  return found;
}

/** The block of a resource, or else that of the innermost module around it that is written. */
function blockFor(id: string, blocks: ReadonlyMap<string, Block>): Block | undefined {
  const name = id.replace(/\[[^\]]*\]/g, '');
  const calls = [...name.matchAll(/(?<=^|\/)module\/[^/]+(?=\/)/g)].map(({ index, 0: { length } }) =>
    name.slice(0, index + length),
  );
  return [name, ...calls.reverse()].map((each) => blocks.get(each)).find((block) => block !== undefined);
}

/** Says of a plan's resources where they are written, by the .tf files in the folder; as they are where there are none. */
export async function withPlaces(
  resources: readonly TerraformResource[],
  folder: string,
  root: string,
): Promise<TerraformResource[]> {
  if (!readdirSync(folder).some(isConfiguration)) return [...resources];
  const project = new Project(folder, root);
  let blocks: Map<string, Block>;
  try {
    blocks = blocksOf(await project.load());
  } catch (error) {
    // The plan tells without them.
    if (error instanceof PostureError) return [...resources];
    throw error;
  }
  return resources.map((resource) => {
    const block = blockFor(resource.id, blocks);
    if (!block) return resource;
    const { values } = resource;
    const isOwn = block.type === 'resource';
    const members = [...(isOwn ? block.body.attributes : [])].map(([name, { at }]): [string, Place] => [
      name,
      at,
    ]);
    const inner = (isOwn ? block.body.blocks : []).map(({ type, at }): [string, Place] => [type, at]);
    notePlace(values, block.at, new Map([...inner.reverse(), ...members]));
    const path = typeof values.filename === 'string' ? known(values.filename) : undefined;
    if (path !== undefined) values.filename = literal(project.pathFrom(block.at.file, path));
    return { ...resource, place: block.at };
  });
}
