import { hole } from '../../template/substitution.ts';
import { types } from './all-types.ts';
import { pascal } from './words.ts';

/**
 * An attribute of a resource, as a template would refer to it. `written`: the argument of that name, if it has one.
 */
export function attributeOf(type: string, name: string, id: string, written: () => unknown): unknown {
  const mapped = types[type]?.attributes?.[name];
  if (mapped !== undefined) return mapped.replaceAll('@', () => id);
  if (name === 'id') return hole(id);
  return written() ?? hole(`${id}.${pascal(name)}`);
}
