import type { Resource } from '../resource.ts';
import type { FunctionNode, Graph } from './build-graph.ts';

/** Calls AWS as the project tells it to, with a role that the project writes. */
const OF_AWS_CALLS = 'AWS679f53fac002430cb0da5b7982bd2287';

// Their ids are the same in all projects; from the singleton constructs of aws-cdk-lib.
const made = new RegExp(
  [
    '^(Custom|AWSCDK)\\w+CustomResourceProvider(Handler|Role)',
    '^CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C',
    '^LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a',
    '^BucketNotificationsHandler050a0587b7544547bf325f094a3db834',
    'framework(onEvent|isComplete|onTimeout)(ServiceRole|[0-9A-F]{8}$)',
    `^${OF_AWS_CALLS}`,
  ].join('|'),
);

const nameIn = ({ id }: Resource) => id.slice(id.lastIndexOf('/') + 1);

/** Whether the function comes with the CDK, so that nobody of the project writes or sets it. */
export const isMadeByCdk = (resource: Resource): boolean => made.test(nameIn(resource));

/** Whether what the role may do comes with the CDK, too. */
export const isRoleOfCdk = (role: Resource): boolean =>
  isMadeByCdk(role) && !nameIn(role).startsWith(OF_AWS_CALLS);

/** The functions that the project itself writes. */
export const ownFunctions = ({ functions }: Pick<Graph, 'functions'>): FunctionNode[] =>
  [...functions.values()].filter(({ resource }) => !isMadeByCdk(resource));
