import { ofType } from '../graph/build-graph.ts';
import { isTrue } from '../graph/json.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';
import { aPermission } from './example-templates.ts';

export const publicInvoke = defineCheck({
  id: 'public-invoke',
  title: 'Every account of AWS may invoke the function',
  severity: 'critical',
  why: 'A permission for everyone lets any account call the function directly, past the API and its authorizer.',
  advice: 'Name the account or the service, and with a service its SourceArn or SourceAccount.',
  inTerraform: 'Name the account or the service, and with a service its source_arn or source_account.',
  references: ['CWE-284', 'OWASP SAS-2', 'AWS Security Hub Lambda.1'],
  find: (graph) =>
    ofType(graph, 'AWS::Lambda::Permission')
      .filter(
        // What calls by the URL only is told with the URL.
        ({ properties }) =>
          properties.Principal === '*' &&
          properties.FunctionUrlAuthType === undefined &&
          !isTrue(properties.InvokedViaFunctionUrl),
      )
      .filter(
        ({ properties }) => !properties.SourceArn && !properties.SourceAccount && !properties.PrincipalOrgID,
      )
      .map((resource) => ({
        subject: resource.id,
        message: 'The principal is everyone.',
        place: placeIn(resource, 'Principal'),
      })),
  passing: aPermission("Principal: '123456789012'"),
  failing: aPermission("Principal: '*'"),
});
