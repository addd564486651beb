import { Link } from '@tanstack/react-router';
import type { Defender } from '../../api/defenders.ts';
import { Badge } from '../../ui/badge.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { detailRows } from '../audits/detail-rows.tsx';
import { describeCoverage } from './coverage-words.ts';
import { PolicyState } from './policy-state.tsx';
import { PostureSection } from './posture-section.tsx';

type Props = { defender: Defender; currentRevision: number; onClose: () => void };

const heading = 'mb-2 text-xs font-semibold uppercase tracking-wide text-muted';
const link =
  'inline-flex h-9 items-center rounded-md border border-line-strong px-3.5 font-medium hover:bg-raised';
const ago = (time: string | null) => (time ? <TimeText value={time} as="ago" /> : 'never');

/** Everything known about one function and its Defender. */
export function DefenderDrawer({ defender, currentRevision, onClose }: Props) {
  const { function: fn } = defender;
  const cover = describeCoverage(defender);
  return (
    <Drawer
      title={fn.name}
      onClose={onClose}
      footer={
        <>
          <Link
            to="/audits"
            search={{ function: fn.name, region: fn.region, account: fn.account }}
            className={link}
          >
            Its audits
          </Link>
          <Link
            to="/policy"
            search={{
              view: 'explain',
              cloud: fn.cloud,
              account: fn.account,
              region: fn.region,
              function: fn.name,
              runtime: fn.runtime,
              arch: fn.arch,
            }}
            className={link}
          >
            Which rule applies?
          </Link>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <section>
          <h3 className={heading}>Coverage</h3>
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone={cover.tone}>{cover.label}</Badge>
            {cover.what}
          </p>
          {cover.missing.length > 0 && (
            <div className="mt-2">
              Missing:
              <ul className="list-disc pl-5 text-muted">
                {cover.missing.map((word) => (
                  <li key={word}>{word}</li>
                ))}
              </ul>
            </div>
          )}
        </section>
        <PostureSection functionId={defender.functionId} />
        <section>
          <h3 className={heading}>Defender</h3>
          <Facts
            rows={[
              ['Version', defender.defenderVersion],
              [
                'Policy revision',
                <PolicyState key="policy" revision={defender.policyRevision} current={currentRevision} />,
              ],
              ['Instances', `${defender.instances} in the last 15 minutes`],
              ['Last seen', ago(defender.lastSeen)],
              ['First seen', ago(defender.firstSeen)],
              ['Registered', ago(defender.registeredAt)],
            ]}
          />
        </section>
        <section>
          <h3 className={heading}>Function</h3>
          <Facts
            rows={[
              ['Version', defender.version],
              ['Runtime', `${fn.runtime}, ${fn.arch}`],
              ['Region', fn.region],
              ['Account', `${fn.account} (${fn.cloud})`],
              [
                'Id',
                <code key="id" className="font-mono text-[12.5px]">
                  {defender.functionId}
                </code>,
              ],
            ]}
          />
        </section>
        {defender.coverage && (
          <section>
            <h3 className={heading}>What it found at its last start</h3>
            <Facts rows={detailRows('coverage', defender.coverage)} />
            <div className="mt-3">
              <CodeBlock label="As reported" text={JSON.stringify(defender.coverage, null, 2)} />
            </div>
          </section>
        )}
      </div>
    </Drawer>
  );
}
