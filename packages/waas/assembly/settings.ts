import { Class } from './classes';

/** The protections that are on, as bits by class. */
export let enabled: i32 = (1 << Class.COUNT) - 1;

export function enable(classes: i32): void {
  enabled = classes;
}

export function isOn(kind: Class): bool {
  return (enabled & (1 << kind)) !== 0;
}
