import type { Resource } from '../../resource.ts';
import { noteMember, type Place, placeOf } from '../../template/place.ts';
import { hole, referenceOf } from '../../template/substitution.ts';
import { isObject, textOf } from '../evaluate/values.ts';
import { types } from './all-types.ts';
import { mapProperties } from './map-properties.ts';
import type { Part, TypeMapping } from './type-mapping.ts';
import { pascal } from './words.ts';

/** A resource in Terraform's words: blocks as lists of their arguments. */
export interface TerraformResource {
  id: string;
  type: string;
  values: Record<string, unknown>;
  dependsOn: string[];
  place?: Place;
}

interface Mapped extends Resource {
  properties: Record<string, unknown>;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function translate({ id, type, values, dependsOn, place }: TerraformResource, mapping?: TypeMapping): Mapped {
  return {
    id,
    type: mapping
      ? mapping.type.replace(/\{(\w+)\}/, (_, name: string) => pascal(textOf(values[name])))
      : `Terraform::${type}`,
    properties: mapProperties(values, mapping?.properties, mapping?.unset),
    dependsOn,
    ...(place && { place }),
  };
}

/** The policy that is written in a resource, as one of its own. */
function ownPolicy({ id, values, place }: TerraformResource, { policy }: TypeMapping): Mapped[] {
  if (!policy || values[policy.argument] === undefined) return [];
  const properties = mapProperties(
    { of: hole(id), [policy.argument]: values[policy.argument] },
    { of: policy.of, [policy.argument]: `${policy.document ?? 'PolicyDocument'}{}` },
  );
  const at = placeOf(values, policy.argument) ?? place;
  return [{ id: `${id}/policy`, type: policy.type, properties, dependsOn: [], ...(at && { place: at }) }];
}

function mergeInto(target: Mapped, { at, value }: Part, part: Mapped, source: TerraformResource): void {
  const place = (value === undefined ? undefined : placeOf(source.values, value)) ?? source.place;
  const given = value === undefined ? part.properties : textOf(source.values[value]);
  if (at === '') {
    for (const [name, member] of Object.entries(part.properties)) {
      target.properties[name] = member;
      const own = placeOf(part.properties, name);
      if (own) noteMember(target.properties, name, own);
    }
    return;
  }
  const [name = ''] = at.split('[');
  const before = target.properties[name];
  if (at.endsWith('[]')) {
    const all = [...(Array.isArray(before) ? before : []), given];
    // A new list, as the old one stands where it is written.
    (Array.isArray(before) ? before : []).forEach((_, index) => {
      const own = placeOf(before, index);
      if (own) noteMember(all, index, own);
    });
    if (place) noteMember(all, all.length - 1, place);
    target.properties[name] = all;
  } else {
    target.properties[name] = isObject(before) && isObject(given) ? { ...before, ...given } : given;
  }
  if (place && before === undefined) noteMember(target.properties, name, place);
}

/** Finds what parts belong to: by a reference, or by arguments that agree. */
class Owners {
  readonly #resources: ReadonlyMap<string, Mapped>;
  readonly #byKey = new Map<string, Mapped>();

  constructor(sources: readonly TerraformResource[], resources: ReadonlyMap<string, Mapped>) {
    this.#resources = resources;
    const shared = new Map<string, readonly string[]>();
    for (const { into } of Object.values(types))
      if (into && typeof into.by !== 'string') shared.set(into.of, into.by);
    for (const source of sources) {
      const names = shared.get(source.type);
      const resource = resources.get(source.id);
      if (names && resource) this.#byKey.set(Owners.#keyOf(source, source.type, names), resource);
    }
  }

  static #keyOf({ values }: TerraformResource, type: string, names: readonly string[]): string {
    return JSON.stringify([type, ...names.map((name) => textOf(values[name]))]);
  }

  of(source: TerraformResource, { by, of }: Part): Mapped[] {
    if (typeof by !== 'string') {
      const found = this.#byKey.get(Owners.#keyOf(source, of, by));
      return found ? [found] : [];
    }
    return list(source.values[by]).flatMap((value) => {
      const found = this.#resources.get(referenceOf(textOf(value))?.name ?? '');
      return found ? [found] : [];
    });
  }
}

/** The resources in CloudFormation's words; those that are part of another are put there. */
export function toCloudFormation(sources: readonly TerraformResource[]): Map<string, Resource> {
  const resources = new Map<string, Mapped>();
  const parts: [TerraformResource, Part, Mapped][] = [];
  for (const source of sources) {
    const mapping = types[source.type];
    const resource = translate(source, mapping);
    if (mapping?.into) {
      parts.push([source, mapping.into, resource]);
      continue;
    }
    resources.set(source.id, resource);
    if (mapping) for (const policy of ownPolicy(source, mapping)) resources.set(policy.id, policy);
  }
  const owners = new Owners(sources, resources);
  for (const [source, part, resource] of parts)
    for (const owner of owners.of(source, part)) mergeInto(owner, part, resource, source);
  return resources;
}
