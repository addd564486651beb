import { actionExists } from '../iam/actions.ts';
import { known } from '../template/substitution.ts';
import { defineCheck, type Problem } from './check.ts';
import { aRole } from './example-templates.ts';

export const unknownAction = defineCheck({
  id: 'unknown-action',
  title: 'A policy names an action that there is not',
  severity: 'low',
  why: 'A mistyped action allows nothing, so the code fails; in a Deny it denies nothing, so what should be closed is open.',
  advice: 'Correct the name, or remove it.',
  references: ['CWE-1164'],
  async find({ roles }) {
    const found: Problem[] = [];
    // Some policies of AWS name actions that are long gone.
    for (const { resource, statements } of roles.values())
      for (const { effect, actions, actionPlace, readyMade } of statements)
        for (const action of readyMade === undefined ? actions : []) {
          const name = known(action);
          if (name !== undefined && !(await actionExists(name)))
            found.push({
              subject: resource.id,
              key: name,
              severity: effect === 'Deny' ? 'high' : 'low',
              message: `AWS has no action ${name}.`,
              place: actionPlace,
            });
        }
    return found;
  },
  passing: aRole("Action: 'dynamodb:GetItem', Resource: !GetAtt Table.Arn"),
  failing: aRole("Action: 'dynamodb:GetItems', Resource: !GetAtt Table.Arn"),
});
