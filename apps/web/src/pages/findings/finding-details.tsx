import type { ReactNode } from 'react';
import type { FindingWithHistory } from '../../api/findings.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { DeployedLinks } from './deployed-links.tsx';
import { FindingHistory } from './finding-history.tsx';
import { KINDS, placeText, STATES } from './finding-words.ts';
import { PackageView } from './package-view.tsx';
import { ReferenceList } from './reference-list.tsx';
import { SuppressionNotice } from './suppression-notice.tsx';

/** What is wrong, how that is known, how to fix it, and what happened to it. */
export function FindingDetails({ stored }: { stored: FindingWithHistory }) {
  const { finding, function: fn, state, firstSeen, since } = stored;
  const { kind, rule, aliases, message, advice, cvss, subject, locations, patch, references } = finding;
  return (
    <div className="flex flex-col gap-5">
      <SuppressionNotice stored={stored} />
      <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{message}</p>
      {advice && <Notice tone="info">{advice}</Notice>}
      <Facts
        rows={[
          ['Function', `${fn.name} in ${fn.region}, ${fn.account}`],
          ['State', STATES[state].what],
          ['Kind', KINDS[kind]],
          ['Advisory or check', rule],
          ['Also known as', aliases.join(', ')],
          ['CVSS', cvss && `${cvss.score.toFixed(1)} (${cvss.vector})`],
          ['About', subject],
          [
            'Deployed as',
            stored.deployed.length > 0 && <DeployedLinks key="deployed" deployed={stored.deployed} />,
          ],
          ['First seen', <TimeText key="first" value={firstSeen} as="ago" />],
          ['In this state', <TimeText key="since" value={since} as="ago" />],
        ]}
      />
      {finding.package && <PackageView affected={finding.package} />}
      {locations.length > 0 && (
        <Section title="Evidence">
          <ul className="flex flex-col gap-1">
            {locations.map((location) => (
              <li key={`${placeText(location)} ${location.note}`} className="flex flex-wrap gap-x-2">
                <code className="font-mono text-[12.5px] [overflow-wrap:anywhere]">
                  {placeText(location)}
                </code>
                {location.note && <span className="text-muted">{location.note}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {patch && <CodeBlock label="The fix" text={patch} />}
      {references.length > 0 && (
        <Section title="References">
          <ReferenceList references={references} />
        </Section>
      )}
      <Section title="History">
        <FindingHistory history={stored.history} />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="pb-1 text-xs font-semibold uppercase tracking-wide text-muted">{title}</h3>
      {children}
    </section>
  );
}
