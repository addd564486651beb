import { textsOf } from '../graph/json.ts';
import { accountOf, ownAccounts } from '../graph/own-accounts.ts';
import { isPublisher } from '../iam/layer-publishers.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';

const layer = (account: string, name: string) =>
  aFunction(`Layers: ['arn:aws:lambda:eu-west-1:${account}:layer:${name}:3']`);

export const foreignLayer = defineCheck({
  id: 'foreign-layer',
  title: 'A layer comes from an account that is not known',
  severity: 'medium',
  why: "A layer's code runs in the function before its own, with its role and secrets, and who has made it is anybody's guess.",
  advice: 'Publish the layer in your own account, from sources that you have looked at.',
  references: ['CWE-829', 'OWASP SAS-6'],
  find: (graph) => {
    const own = ownAccounts(graph);
    return [...graph.functions.values()].flatMap(({ id, resource }) =>
      textsOf(resource.properties.Layers).flatMap((arn, index) => {
        const account = accountOf(arn);
        if (account === undefined || own.has(account) || isPublisher(account)) return [];
        return [
          {
            subject: id,
            key: arn.replace(/:\d+$/, ''),
            message: `${arn} is of the account ${account}, which is neither known to be yours nor a publisher's.`,
            place: placeIn(resource, 'Layers', index),
          },
        ];
      }),
    );
  },
  passing: layer('580247275435', 'LambdaInsightsExtension'),
  failing: layer('123456789012', 'numpy'),
});
