import { isMembers, listOf, type Members, membersOf } from '../graph/json.ts';
import { notePlace, type Place, placeOf } from '../template/place.ts';

/** A configuration of the Serverless Framework whose variables are filled in. */
export interface Service {
  /** The service's file, as places name it. */
  file: string;
  name: unknown;
  stage: string;
  provider: Members;
  functions: Members;
  plugins: readonly unknown[];
  config: Members;
}

/** A resource as a template has it, before its intrinsic functions are resolved. */
export interface Made {
  id: string;
  /** What the configuration calls it, where that is not its id. */
  name?: string;
  type: string;
  properties: Members;
  place: Place | undefined;
}

/** A name as it stands in those of CloudFormation: `get-user` is `GetDashuser`. */
export const logicalName = (name: string): string => {
  const spelt = name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return (spelt.charAt(0).toUpperCase() + spelt.slice(1)).replaceAll(/[^A-Za-z0-9]/g, '');
};

export const functionId = (key: string): string => `${logicalName(key)}LambdaFunction`;

export const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

/** A destination by its ARN, or by a function of the service. */
export const destinationOf = (service: Service, value: unknown): unknown => {
  if (isMembers(value)) return 'arn' in value ? value.arn : value;
  return typeof value === 'string' && Object.hasOwn(service.functions, value)
    ? attribute(functionId(value), 'Arn')
    : value;
};

/** A mapping that may be written as a list of mappings. */
export const mergeList = (value: unknown): Members => {
  const parts = listOf(value).map(membersOf);
  const merged: Members = Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
  const members = parts.flatMap((part) =>
    Object.keys(part).flatMap((key): [string, Place][] => {
      const place = placeOf(part, key);
      return place ? [[key, place]] : [];
    }),
  );
  const own = placeOf(value) ?? placeOf(parts[0]);
  if (own) notePlace(merged, own, new Map(members));
  return merged;
};

/**
 * Members under their names of CloudFormation (`{ Runtime: 'runtime' }`), each from the first source that has it, and standing where
 * it does there. `values` are put instead of what the sources say; an undefined one leaves its member out.
 */
export function takeMembers(
  names: Readonly<Record<string, string>>,
  sources: readonly Members[],
  values: Members = {},
): Members {
  const members = new Map<string, Place>();
  const taken: Record<string, unknown> = {};
  for (const [name, own] of Object.entries(names)) {
    const source = sources.find((each) => each[own] !== undefined && each[own] !== null);
    if (source) taken[name] = source[own];
    const place = placeOf(source, own);
    if (place) members.set(name, place);
  }
  const all = Object.entries({ ...taken, ...values }).filter(([, value]) => value !== undefined);
  const object = Object.fromEntries(all);
  const own = placeOf(sources[0]);
  if (own) notePlace(object, own, members);
  return object;
}
