import type { Resource } from '../resource.ts';
import { keepPlace, placeOf } from '../template/place.ts';
import { referenceOf } from '../template/substitution.ts';
import { expandEvents } from './expand-events.ts';
import { expandRole } from './expand-role.ts';

type Members = Readonly<Record<string, unknown>>;

/** What SAM itself does something with; all else is for Lambda. */
const ofSam = new Set([
  ...[
    'CodeUri',
    'InlineCode',
    'ImageUri',
    'Policies',
    'Events',
    'Tracing',
    'DeadLetterQueue',
    'FunctionUrlConfig',
  ],
  ...[
    'PermissionsBoundary',
    'AutoPublishAlias',
    'AutoPublishAliasAllProperties',
    'DeploymentPreference',
    'EventInvokeConfig',
  ],
  ...[
    'VersionDescription',
    'VersionDeletionPolicy',
    'RolePath',
    'AssumeRolePolicyDocument',
    'ProvisionedConcurrencyConfig',
  ],
  ...['PropagateTags', 'CodeSha256'],
]);

const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};

function codeOf({ CodeUri, InlineCode, ImageUri }: Members): unknown {
  if (InlineCode !== undefined) return { ZipFile: InlineCode };
  return ImageUri === undefined ? CodeUri : { ImageUri };
}

/** The function, its role, its address and its triggers. `properties`: its own with the Globals. */
export function expandFunction(
  resource: Resource,
  properties: Members,
  apis: ReadonlyMap<string, Members>,
  prefix: string,
): Resource[] {
  const { Tracing, DeadLetterQueue, FunctionUrlConfig, EventInvokeConfig, Events } = properties;
  const passed = Object.entries(properties).filter(([key]) => !ofSam.has(key));
  const code = codeOf(properties);
  const lambda: Resource = {
    ...resource,
    type: 'AWS::Lambda::Function',
    properties: keepPlace(properties, {
      ...Object.fromEntries(passed),
      ...(code !== undefined && { Code: code }),
      ...(Tracing !== undefined && { TracingConfig: { Mode: Tracing } }),
      ...(DeadLetterQueue !== undefined && {
        DeadLetterConfig: { TargetArn: membersOf(DeadLetterQueue).TargetArn },
      }),
      ...(properties.Role === undefined && { Role: `\${${resource.id}Role.Arn}` }),
    }),
  };
  const made = (suffix: string, type: string, of: unknown, more: Members): Resource => {
    const place = placeOf(of) ?? resource.place;
    return {
      id: resource.id + suffix,
      type,
      dependsOn: [],
      ...(place && { place }),
      properties: keepPlace(of as object, { ...membersOf(of), ...more }),
    };
  };
  return [
    lambda,
    ...(properties.Role === undefined ? [expandRole(resource, properties, 'lambda.amazonaws.com')] : []),
    ...(FunctionUrlConfig === undefined
      ? []
      : [made('Url', 'AWS::Lambda::Url', FunctionUrlConfig, { TargetFunctionArn: `\${${resource.id}}` })]),
    ...(EventInvokeConfig === undefined
      ? []
      : [
          made('EventInvokeConfig', 'AWS::Lambda::EventInvokeConfig', EventInvokeConfig, {
            FunctionName: `\${${resource.id}}`,
          }),
        ]),
    ...expandEvents(resource, Events, apis, prefix),
    // CodeDeploy calls them before and after it sends calls to a new version.
    ...Object.entries(membersOf(membersOf(properties.DeploymentPreference).Hooks))
      .filter(([, hook]) => referenceOf(hook)?.name !== resource.id)
      .map(([name, hook]) => made(name, 'Ringfence::Trigger', {}, { Function: hook, Kind: 'CodeDeploy' })),
  ];
}
