import { ofType } from '../graph/build-graph.ts';
import { membersOf, textsOf } from '../graph/json.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';

const cors = (origin: string) => `
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      FunctionUrlConfig:
        AuthType: AWS_IAM
        Cors: { AllowOrigins: ['${origin}'], AllowCredentials: true }`;

export const openCors = defineCheck({
  id: 'open-cors',
  title: 'Pages of any site may call with the credentials of who looks at them',
  severity: 'medium',
  why: 'AllowCredentials with every origin lets a page of a stranger act as the person who opens it.',
  advice: 'Name the origins, or leave AllowCredentials out.',
  references: ['CWE-942', 'OWASP SAS-3'],
  find: (graph) =>
    [
      ...ofType(graph, 'AWS::Lambda::Url').map((resource) => ({ resource, member: 'Cors' })),
      ...ofType(graph, 'AWS::ApiGatewayV2::Api').map((resource) => ({
        resource,
        member: 'CorsConfiguration',
      })),
    ].flatMap(({ resource, member }) => {
      const { AllowOrigins, AllowCredentials } = membersOf(resource.properties[member]);
      if (
        AllowCredentials !== true ||
        !textsOf(AllowOrigins).some((origin) => origin === '*' || /^https?:\/\/\*$/.test(origin))
      )
        return [];
      return [
        {
          subject: resource.id,
          message: 'Every origin is allowed, with credentials.',
          place: placeIn(resource, member),
        },
      ];
    }),
  passing: cors('https://shop.example'),
  failing: cors('*'),
});
