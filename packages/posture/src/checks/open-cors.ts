import { ofType } from '../graph/build-graph.ts';
import { isTrue, membersOf, textsOf } from '../graph/json.ts';
import { functionsIn } from '../graph/triggers.ts';
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

/** Where each kind of endpoint has its CORS; REST APIs only those of SAM. */
const places: Readonly<Record<string, string>> = {
  'AWS::Lambda::Url': 'Cors',
  'AWS::ApiGatewayV2::Api': 'CorsConfiguration',
  'AWS::ApiGateway::RestApi': 'Cors',
  // A route of the Serverless Framework.
  'Ringfence::Trigger': 'Cors',
};

/** SAM has the value of the header, quotes included. */
const everyone = /^'?(\*|https?:\/\/\*)'?$/;

export const openCors = defineCheck({
  id: 'open-cors',
  title: 'Pages of any site may call',
  severity: 'medium',
  why: 'A page of a stranger can call from the browser of whoever opens it; with AllowCredentials it acts as that person.',
  advice: 'Name the origins, or leave AllowCredentials out.',
  inTerraform: 'Name the origins, or leave allow_credentials out.',
  references: ['CWE-942', 'OWASP SAS-3'],
  find: (graph) =>
    Object.entries(places).flatMap(([type, member]) =>
      ofType(graph, type).flatMap((resource) => {
        const { AllowOrigins, AllowOrigin, AllowCredentials } = membersOf(resource.properties[member]);
        if (!textsOf(AllowOrigins ?? AllowOrigin).some((origin) => everyone.test(origin))) return [];
        const withCredentials = isTrue(AllowCredentials);
        // Without credentials a page gets no more than anyone who calls: worth a word where no API stands in between.
        if (!withCredentials && type !== 'AWS::Lambda::Url') return [];
        return [
          {
            subject: functionsIn(resource.properties.Function, graph.resources)[0] ?? resource.id,
            ...(!withCredentials && { severity: 'low' as const }),
            message: `Every origin is allowed${withCredentials ? ', with credentials' : ''}.`,
            place: placeIn(resource, member),
          },
        ];
      }),
    ),
  passing: cors('https://shop.example'),
  failing: cors('*'),
});
