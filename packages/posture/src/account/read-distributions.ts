import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import type { AccountReader } from './account-reader.ts';

/** Distributions of CloudFront with the functions that run at the edge. */
export async function readDistributions(reader: AccountReader): Promise<void> {
  const client = new CloudFrontClient(reader.settings);
  const distributions = await reader.list('cloudfront:ListDistributions', async (Marker) => {
    const { DistributionList } = await client.send(new ListDistributionsCommand({ Marker }));
    return { items: DistributionList?.Items, next: DistributionList?.NextMarker };
  });
  for (const { Id, ARN, DefaultCacheBehavior, CacheBehaviors, WebACLId } of distributions) {
    const behaviours = [DefaultCacheBehavior, ...(CacheBehaviors?.Items ?? [])];
    const associations = behaviours.flatMap((each) => each?.LambdaFunctionAssociations?.Items ?? []);
    reader.add(
      reader.id('distribution', Id),
      'AWS::CloudFront::Distribution',
      {
        DistributionConfig: {
          DefaultCacheBehavior: { LambdaFunctionAssociations: associations },
          WebACLId: WebACLId || undefined,
        },
      },
      { arn: ARN },
    );
  }
}
