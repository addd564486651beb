import { ofType } from '../graph/build-graph.ts';
import { holesOf } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { tellOnce } from './tell-once.ts';

const stage = (more: string) => `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: orders } }
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties: { RestApiId: !Ref Api, StageName: live }${more}`;

export const noWebFirewall = defineCheck({
  id: 'no-web-firewall',
  title: 'No firewall stands before the API',
  severity: 'info',
  why: 'What is known to be an attack reaches the functions; they alone, or the rules of WAAS in them, can turn it down.',
  advice: 'Associate a web ACL of AWS WAF with the stage, or give the functions rules of WAAS.',
  references: ['CWE-693', 'OWASP SAS-1', 'AWS Security Hub APIGateway.4'],
  find: (graph) => {
    const guarded = ofType(graph, 'AWS::WAFv2::WebACLAssociation').flatMap(({ properties }) =>
      holesOf(String(properties.ResourceArn)).map((name) => name.split('.')[0]),
    );
    return tellOnce(
      // An HTTP API can't have one.
      ofType(graph, 'AWS::ApiGateway::Stage').filter(
        ({ id, properties }) =>
          !guarded.includes(id) &&
          !holesOf(String(properties.RestApiId)).some((api) => guarded.includes(api)),
      ),
      (names) => `${names}: no web ACL.`,
    );
  },
  passing: stage(`
  Firewall:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      WebACLArn: !GetAtt Acl.Arn
      ResourceArn: !Sub 'arn:aws:apigateway:\${AWS::Region}::/restapis/\${Api}/stages/\${Stage}'`),
  failing: stage(''),
});
