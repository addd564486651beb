import { holdsNetwork, type IpNetwork, toIpNetwork } from '../sections/ip-network.ts';
import type { WaasRule } from '../sections/waas/waas-rule.ts';
import { lintEntries } from './lint-entries.ts';
import type { RuleWarning } from './lint-warning.ts';

type Entry = { text: string; network: IpNetwork };

const readEntry = (text: string): Entry => ({ text, network: toIpNetwork(text) });
const covers = (wide: Entry, narrow: Entry) => holdsNetwork(wide.network, narrow.network);

/** What a WAAS rule says of the addresses that events come from. */
export function lintWaasSources({ sources }: WaasRule): RuleWarning[] {
  const [allow, deny] = [sources.allow.map(readEntry), sources.deny.map(readEntry)];
  const lintList = (key: 'allow' | 'deny', entries: Entry[]): RuleWarning[] => [
    ...lintEntries(entries, ['sources', key], covers),
    ...entries.flatMap(({ text, network }, index): RuleWarning[] =>
      network.prefix > 0
        ? []
        : [
            {
              code: 'sources-everyone',
              pattern: text,
              path: ['sources', key, index],
              message: `${text} in sources.${key} is everyone: ${key === 'allow' ? 'no event with an address is judged' : 'every event with an address is refused'}.`,
              advice: 'Name the networks.',
            },
          ],
    ),
  ];
  const beaten = allow.flatMap((entry, index): RuleWarning[] => {
    const by = deny.find((other) => covers(other, entry));
    return by === undefined
      ? []
      : [
          {
            code: 'entry-denied',
            pattern: entry.text,
            path: ['sources', 'allow', index],
            message: `${entry.text} in sources.allow has no effect: sources.deny holds ${by.text}.`,
            advice: 'Remove one of the two.',
          },
        ];
  });
  return [...lintList('allow', allow), ...lintList('deny', deny), ...beaten];
}
