import { placeIn, type Resource } from '../resource.ts';
import { type Place, placeOf } from '../template/place.ts';
import { isMembers, listOf, type Members, membersOf, textsOf } from './json.ts';

/** One statement of a policy, of a role or of a resource. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  actions: string[];
  /** Whether `actions` are all but these. */
  exceptActions: boolean;
  resources: string[];
  exceptResources: boolean;
  /** `*`, or `Service:…`, `AWS:…`. */
  principals: string[];
  conditions: Members;
  /** The resource that the statement is written in. */
  owner: Resource;
  /** The policy whose statement it is, where the template's author has not written it: a managed policy's ARN, a policy template of SAM, what the Serverless Framework adds. */
  readyMade?: string;
  place?: Place;
  actionPlace?: Place;
  resourcePlace?: Place;
}

function principalsOf(principal: unknown): string[] {
  if (typeof principal === 'string') return [principal];
  return isMembers(principal)
    ? Object.entries(principal).flatMap(([kind, names]) =>
        textsOf(names).map((name) => (name === '*' ? '*' : `${kind}:${name}`)),
      )
    : [];
}

/** The statements of a policy document; what is none is left out. `readyMade`: as in `Statement`. */
export function readStatements(document: unknown, owner: Resource, readyMade?: string): Statement[] {
  return listOf(isMembers(document) ? document.Statement : undefined).flatMap((statement): Statement[] => {
    if (!isMembers(statement)) return [];
    const {
      Effect,
      Action,
      NotAction,
      Resource: On,
      NotResource,
      Principal,
      NotPrincipal,
      Condition,
    } = statement;
    const place = placeOf(statement) ?? owner.place;
    const named = placeOf(statement, Action === undefined ? 'NotAction' : 'Action') ?? place;
    // A list that another file has is to be mended there.
    const list = placeOf(Action ?? NotAction);
    const actionPlace = list && list.file !== named?.file ? list : named;
    const resourcePlace = placeOf(statement, On === undefined ? 'NotResource' : 'Resource') ?? place;
    return [
      {
        effect: Effect === 'Deny' ? 'Deny' : 'Allow',
        actions: textsOf(Action ?? NotAction),
        exceptActions: Action === undefined && NotAction !== undefined,
        resources: textsOf(On ?? NotResource),
        exceptResources: On === undefined && NotResource !== undefined,
        // All but some are everyone, as far as the world is concerned.
        principals: NotPrincipal === undefined ? principalsOf(Principal) : ['*'],
        conditions: isMembers(Condition) ? Condition : {},
        owner,
        ...(readyMade !== undefined && { readyMade }),
        ...(place && { place }),
        ...(actionPlace && { actionPlace }),
        ...(resourcePlace && { resourcePlace }),
      },
    ];
  });
}

/** The statements written in a role, a user or a group itself. */
export const inlineStatements = (resource: Resource): Statement[] =>
  listOf(resource.properties.Policies).flatMap((policy, index) => {
    const { PolicyDocument, ReadyMade } = membersOf(policy);
    const place = placeIn(resource, 'Policies', index);
    return readStatements(
      PolicyDocument,
      { ...resource, ...(place && { place }) },
      typeof ReadyMade === 'string' ? ReadyMade : undefined,
    );
  });
