import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';
import { onePerPlace } from './one-per-place.ts';

import { endOfSupport } from './runtime-dates.ts';

const DAY = 86_400_000;
/** So long before the end it is told already. */
const NOTICE_DAYS = 90;

export const deprecatedRuntime = defineCheck({
  id: 'deprecated-runtime',
  title: 'The runtime gets no more fixes',
  severity: 'medium',
  why: 'Holes that become known in the language or its libraries stay open after the end of support, and some time later the function can not be changed any more.',
  advice: 'Move to the newest runtime of the language.',
  references: ['CWE-1104', 'OWASP SAS-6', 'AWS Security Hub Lambda.2'],
  find: ({ functions }) =>
    onePerPlace(
      [...functions.values()].flatMap(({ id, runtime, resource }) => {
        const end = endOfSupport[runtime ?? ''];
        const days = end === undefined ? Infinity : (Date.parse(end) - Date.now()) / DAY;
        if (days > NOTICE_DAYS) return [];
        return [
          {
            subject: id,
            key: runtime ?? '',
            severity: days > 0 ? ('low' as const) : ('medium' as const),
            message: `The support of ${runtime} ${days > 0 ? 'ends' : 'ended'} on ${end}.`,
            place: placeIn(resource, 'Runtime'),
          },
        ];
      }),
    ),
  passing: aFunction('Runtime: provided.al2023'),
  failing: aFunction('Runtime: nodejs16.x'),
});
