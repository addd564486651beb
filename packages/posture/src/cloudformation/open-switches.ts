import { isMembers, type Members } from '../graph/json.ts';
import { keepPlace } from '../template/place.ts';
import { holesOf } from '../template/substitution.ts';
import type { Holding } from './conditions.ts';
import { resolve, type Scope } from './resolve.ts';

const switched = new Set([
  'AWS::Events::Rule',
  'AWS::Scheduler::Schedule',
  'AWS::Lambda::EventSourceMapping',
]);

/**
 * Makes what takes the switches out of the triggers of a resource that parameters turn: off in one stage they are on in another, which is how they
 * count.
 * @param open resolves with the parameters alone whose values are given
 * @param holding whether a condition holds whatever the others turn out to be
 */
export function makeSwitchOpener(open: Scope, holding: (name: string) => Holding) {
  function isOpen(value: unknown): boolean {
    if (!isMembers(value)) return false;
    const { 'Fn::If': choice } = value;
    return Array.isArray(choice)
      ? holding(String(choice[0])) === 'maybe'
      : holesOf(JSON.stringify(resolve(value, open)) ?? '').length > 0;
  }
  function withoutOpen(properties: unknown): unknown {
    if (!isMembers(properties)) return properties;
    const left = Object.entries(properties).filter(
      ([name, value]) => !(/^(State|Enabled)$/.test(name) && isOpen(value)),
    );
    return keepPlace(properties, Object.fromEntries(left));
  }
  function openEvents(events: unknown): unknown {
    if (!isMembers(events)) return events;
    const opened = Object.entries(events).map(([name, event]) =>
      isMembers(event)
        ? [name, keepPlace(event, { ...event, Properties: withoutOpen(event.Properties) })]
        : [name, event],
    );
    return keepPlace(events, Object.fromEntries(opened));
  }
  return (resource: Members): Members => {
    const { Type, Properties } = resource;
    if (switched.has(String(Type))) return { ...resource, Properties: withoutOpen(Properties) };
    if (Type !== 'AWS::Serverless::Function' || !isMembers(Properties) || !Properties.Events) return resource;
    const properties = keepPlace(Properties, { ...Properties, Events: openEvents(Properties.Events) });
    return { ...resource, Properties: properties };
  };
}
