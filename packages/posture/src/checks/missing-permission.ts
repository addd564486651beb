import type { Deficit } from '../least/deficit.ts';
import { leastPrivilege } from '../least/least-privilege.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';
import { codeAndPolicy } from './example-templates.ts';

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

export const missingPermission = defineCheck({
  id: 'missing-permission',
  title: 'The code does what its role does not allow',
  severity: 'medium',
  why: 'The call fails as soon as the function gets there; in a hurry, such failures are repaired with a wildcard.',
  advice: 'Allow the action on the resources that the code names.',
  references: ['CWE-280', 'OWASP SAS-4'],
  find(graph) {
    const { deficits, fixOf } = leastPrivilege(graph);
    return groupDeficits(deficits).map(({ node, role, actions, needs }) => {
      const fix = fixOf(role);
      const [first] = needs;
      const resources = [...new Set(needs.flatMap(({ resource }) => resource ?? []))];
      const on = resources.length === 0 ? '' : ` on ${resources.join(', ')}`;
      return {
        subject: node.id,
        key: actions.join(),
        message: `${node.id} needs ${actions.join(', ')}${on} (${first?.why}), which nothing allows.`,
        place: role.resource.place ?? placeIn(node.resource),
        more: needs.flatMap(({ location }) =>
          location
            ? [{ file: location.path, line: location.line ?? 1, column: location.column ?? 1, note: 'call' }]
            : [],
        ),
        ...(fix && { fix }),
      };
    });
  },
  passing: codeAndPolicy('dynamodb:GetItem'),
  failing: codeAndPolicy('dynamodb:PutItem'),
});
