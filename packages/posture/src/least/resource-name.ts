/**
 * The name of the resource in an ARN in full: the bucket, the table, the queue. `*` where it may be any; undefined for what is no ARN.
 * @param arn in the Fn::Sub form, as `Arns.full` gives it
 */
export function resourceName(arn: string): string | undefined {
  if (arn === '*') return arn;
  const [scheme, , service, , , ...rest] = arn.replaceAll(/\$\{AWS::[^}]*\}/g, '').split(':');
  if (scheme !== 'arn') return undefined;
  const [first, second] = rest.join(':').split(/[/:]/);
  return service === 's3' || second === undefined ? first : second;
}
