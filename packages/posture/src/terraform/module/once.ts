import { PostureError } from '../../posture-error.ts';
import type { Lazy } from '../evaluate/values.ts';

/** Values that need one another. */
const DEEPEST = 300;
let depth = 0;

/** Makes values by name when they are first asked for. `circle`: what one gets that needs itself. */
export function once<Value>(
  make: (name: string) => Value,
  circle: (name: string) => Value,
): (name: string) => Value {
  const made = new Map<string, Value>();
  const open = new Set<string>();
  return (name) => {
    const found = made.get(name);
    if (found !== undefined) return found;
    if (open.has(name)) return circle(name);
    if (depth > DEEPEST) throw new PostureError(`${name} needs a chain of more than ${DEEPEST} other values`);
    open.add(name);
    depth += 1;
    try {
      const value = make(name);
      made.set(name, value);
      return value;
    } finally {
      depth -= 1;
      open.delete(name);
    }
  };
}

/** What has attributes, such as `var`. */
export const lazily = (name: string, attribute: (name: string) => unknown): Lazy => ({
  isLazy: true,
  name,
  attribute,
});
