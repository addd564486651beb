import { ofType } from '../graph/build-graph.ts';
import { functionsIn } from '../graph/triggers.ts';
import { changeValue } from '../patch/fix.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';

const url = (auth: string) => `${aFunction('Timeout: 30')}
  Url:
    Type: AWS::Lambda::Url
    Properties: { AuthType: ${auth}, TargetFunctionArn: !Ref Orders }`;

export const functionUrlOpen = defineCheck({
  id: 'function-url-open',
  title: 'Anyone can call the function by its URL',
  severity: 'high',
  why: 'With AuthType NONE each call from the internet reaches the code, and the code alone decides who it is.',
  advice: 'Set AuthType to AWS_IAM, or put an API with an authorizer before the function.',
  inTerraform: 'Set authorization_type to AWS_IAM, or put an API with an authorizer before the function.',
  references: ['CWE-306', 'OWASP SAS-2', 'AWS Security Hub Lambda.1'],
  find: (graph) =>
    ofType(graph, 'AWS::Lambda::Url')
      .filter(({ properties: { AuthType = 'NONE' } }) => AuthType === 'NONE')
      .map((resource) => {
        // Its function may be of a module or a stack that is not read.
        const [subject = resource.id] = functionsIn(resource.properties.TargetFunctionArn, graph.resources);
        const place = placeIn(resource, 'AuthType');
        const fix = changeValue(place, 'NONE', 'AWS_IAM');
        return {
          subject,
          message: `The URL of ${subject} has no authentication.`,
          place,
          ...(fix && { fix }),
        };
      }),
  passing: url('AWS_IAM'),
  failing: url('NONE'),
});
