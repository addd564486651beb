import { isMembers, listOf, type Members, membersOf } from '../graph/json.ts';
import { keepPlace, placeOf } from '../template/place.ts';
import { attribute, functionId, logicalName, type Made, type Service } from './service.ts';

/** In a state machine functions are referred to by their keys: `!GetAtt charge.Arn`. */
function withIds({ functions }: Service, value: unknown): unknown {
  const idOf = (key: unknown) =>
    typeof key === 'string' && Object.hasOwn(functions, key) ? functionId(key) : key;
  const rename = (each: unknown): unknown => {
    if (Array.isArray(each)) return keepPlace(each, each.map(rename));
    if (!isMembers(each)) return each;
    const { Ref, 'Fn::GetAtt': path } = each;
    if (Ref !== undefined) return { Ref: idOf(Ref) };
    if (Array.isArray(path)) return { 'Fn::GetAtt': [idOf(path[0]), ...path.slice(1)] };
    return keepPlace(
      each,
      Object.fromEntries(Object.entries(each).map(([key, member]) => [key, rename(member)])),
    );
  };
  return rename(value);
}

/** serverless-step-functions. */
function compileStateMachines(service: Service): Made[] {
  const machines = membersOf(membersOf(service.config.stepFunctions).stateMachines);
  return Object.entries(machines).map(([key, value]) => {
    const { name, role, definition } = membersOf(value);
    return {
      id: `${logicalName(typeof name === 'string' ? name : key)}`,
      type: 'AWS::StepFunctions::StateMachine',
      properties: { RoleArn: role, Definition: withIds(service, definition) },
      place: placeOf(machines, key),
    };
  });
}

/** The function of a data source of AppSync, by its key, its ARN or described in place. */
function functionOf({ functions }: Service, config: Members): unknown {
  const { functionName, lambdaFunctionArn } = config;
  if (lambdaFunctionArn !== undefined) return lambdaFunctionArn;
  return typeof functionName === 'string' && Object.hasOwn(functions, functionName)
    ? attribute(functionId(functionName), 'Arn')
    : functionName;
}

/** serverless-appsync-plugin, of which the functions are what is asked about. */
const compileDataSources = (service: Service): Made[] =>
  listOf(service.config.appSync).flatMap((api, index) => {
    const sources = membersOf(membersOf(api).dataSources);
    return Object.entries(sources).flatMap(([key, value]): Made[] => {
      const { type, config } = membersOf(value);
      if (type !== 'AWS_LAMBDA') return [];
      return [
        {
          id: `GraphQlDs${logicalName(key)}${index || ''}`,
          type: 'AWS::AppSync::DataSource',
          properties: {
            Type: type,
            LambdaConfig: { LambdaFunctionArn: functionOf(service, membersOf(config)) },
          },
          place: placeOf(sources, key),
        },
      ];
    });
  });

/** What well-known plugins make that starts functions. */
export const compilePlugins = (service: Service): Made[] => [
  ...compileStateMachines(service),
  ...compileDataSources(service),
];
