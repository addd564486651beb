import { isMembers, type Members, membersOf } from '../graph/json.ts';
import { keepPlace, type Place, placeOf } from '../template/place.ts';
import { compileEvents } from './compile-events.ts';
import { functionId, logicalName, type Made, type Service } from './service.ts';

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

/** The state machines of serverless-step-functions by their ids. */
export function stateMachinesOf({
  config,
}: Service): Map<string, { own: Members; place: Place | undefined }> {
  const machines = membersOf(membersOf(config.stepFunctions).stateMachines);
  return new Map(
    Object.entries(machines).map(([key, value]) => {
      const own = membersOf(value);
      const { id = own.name } = own;
      return [
        logicalName(typeof id === 'string' ? id : `${key}StepFunctionsStateMachine`),
        { own, place: placeOf(machines, key) },
      ];
    }),
  );
}

/** What serverless-step-functions makes: the state machines, and what starts them. */
export const compileStateMachines = (service: Service): Made[] =>
  [...stateMachinesOf(service)].flatMap(([id, { own, place }]) => [
    {
      id,
      type: 'AWS::StepFunctions::StateMachine',
      properties: {
        StateMachineName: own.name,
        RoleArn: own.role,
        Definition: withIds(service, own.definition),
      },
      place,
    },
    ...compileEvents(service, id, own),
  ]);
