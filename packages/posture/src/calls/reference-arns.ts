import { resourceTypesOf } from '../iam/actions.ts';
import type { SdkCall } from './sdk-call.ts';

/** `ClusterName` and `cluster`, `InstanceId` and `InstanceIds` are the same. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/s$/, '')
    .replace(/(name|identifier|id|arn)$/, '');

const ofEverywhere: Readonly<Record<string, string>> = {
  Partition: '${AWS::Partition}',
  Region: '${AWS::Region}',
  Account: '${AWS::AccountId}',
};

/** An ARN with its variables filled in from the parameters that are called like them; undefined where one is left. */
function fillArn(arn: string, { operation, parameters }: SdkCall): string | undefined {
  const byName = new Map(Object.entries(parameters).map(([name, text]) => [plain(name), text]));
  const own = byName.get('');
  let isWhole = true;
  let given: string | undefined;
  const filled = arn.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const known = ofEverywhere[name];
    if (known !== undefined) return known;
    // `Name` is that of what the operation is called after: of the rule in PutRule.
    const isOwn = operation.toLowerCase().includes(plain(name)) && plain(name) !== '';
    const text = byName.get(plain(name)) ?? (isOwn ? own : undefined);
    if (text === undefined || text === '${?}') isWhole = false;
    else if (text.startsWith('arn:')) given = text;
    return text ?? '';
  });
  return isWhole ? (given ?? filled) : undefined;
}

const variables = (arn: string) => arn.split('${').length;

/**
 * The resources of an action by the ARNs that the service authorization reference has for it; undefined where the call's parameters don't name them.
 * All that it requires are needed; of several that it may be about, it is the one that the parameters say most of.
 */
export async function referenceArns(action: string, call: SdkCall): Promise<string[] | undefined> {
  const types = (await resourceTypesOf(action)).filter(({ arn }) => arn !== undefined && !arn.includes(','));
  const required = types.filter(({ isRequired }) => isRequired);
  if (required.length > 0) {
    const arns = required.map(({ arn }) => fillArn(arn, call));
    return arns.every((arn) => arn !== undefined) ? arns : undefined;
  }
  // An ARN without a name of its own would be all that the service has of a kind.
  const [most] = types
    .filter(({ arn }) => /\$\{(?!Partition|Region|Account)/.test(arn))
    .sort((one, other) => variables(other.arn) - variables(one.arn))
    .flatMap(({ arn }) => fillArn(arn, call) ?? []);
  return most === undefined ? undefined : [most];
}
