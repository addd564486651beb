import { accessLevel } from '../iam/actions.ts';
import { isEveryResource } from '../iam/every-resource.ts';
import { leastPrivilege } from '../least/least-privilege.ts';
import { narrowerTemplates } from '../least/policy-template.ts';
import type { Surplus } from '../least/surplus.ts';
import type { Uneven } from '../least/uneven.ts';
import { inList } from '../template/in-list.ts';
import { defineCheck, type Problem } from './check.ts';
import { codeAndPolicy } from './example-templates.ts';
import { limitable } from './limitable.ts';
import { listActions as list, neededOf, shortArn } from './surplus-in-words.ts';
import { withoutTold } from './told-elsewhere.ts';

function describe(surplus: Surplus): string {
  const {
    statement,
    needs,
    unusedActions,
    broadActions,
    unusedResources,
    broadResources,
    heldBeside,
    seenBy,
  } = surplus;
  if (seenBy)
    return `Nothing is known to need ${list(unusedActions)}, and in ${seenBy.days} days of ${seenBy.source} nothing used it; not all of the code could be followed.`;
  if (needs.length === 0)
    return `Nothing needs ${statement.exceptActions ? 'all but ' : ''}${list(statement.exceptActions ? statement.actions : unusedActions)} on ${list(statement.resources.map(shortArn))}.`;
  return [
    unusedActions.length > 0 && `Nothing needs ${list(unusedActions)}.`,
    broadActions.length > 0 &&
      `${statement.exceptActions ? `All but ${list(broadActions)}` : list(broadActions)} is allowed, and only ${neededOf([surplus], statement.exceptActions ? ['*'] : broadActions)} is needed.`,
    unusedResources.length > 0 && `Nothing is done with ${list(unusedResources.map(shortArn))}.`,
    broadResources.length > 0 &&
      `${list(broadResources.map(shortArn))} stands for more than what is needed${heldBeside.length === 0 ? '' : `: for ${inList(heldBeside)}, too`}.`,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

/** The functions, where one statement is for several roles, of which the finding is about the first. */
const whose = ({ roles, functions }: Surplus): string =>
  roles.length > 1 ? `${inList(functions.map(({ id }) => id))}: ` : '';

function describePolicy(name: string, surplus: Surplus, policy: readonly Surplus[]): string {
  const narrower = narrowerTemplates(name, policy);
  const instead = narrower.length > 0 ? ` ${narrower.join(' and ')} would do.` : '';
  return `${name.slice(name.lastIndexOf('/') + 1)} has more than is needed. ${describe(surplus)}${instead}`;
}

/** What only reads, and not what other applications have, is worth less to who takes the function over. */
async function isReading({ statement, unusedActions, broadActions, heldBeside }: Surplus): Promise<boolean> {
  const actions = [...unusedActions, ...broadActions, ...(heldBeside.length > 0 ? statement.actions : [])];
  const isOnEvery = statement.readyMade === undefined && statement.resources.some(isEveryResource);
  if (isOnEvery && (await limitable(actions)).length > 0) return false;
  return onlyRead(actions);
}

async function onlyRead(actions: readonly string[]): Promise<boolean> {
  const levels = await Promise.all(actions.map(accessLevel));
  return levels.every((level) => level === 'Read' || level === 'List');
}

/** What one function does not need of what is written for several. */
async function describeUneven({ statement, node, actions }: Uneven): Promise<Problem> {
  const { resources, actionPlace } = statement;
  return {
    subject: node.id,
    key: JSON.stringify([actions, resources]),
    severity: (await onlyRead(actions)) ? 'low' : 'medium',
    message: `Nothing in ${node.id} needs ${list(actions)} on ${list(resources.map(shortArn))}, which a statement for several functions allows.`,
    place: actionPlace,
  };
}

export const unusedPermission = defineCheck({
  id: 'unused-permission',
  title: 'A role allows what the code does not do',
  severity: 'medium',
  why: 'Whoever gets code to run in the function has all that its role allows.',
  advice: 'Allow what the code needs and nothing else.',
  references: ['CWE-250', 'CWE-272', 'OWASP SAS-4'],
  async find(graph) {
    const { surpluses, uneven, fixOf, policyOf } = leastPrivilege(graph);
    const found = new Map<string, Problem>();
    for (const whole of surpluses) {
      const surplus = await withoutTold(whole, graph);
      if (!surplus) continue;
      const { statement, roles, functions } = surplus;
      const [role] = roles;
      const [user, ...others] = functions;
      if (!role || !user) continue;
      // What happens once a year is not seen: whether it may be taken away, only its owner knows.
      const fix = surplus.seenBy ? undefined : fixOf(role, statement);
      const subject = others.length === 0 ? user.id : role.resource.id;
      const { readyMade, actions, resources } = statement;
      // A ready-made policy is taken or left as a whole; a template of SAM may be taken for several resources.
      const [first] = policyOf(statement);
      const about = readyMade?.includes(':policy/') ? [] : (first?.statement.resources ?? []);
      const key = JSON.stringify(readyMade === undefined ? [actions, resources] : [readyMade, ...about]);
      const text =
        readyMade === undefined ? describe(surplus) : describePolicy(readyMade, surplus, policyOf(statement));
      const severity = surplus.seenBy || (await isReading(surplus)) ? 'low' : 'medium';
      const before = found.get(`${subject} ${key}`);
      if (before?.severity === 'medium' || (before && severity === 'low')) continue;
      found.set(`${subject} ${key}`, {
        subject,
        key,
        severity,
        message: whose(surplus) + text,
        place: statement.actionPlace,
        ...(fix && { fix }),
      });
    }
    return [...found.values(), ...(await Promise.all(uneven.map(describeUneven)))];
  },
  passing: codeAndPolicy('dynamodb:GetItem'),
  failing: codeAndPolicy('[dynamodb:GetItem, dynamodb:DeleteItem]'),
});
