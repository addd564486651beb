import { ofType } from '../graph/build-graph.ts';
import { isTrue } from '../graph/json.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';

const database = (open: boolean) => `
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: postgres, StorageEncrypted: true, PubliclyAccessible: ${open} }`;

const kinds = ['AWS::RDS::DBInstance', 'AWS::Redshift::Cluster', 'AWS::DMS::ReplicationInstance'];

export const publicDatabase = defineCheck({
  id: 'public-database',
  title: 'The database has an address on the internet',
  severity: 'high',
  why: 'Then one password is all that stands between everyone and the data.',
  advice: 'Set PubliclyAccessible to false and let the functions in by their security group.',
  inTerraform: 'Set publicly_accessible to false and let the functions in by their security group.',
  references: ['CWE-668', 'OWASP SAS-3', 'AWS Security Hub RDS.2', 'AWS Security Hub Redshift.1'],
  find: (graph) =>
    kinds
      .flatMap((type) => ofType(graph, type))
      .filter(({ properties }) => isTrue(properties.PubliclyAccessible))
      .map((resource) => ({
        subject: resource.id,
        message: `${resource.id} is publicly accessible.`,
        place: placeIn(resource, 'PubliclyAccessible'),
      })),
  passing: database(false),
  failing: database(true),
});
