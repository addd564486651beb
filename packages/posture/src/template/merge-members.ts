import { isMembers, type Members } from '../graph/json.ts';
import { keepPlace, noteMember, placeOf } from './place.ts';

/** As SAM merges its Globals with a resource's own members, and the Serverless Framework what it makes with what the template says: mappings member by member, lists one behind the other, and of all else `own`. */
export function mergeMembers(globals: unknown, own: Members): Members {
  if (!isMembers(globals)) return own;
  const merged = Object.entries(own).map(([key, value]): [string, unknown] => {
    const global = globals[key];
    if (Array.isArray(global) && Array.isArray(value)) return [key, keepPlace(value, [...global, ...value])];
    return [key, isMembers(global) && isMembers(value) ? mergeMembers(global, value) : value];
  });
  const all = keepPlace(own, { ...globals, ...Object.fromEntries(merged) });
  for (const key of Object.keys(globals)) {
    const place = key in own ? undefined : placeOf(globals, key);
    if (place) noteMember(all, key, place);
  }
  return all;
}
