import { ofType } from '../graph/build-graph.ts';
import { isTrue, listOf, membersOf, textsOf } from '../graph/json.ts';
import { placeIn, type Resource } from '../resource.ts';
import { holesOf } from '../template/substitution.ts';
import { defineCheck } from './check.ts';

const client = (writable: string) => `
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties:
      Schema: [{ Name: role, AttributeDataType: String, Mutable: true }]
  Web:
    Type: AWS::Cognito::UserPoolClient
    Properties: { UserPoolId: !Ref Pool, WriteAttributes: [${writable}] }`;

/** Attributes by which code tends to decide what somebody may do, or whose data they get. */
const privilege =
  /^custom:(is[_-]?)?(roles?|admin|administrator|superuser|staff|groups?|permissions?|privileges?|scopes?|access[_-]?level|(user|account)[_-]?type|tier|plan|subscription|tenant|(tenant|org|organi[sz]ation|company|customer|account)[_-]?id|approved|verified|credits?|balance)$/i;

/** The attributes of their own that people may change. */
const mutableOf = (pool: Resource | undefined): string[] =>
  listOf(pool?.properties.Schema)
    .map(membersOf)
    .filter(
      ({ Mutable = true, DeveloperOnlyAttribute }) => isTrue(Mutable) && !isTrue(DeveloperOnlyAttribute),
    )
    .map(({ Name }) => `custom:${String(Name).replace(/^custom:/, '')}`);

export const clientWritablePrivilege = defineCheck({
  id: 'client-writable-privilege',
  title: 'People can give themselves a role',
  severity: 'high',
  why: 'Whoever has logged in may set the attribute with one call of UpdateUserAttributes, and the next token says what they like.',
  advice:
    'Leave the attribute out of WriteAttributes (all are in it when there is no list) and set it with AdminUpdateUserAttributes, or use groups of the user pool.',
  inTerraform:
    'Leave the attribute out of write_attributes (all are in it when there is no list) and set it with AdminUpdateUserAttributes, or use groups of the user pool.',
  references: ['CWE-269', 'CWE-915', 'OWASP SAS-2'],
  find: (graph) =>
    ofType(graph, 'AWS::Cognito::UserPoolClient').flatMap((resource) => {
      const { UserPoolId, WriteAttributes } = resource.properties;
      const [poolId = ''] = holesOf(String(UserPoolId)).map((name) => name.split('.')[0]);
      const mutable = mutableOf(graph.resources.get(poolId));
      const writable = WriteAttributes === undefined ? mutable : textsOf(WriteAttributes);
      const pool = graph.resources.has(poolId);
      return (
        writable
          .filter((name) => privilege.test(name))
          // An attribute that the pool says can't change stays as it is at the first login.
          .filter((name) => !pool || mutable.includes(name))
          .map((name) => ({
            subject: resource.id,
            key: name,
            message: `Clients of ${resource.id} may write ${name}.`,
            place: placeIn(resource, 'WriteAttributes'),
          }))
      );
    }),
  passing: client('email'),
  failing: client("email, 'custom:role'"),
});
