import { compareSeverity, type Severity } from '@ringfence/findings';
import type { Role } from '../graph/build-graph.ts';
import { textsOf } from '../graph/json.ts';
import type { Statement } from '../graph/statements.ts';
import { allowing, breadthOf } from '../iam/allowed.ts';
import { type Escalation, escalations } from '../iam/escalations.ts';
import { referenceOf } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { aFunctionWithRole } from './example-templates.ts';

/** Ways that a message names. */
const MOST_NAMED = 4;

interface Way {
  escalation: Escalation;
  severity: Severity;
  statement: Statement;
}

/** Resources that hold data or messages, and have no rights that anything could be done to. */
const ofData = /^arn:[^:]*:(s3|dynamodb|sqs|sns|kinesis|logs|secretsmanager):/;

/** How far the statement goes with what changes rights or takes them: only part of what there is, or a resource of its own. */
function severityOf(statement: Statement, role: Role, { severity }: Escalation): Severity | undefined {
  if (statement.exceptResources) return severity;
  const own = new Set([role.resource.id, ...role.statements.map(({ owner }) => owner.id)]);
  const breadths = statement.resources
    .filter((resource) => !ofData.test(resource))
    .map((resource) => (own.has(referenceOf(resource)?.name ?? '') ? 'all' : breadthOf(resource)));
  if (breadths.includes('all')) return severity;
  // With a prefix of names the rights of other roles are in reach only where they are called alike.
  return breadths.includes('many') ? 'medium' : undefined;
}

/** Whether the conditions leave the way open: the one that is usual says to whom a role may be passed. */
function isOpen({ conditions }: Statement, { passedTo }: Escalation): boolean {
  const tests = Object.values(conditions).flatMap((test) => Object.entries(test as object));
  return tests.every(
    ([key, values]) =>
      passedTo !== undefined &&
      key.toLowerCase() === 'iam:passedtoservice' &&
      textsOf(values).some((value) => value === passedTo || value.includes('*')),
  );
}

function findWay(role: Role, escalation: Escalation): Way | undefined {
  const [first = '', ...others] = escalation.actions;
  if (others.some((action) => allowing(role, action).length === 0)) return undefined;
  for (const statement of allowing(role, first)) {
    const severity = isOpen(statement, escalation) ? severityOf(statement, role, escalation) : undefined;
    if (severity) return { escalation, severity, statement };
  }
  return undefined;
}

const isAdministrator = (role: Role) =>
  allowing(role, 'iam:PutRolePolicy').some(({ actions }) => actions.includes('*'));

const inWords = ({ escalation: { way, actions } }: Way) => `${way} (${actions.join(' and ')})`;

export const privilegeEscalation = defineCheck({
  id: 'privilege-escalation',
  title: 'A function can give itself more rights than its role has',
  severity: 'high',
  why: 'Whoever gets code to run in the function then has the account, or the rights of its other roles, and not only what this role was meant for.',
  advice:
    'Take the action out, or name the one role, policy or function that it is meant for; with iam:PassRole add a condition iam:PassedToService.',
  references: ['CWE-269', 'OWASP SAS-4'],
  find: ({ functions }) => {
    const roles = new Set([...functions.values()].flatMap(({ role }) => (role ? [role] : [])));
    return [...roles].flatMap((role) => {
      // Who has everything needs no way to it, and is told by other checks.
      if (isAdministrator(role)) return [];
      const ways = escalations.flatMap((escalation) => findWay(role, escalation) ?? []);
      const [worst] = ways.toSorted((a, b) => compareSeverity(a.severity, b.severity));
      if (!worst) return [];
      const more = ways.length - MOST_NAMED;
      return [
        {
          subject: role.resource.id,
          key: ways.map(({ escalation }) => escalation.actions.join('+')).join(),
          severity: worst.severity,
          message: `Whoever has ${role.resource.id} can ${ways.slice(0, MOST_NAMED).map(inWords).join(', ')}${more > 0 ? `, and has ${more} more ways` : ''}.`,
          place: worst.statement.actionPlace,
        },
      ];
    });
  },
  passing: aFunctionWithRole(
    "Action: 'iam:PassRole', Resource: !Sub 'arn:aws:iam::${AWS::AccountId}:role/resize'",
  ),
  failing: aFunctionWithRole("Action: ['lambda:CreateFunction', 'iam:PassRole'], Resource: '*'"),
});
