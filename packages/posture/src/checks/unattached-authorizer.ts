import { type Graph, ofType } from '../graph/build-graph.ts';
import { membersOf } from '../graph/json.ts';
import { placeIn } from '../resource.ts';
import { holesOf } from '../template/substitution.ts';
import { defineCheck, type Problem } from './check.ts';

const api = (auth: string) => `
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      Auth: { Authorizers: { People: { UserPoolArn: !GetAtt Pool.Arn } } }
  Pool: { Type: AWS::Cognito::UserPool }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Events:
        List: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /orders, Method: get${auth} } }`;

const routes = ['AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Route'];
const documents = ['Body', 'BodyS3Location', 'DefinitionBody', 'DefinitionUri'];

/** The authorizers of the template that no route names; an API whose routes lie in a document of their own is left out. */
function unattached(graph: Graph): Problem[] {
  const named = [
    ...routes.flatMap((type) => ofType(graph, type)).map(({ properties }) => String(properties.AuthorizerId)),
    ...[...graph.functions.values()].flatMap(({ triggers }) => triggers.map(({ auth = '' }) => auth)),
  ];
  const used = new Set(named.flatMap(holesOf).map((name) => name.split('.')[0]));
  return ['AWS::ApiGateway::Authorizer', 'AWS::ApiGatewayV2::Authorizer']
    .flatMap((type) => ofType(graph, type))
    .filter(({ id, properties }) => {
      const [name = ''] = holesOf(String(properties.RestApiId ?? properties.ApiId));
      const { properties: of = {} } = graph.resources.get(name) ?? {};
      return !used.has(id) && !documents.some((member) => member in of);
    })
    .map(({ id, place }) => ({ subject: id, message: `No route names the authorizer ${id}.`, place }));
}

/** Those in the APIs of SAM. */
function unattachedOfSam(graph: Graph): Problem[] {
  const triggers = [...graph.functions.values()].flatMap((each) => each.triggers);
  return ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api']
    .flatMap((type) => ofType(graph, type))
    .flatMap((resource) => {
      const { Authorizers, DefaultAuthorizer } = membersOf(resource.properties.Auth);
      const auths = triggers.filter(({ source }) => source === `\${${resource.id}}`).map(({ auth }) => auth);
      if (auths.length === 0) return [];
      return Object.keys(membersOf(Authorizers))
        .filter((name) => name !== DefaultAuthorizer && !auths.includes(name))
        .map((name) => ({
          subject: resource.id,
          key: name,
          message: `No route of ${resource.id} names the authorizer ${name}.`,
          place: placeIn(resource, 'Auth', 'Authorizers', name),
        }));
    });
}

export const unattachedAuthorizer = defineCheck({
  id: 'unattached-authorizer',
  title: 'An authorizer guards nothing',
  severity: 'medium',
  why: 'Somebody meant the API to ask who is calling; a definition alone does not make it ask.',
  advice: 'Name the authorizer in the routes (DefaultAuthorizer in SAM), or remove it.',
  inTerraform: 'Name the authorizer in the routes (authorizer_id), or remove it.',
  references: ['CWE-306', 'OWASP SAS-2', 'AWS Security Hub APIGateway.8'],
  find: (graph) => [...unattached(graph), ...unattachedOfSam(graph)],
  passing: api(', Auth: { Authorizer: People }'),
  failing: api(''),
});
