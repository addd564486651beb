import type { WaasDetail } from '@ringfence/audit';
import { nameClass } from './waas-words.ts';

/** An audit of type waas in one line: what was found, where, and from whom. Undefined where nothing was found. */
export function summariseWaas({
  verdicts,
  leftOut,
  trigger,
  address,
  identity,
}: WaasDetail): string | undefined {
  const [first, ...others] = verdicts.toSorted((a, b) => b.confidence - a.confidence);
  if (!first) return undefined;
  const more = others.length + leftOut;
  const from = address ?? identity;
  return [
    nameClass(first.class),
    first.path && `in ${first.path}`,
    more > 0 && `and ${more} more`,
    from ? `· ${trigger} from ${from}` : `· ${trigger}`,
  ]
    .filter(Boolean)
    .join(' ');
}
