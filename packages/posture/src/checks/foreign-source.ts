import { accountOf, ownAccounts } from '../graph/own-accounts.ts';
import { holesOf } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';

const mapping = (account: string) => `${aFunction('Timeout: 30')}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Orders
      EventSourceArn: !Sub 'arn:aws:sqs:\${AWS::Region}:${account}:orders'`;

/** Of AWS itself: the news of its address ranges and price lists. */
const ofAws = new Set(['806199016981', '278350005181']);

export const foreignSource = defineCheck({
  id: 'foreign-source',
  title: 'Events come from another account',
  severity: 'low',
  why: 'Whoever runs that account decides what the function gets, so its events are to be trusted no more than those of strangers.',
  advice:
    'Make sure that the account is yours, write ${AWS::AccountId} where it is your own, and check what comes.',
  inTerraform:
    'Make sure that the account is yours, write data.aws_caller_identity where it is your own, and check what comes.',
  references: ['CWE-346', 'OWASP SAS-3'],
  find: (graph) => {
    const own = ownAccounts(graph);
    return [...graph.functions.values()].flatMap(({ id, triggers }) =>
      triggers.flatMap(({ kind, source = '', resource }) => {
        // A load balancer calls functions of its own account only.
        if (kind === 'ALB') return [];
        const account = accountOf(source) ?? (/^\d{12}$/.test(source) ? source : undefined);
        // What the template makes itself is of its own account, whatever number stands there.
        if (holesOf(source).some((name) => graph.resources.has(name.split('.')[0] ?? ''))) return [];
        if (account === undefined || own.has(account) || ofAws.has(account)) return [];
        return [
          {
            subject: id,
            key: source,
            message: `${source} starts ${id}, and is of the account ${account}.`,
            place: resource.place,
          },
        ];
      }),
    );
  },
  passing: mapping('${AWS::AccountId}'),
  failing: mapping('123456789012'),
});
