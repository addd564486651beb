import { ofType } from '../graph/build-graph.ts';
import type { Inventory, Resource } from '../resource.ts';
import type { Arns } from './arns.ts';

/** What a resource says of how it is encrypted. Policies say who may, and code may know a key by a variable. */
const saidOf = ({ type, properties }: Resource): string =>
  /^AWS::(IAM|KMS)::/.test(type)
    ? ''
    : JSON.stringify(type === 'AWS::Lambda::Function' ? [properties.KmsKeyArn] : properties);

/** Each function asks, and the answer looks at all resources. */
const known = new WeakMap<Inventory['resources'], string[]>();

/** The inventory's keys with which no resource is encrypted, so that services have no use for them in the function's name. */
export function idleKeys(inventory: Inventory, arns: Arns): string[] {
  const found = known.get(inventory.resources) ?? findIdleKeys(inventory, arns);
  known.set(inventory.resources, found);
  return found;
}

function findIdleKeys(inventory: Inventory, arns: Arns): string[] {
  const said = [...[...inventory.resources.values()].map(saidOf), JSON.stringify(inventory.exports ?? [])];
  const aliases = ofType(inventory, 'AWS::KMS::Alias');
  return ofType(inventory, 'AWS::KMS::Key').flatMap(({ id }) => {
    const own = aliases.filter(({ properties }) => isAbout(String(properties.TargetKeyId), id));
    const isUsed = said.some(
      (text) =>
        isAbout(text, id) ||
        own.some((alias) => isAbout(text, alias.id) || text.includes(String(alias.properties.AliasName))),
    );
    return isUsed ? [] : [arns.full(`\${${id}.Arn}`)];
  });
}

const isAbout = (text: string, id: string): boolean =>
  text.includes(`\${${id}}`) || text.includes(`\${${id}.`);
