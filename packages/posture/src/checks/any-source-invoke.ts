import { ofType } from '../graph/build-graph.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';
import { aPermission } from './example-templates.ts';

/** Services whose events carry no name of their own account into the permission. */
const ofNobody = new Set(['elasticloadbalancing.amazonaws.com', 'alexa-appkit.amazon.com']);

export const anySourceInvoke = defineCheck({
  id: 'any-source-invoke',
  title: 'A service may invoke the function for any account',
  severity: 'medium',
  why: "A service acts for all its customers: without a source, a stranger's bucket or topic may send the function events of its own making.",
  advice: 'Add SourceArn, or SourceAccount where the source is not known yet.',
  inTerraform: 'Add source_arn, or source_account where the source is not known yet.',
  references: ['CWE-441', 'OWASP SAS-3'],
  find: (graph) =>
    ofType(graph, 'AWS::Lambda::Permission')
      .filter(({ properties: { Principal, SourceArn, SourceAccount, PrincipalOrgID } }) => {
        const isService = typeof Principal === 'string' && /\.amazon(aws)?\.com$/.test(Principal);
        return isService && !ofNobody.has(Principal) && !SourceArn && !SourceAccount && !PrincipalOrgID;
      })
      .map((resource) => ({
        subject: resource.id,
        // An API of a stranger calls the function past the authorizers of the project's own, but brings nothing of another service.
        severity: resource.properties.Principal === 'apigateway.amazonaws.com' ? 'low' : 'medium',
        message: `${String(resource.properties.Principal)} may invoke for any account.`,
        place: placeIn(resource, 'Principal'),
      })),
  passing: aPermission("Principal: s3.amazonaws.com\n      SourceArn: 'arn:aws:s3:::orders'"),
  failing: aPermission('Principal: s3.amazonaws.com'),
});
