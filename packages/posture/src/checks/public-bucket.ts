import { type Graph, ofType } from '../graph/build-graph.ts';
import { isTrue, membersOf } from '../graph/json.ts';
import { placeIn, type Resource } from '../resource.ts';
import { defineCheck } from './check.ts';

const bucket = (acl: string) => `
Resources:
  Uploads:
    Type: AWS::S3::Bucket
    Properties: { AccessControl: ${acl} }`;

/** A function that the bucket's events start. */
const functionBehind = ({ functions }: Graph, { id }: Resource): string | undefined =>
  [...functions.values()].find(({ triggers }) => triggers.some(({ source }) => source === `\${${id}}`))?.id;

export const publicBucket = defineCheck({
  id: 'public-bucket',
  title: 'The bucket is open to the world',
  severity: 'high',
  why: 'With this ACL everyone reads what lies there, or puts files there for the functions behind it to work on.',
  advice: 'Leave AccessControl out, and share through a policy that names who, or through CloudFront.',
  inTerraform: 'Leave the acl out, and share through a policy that names who, or through CloudFront.',
  references: ['CWE-732', 'OWASP SAS-3', 'AWS Security Hub S3.2', 'AWS Security Hub S3.3'],
  find: (graph) =>
    ofType(graph, 'AWS::S3::Bucket')
      .filter(({ properties }) => {
        const { IgnorePublicAcls, BlockPublicAcls } = membersOf(properties.PublicAccessBlockConfiguration);
        const isOpen = /^(PublicRead|PublicReadWrite|AuthenticatedRead)$/.test(
          String(properties.AccessControl),
        );
        return isOpen && !isTrue(IgnorePublicAcls) && !isTrue(BlockPublicAcls);
      })
      .map((resource) => {
        const { AccessControl, WebsiteConfiguration } = resource.properties;
        const behind = functionBehind(graph, resource);
        const isWritable = AccessControl === 'PublicReadWrite';
        return {
          subject: resource.id,
          severity: isWritable ? 'critical' : WebsiteConfiguration ? 'low' : 'high',
          message: `${resource.id} is ${String(AccessControl)}${behind && isWritable ? `, and what is put there starts ${behind}` : ''}.`,
          place: placeIn(resource, 'AccessControl'),
        };
      }),
  passing: bucket('Private'),
  failing: bucket('PublicRead'),
});
