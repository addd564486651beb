import { type Graph, ofType } from '../graph/build-graph.ts';
import { placeIn, type Resource } from '../resource.ts';
import { known } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { isElsewhere, secretName } from './secret-in-environment.ts';

const database = (password: string) => `
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: postgres, StorageEncrypted: true, MasterUserPassword: '${password}' }`;

/** Properties whose value is a secret. */
const secrets: Readonly<Record<string, string[]>> = {
  'AWS::RDS::DBInstance': ['MasterUserPassword'],
  'AWS::RDS::DBCluster': ['MasterUserPassword'],
  'AWS::DocDB::DBCluster': ['MasterUserPassword'],
  'AWS::Redshift::Cluster': ['MasterUserPassword'],
  'AWS::ElastiCache::ReplicationGroup': ['AuthToken'],
  'AWS::SecretsManager::Secret': ['SecretString'],
  'AWS::ApiGateway::ApiKey': ['Value'],
  'AWS::Cognito::UserPoolIdentityProvider': ['ProviderDetails', 'client_secret'],
};

/** What stands in a store until somebody sets the secret. */
const isPlaceholder = ({ type }: Resource, text: string) =>
  /^AWS::(SecretsManager|SSM)::/.test(type) &&
  /^[<{[(]*((change|replace|set|fill|update|your)[-_ ]?|placeholder|dummy|todo|tbd|example|xxx|n\/a$|none$)/i.test(
    text,
  );

const parameterSecrets = (graph: Graph) =>
  ofType(graph, 'AWS::SSM::Parameter')
    .filter(
      ({ id, properties: { Name, Type } }) =>
        Type === 'SecureString' || secretName.test(id) || secretName.test(String(Name ?? '')),
    )
    .map((resource) => ({ resource, steps: ['Value'] }));

export const secretInResource = defineCheck({
  id: 'secret-in-resource',
  title: 'The secret of a resource stands in the template',
  severity: 'high',
  why: 'Who reads the template or its history has it, and can go where the functions go.',
  advice:
    'Have it made (GenerateSecretString, ManageMasterUserPassword, an API key without a value) or name a secret ({{resolve:secretsmanager:…}}), and change it: it has been seen.',
  inTerraform:
    'Have it made (manage_master_user_password, random_password) or read a secret (aws_secretsmanager_secret_version), and change it: it has been seen.',
  references: ['CWE-798', 'OWASP SAS-7'],
  find: (graph) =>
    [
      ...Object.entries(secrets).flatMap(([type, steps]) =>
        ofType(graph, type).map((resource) => ({ resource, steps })),
      ),
      ...parameterSecrets(graph),
    ].flatMap(({ resource, steps }) => {
      const value = steps.reduce<unknown>(
        (of, step) => (of as Record<string, unknown> | undefined)?.[step],
        resource.properties,
      );
      const text = typeof value === 'string' ? known(value) : undefined;
      if (text === undefined || isElsewhere(text) || isPlaceholder(resource, text)) return [];
      return [
        {
          subject: resource.id,
          message: `${steps.join('.')} of ${resource.id} is written out.`,
          place: placeIn(resource, ...steps),
        },
      ];
    }),
  passing: database('{{resolve:secretsmanager:orders:SecretString:password}}'),
  failing: database('correct-horse'),
});
