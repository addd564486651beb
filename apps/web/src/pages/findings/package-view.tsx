import type { PackageDetail } from '@ringfence/findings';
import { Badge } from '../../ui/badge.tsx';
import { Facts } from '../../ui/facts.tsx';
import { REACHABLE } from './finding-words.ts';

/** The package that is vulnerable: its fix, how it comes in, and whether the handler reaches it. */
export function PackageView({ affected }: { affected: PackageDetail }) {
  const { ecosystem, name, version, fixed, upgrade, paths, reachable, imports = [] } = affected;
  const reach = REACHABLE[reachable];
  return (
    <Facts
      rows={[
        ['Package', `${name} ${version} (${ecosystem})`],
        ['Fixed in', fixed ?? 'no version that is known'],
        ['Without any fault', upgrade !== fixed && upgrade],
        [
          'Comes in through',
          paths.length > 0 && (
            <ul key="paths">
              {paths.map((path) => (
                <li key={path.join()}>{path.join(' → ')}</li>
              ))}
            </ul>
          ),
        ],
        [
          'Reachable',
          <span key="reach" className="flex flex-col items-start gap-1">
            <span className="flex flex-wrap items-center gap-2">
              <Badge tone={reach.tone}>{reach.label}</Badge>
              {reach.what}
            </span>
            {imports.length > 0 && (
              <code className="font-mono text-[12.5px] [overflow-wrap:anywhere]">{imports.join(' → ')}</code>
            )}
          </span>,
        ],
      ].map(([label, value]) => [String(label), value === false ? undefined : value])}
    />
  );
}
