import { leastPrivilege } from '../least/least-privilege.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';
import { codeAndPolicy } from './example-templates.ts';

export const missingPermission = defineCheck({
  id: 'missing-permission',
  title: 'The code does what its role does not allow',
  severity: 'medium',
  why: 'The call fails as soon as the function gets there; in a hurry, such failures are repaired with a wildcard.',
  advice: 'Allow the action on the resources that the code names.',
  references: ['CWE-280', 'OWASP SAS-4'],
  find(graph) {
    const { deficits, fixOf } = leastPrivilege(graph);
    return deficits.map(({ node, role, action, needs }) => {
      const fix = fixOf(role);
      const [first] = needs;
      const resources = [...new Set(needs.flatMap(({ resource }) => resource ?? []))];
      const on = resources.length === 0 ? '' : ` on ${resources.join(', ')}`;
      return {
        subject: node.id,
        key: action,
        message: `${node.id} needs ${action}${on} (${first?.why}), which nothing allows.`,
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
