import type { FunctionNode } from '../graph/build-graph.ts';
import type { Deficit } from '../least/deficit.ts';
import { leastPrivilege } from '../least/least-privilege.ts';
import { placeIn } from '../resource.ts';
import { inList } from '../template/in-list.ts';
import { inWords } from '../template/place.ts';
import { defineCheck } from './check.ts';
import { codeAndPolicy } from './example-templates.ts';
import { shortArn } from './surplus-in-words.ts';

/** What Lambda itself needs for one purpose is told at once. */
function groupDeficits(deficits: readonly Deficit[]) {
  const groups = new Map<string, Omit<Deficit, 'action'> & { actions: string[] }>();
  for (const { node, role, action, needs } of deficits) {
    const isOfCode = needs.some(({ location }) => location !== undefined);
    const key = JSON.stringify([
      node.id,
      isOfCode ? action : needs.map(({ why, resource }) => [why, resource]),
    ]);
    const group = groups.get(key);
    if (group) group.actions.push(action);
    else groups.set(key, { node, role, actions: [action], needs });
  }
  return [...groups.values()];
}

/** Of one role that is written for several functions, as a module does, it is told once what Lambda needs of each. */
function groupNodes(groups: ReturnType<typeof groupDeficits>) {
  const found = new Map<unknown, (typeof groups)[number] & { nodes: FunctionNode[] }>();
  for (const group of groups) {
    const { place } = group.role.resource;
    const [{ location, why, resource } = {}] = group.needs;
    const isOfLambda = place !== undefined && location === undefined;
    const key = isOfLambda ? JSON.stringify([inWords(place), group.actions, why, resource]) : group;
    const before = found.get(key);
    if (before) before.nodes.push(group.node);
    else found.set(key, { ...group, nodes: [group.node] });
  }
  return [...found.values()];
}

export const missingPermission = defineCheck({
  id: 'missing-permission',
  title: 'The code does what its role does not allow',
  severity: 'medium',
  why: 'The call fails as soon as the function gets there; in a hurry, such failures are repaired with a wildcard.',
  advice: 'Allow the action on the resources that the code names.',
  references: ['CWE-280', 'OWASP SAS-4'],
  find(graph) {
    const { deficits, fixOf } = leastPrivilege(graph);
    return groupNodes(groupDeficits(deficits)).map(({ node, nodes, role, actions, needs }) => {
      const fix = fixOf(role);
      const [first] = needs;
      const resources = [...new Set(needs.flatMap(({ resource }) => resource ?? []))];
      const on = resources.length === 0 ? '' : ` on ${resources.map(shortArn).join(', ')}`;
      const { place = placeIn(node.resource) } = role.resource;
      const isOne = nodes.length === 1;
      return {
        subject: isOne ? node.id : (place?.file ?? node.id),
        key: actions.join(),
        // Without its traces a function works all the same.
        ...(actions.every((action) => action.startsWith('xray:')) && { severity: 'low' as const }),
        message: `${inList(nodes.map(({ id }) => id))} need${isOne ? 's' : ''} ${actions.join(', ')}${on} (${first?.why}), which nothing allows.`,
        place,
        more: needs.flatMap(({ location }) =>
          location
            ? [{ file: location.path, line: location.line ?? 1, column: location.column ?? 1, note: 'call' }]
            : [],
        ),
        ...(fix && isOne && { fix }),
      };
    });
  },
  passing: codeAndPolicy('dynamodb:GetItem'),
  failing: codeAndPolicy('dynamodb:PutItem'),
});
