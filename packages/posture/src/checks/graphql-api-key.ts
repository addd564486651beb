import { ofType } from '../graph/build-graph.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';

const api = (auth: string) => `
Resources:
  Shop: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: shop, AuthenticationType: ${auth} } }`;

export const graphqlApiKey = defineCheck({
  id: 'graphql-api-key',
  title: 'A GraphQL API asks for a key that every client has',
  severity: 'medium',
  why: 'The key is in each page and app, so whoever has looked into one calls the functions behind the API.',
  advice: 'Make a user pool, OIDC or AWS_IAM the AuthenticationType; open single fields with @aws_api_key.',
  inTerraform:
    'Make a user pool, OIDC or AWS_IAM the authentication_type; open single fields with @aws_api_key.',
  references: ['CWE-306', 'OWASP SAS-2', 'AWS Security Hub AppSync.5'],
  find: (graph) =>
    ofType(graph, 'AWS::AppSync::GraphQLApi')
      .filter(({ properties }) => properties.AuthenticationType === 'API_KEY')
      .map((resource) => ({
        subject: resource.id,
        message: `${resource.id} asks for an API key only.`,
        place: placeIn(resource, 'AuthenticationType'),
      })),
  passing: api('AWS_IAM'),
  failing: api('API_KEY'),
});
