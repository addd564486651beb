import type { Location } from '@ringfence/findings';
import type { Flow } from '@ringfence/scan';

/** Event data that gets to where it does harm in a function's code. */
export interface CodeFlow extends Pick<Flow, 'rule' | 'source' | 'sink'> {
  /** From the source to the sink, both included; the paths as the places of templates have theirs. */
  locations: Location[];
}
