import type { Severity } from '@ringfence/findings';
import { type Graph, ofType, type Role } from '../graph/build-graph.ts';
import { isTrue, membersOf } from '../graph/json.ts';
import { takesResources } from '../iam/actions.ts';
import { placeIn, type Resource } from '../resource.ts';
import { holesOf, referenceOf } from '../template/substitution.ts';
import { defineCheck, type Problem } from './check.ts';

const pool = (guests: boolean) => `
Resources:
  Identities:
    Type: AWS::Cognito::IdentityPool
    Properties: { AllowUnauthenticatedIdentities: ${guests} }`;

/** What pages of everyone send: how they are used. */
const telemetry = /^(rum|mobileanalytics|cognito-sync|cognito-identity|mobiletargeting|evidently):/i;

/** The role that strangers get. */
function guestRole(graph: Graph, { id }: Resource): Role | undefined {
  const attachment = ofType(graph, 'AWS::Cognito::IdentityPoolRoleAttachment').find(({ properties }) =>
    holesOf(String(properties.IdentityPoolId)).includes(id),
  );
  const role = membersOf(attachment?.properties.Roles).unauthenticated;
  return graph.roles.get(referenceOf(role)?.name ?? '');
}

async function judge(role: Role | undefined): Promise<{ severity: Severity; actions: string[] }> {
  const allowed = (role?.statements ?? []).filter(({ effect }) => effect === 'Allow');
  const actions = allowed.flatMap((statement) => (statement.exceptActions ? ['*'] : statement.actions));
  if (role && actions.every((action) => telemetry.test(action))) return { severity: 'low', actions };
  const broad = await Promise.all(
    allowed
      .filter(({ resources }) => resources.includes('*'))
      .flatMap((statement) => statement.actions)
      .map((action) => takesResources(action)),
  );
  const isWild = actions.some((action) => /^(\*|[a-z0-9-]+:\*)$/i.test(action) && !telemetry.test(action));
  return { severity: isWild || broad.includes(true) ? 'high' : 'medium', actions };
}

export const guestIdentities = defineCheck({
  id: 'guest-identities',
  title: 'Strangers get keys of the account',
  severity: 'medium',
  why: "An identity pool with guests hands AWS keys to whoever asks, and its id is in the page's code.",
  advice: 'Turn AllowUnauthenticatedIdentities off, or let the guest role do nothing but what the page must.',
  inTerraform:
    'Turn allow_unauthenticated_identities off, or let the guest role do nothing but what the page must.',
  references: ['CWE-306', 'OWASP SAS-2', 'AWS Security Hub Cognito.2'],
  async find(graph) {
    const found: Problem[] = [];
    for (const resource of ofType(graph, 'AWS::Cognito::IdentityPool')) {
      if (!isTrue(resource.properties.AllowUnauthenticatedIdentities)) continue;
      const { severity, actions } = await judge(guestRole(graph, resource));
      const may = actions.length > 0 ? `, who may ${[...new Set(actions)].slice(0, 6).join(', ')}` : '';
      found.push({
        subject: resource.id,
        severity,
        message: `${resource.id} takes guests${may}.`,
        place: placeIn(resource, 'AllowUnauthenticatedIdentities'),
      });
    }
    return found;
  },
  passing: pool(false),
  failing: pool(true),
});
