import type { Resource } from '../resource.ts';
import { membersOf } from './json.ts';

const isOff = (value: unknown) => value === false || value === 'false';

/** Whether what starts a function is turned off where it is written: a schedule, a rule, the reading of a queue or a stream. */
export function isDisabled({ type, properties }: Resource): boolean {
  const { Enabled, enabled, State } =
    type === 'Ringfence::Trigger' ? membersOf(properties.Event) : properties;
  return isOff(Enabled) || isOff(enabled) || State === 'DISABLED';
}
