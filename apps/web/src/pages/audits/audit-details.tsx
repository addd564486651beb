import { Link } from '@tanstack/react-router';
import type { StoredAudit } from '../../api/audits.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatFull } from '../../ui/format-time.ts';
import { detailRows } from './detail-rows.tsx';
import { WaasDetails } from './waas-details.tsx';

const heading = 'mb-2 text-xs font-semibold uppercase tracking-wide text-muted';
const mono = (text: string) => <code className="font-mono text-[12.5px]">{text}</code>;

function Moment({ value }: { value: string }) {
  const [local, utc] = formatFull(new Date(value)).split('\n');
  return (
    <>
      {local}
      <span className="block text-[13px] text-muted">{utc}</span>
    </>
  );
}

/** Message, facts, detail fields and the raw line of an audit. */
export function AuditDetails({ audit, line }: { audit: StoredAudit; line: string | undefined }) {
  const { function: fn } = audit;
  return (
    <div className="flex flex-col gap-6">
      <p className="text-[15px] font-medium [overflow-wrap:anywhere]">{audit.message}</p>
      <section>
        <h3 className={heading}>What happened</h3>
        <Facts
          rows={[
            ['Time', <Moment key="time" value={audit.time} />],
            ['Type', audit.type],
            ['Effect of the rule', audit.effect],
            ['Count', audit.count > 1 ? `${audit.count} identical audits` : undefined],
            ...(audit.type === 'waas' ? [] : detailRows(audit.type, audit.detail)),
          ]}
        />
      </section>
      {audit.type === 'waas' && <WaasDetails detail={audit.detail} identity={fn} />}
      <section>
        <h3 className={heading}>Function</h3>
        <Facts
          rows={[
            [
              'Name',
              <Link
                key="name"
                to="/audits"
                search={{ function: fn.name }}
                title="Show only this function's audits"
                className="font-medium text-accent underline underline-offset-2"
              >
                {fn.name}
              </Link>,
            ],
            ['Version', fn.version],
            ['Runtime', `${fn.runtime}, ${fn.arch}`],
            ['Region', fn.region],
            ['Account', `${fn.account} (${fn.cloud})`],
            ['Instance', mono(audit.instance)],
            ['Request', audit.request ? mono(audit.request) : 'between invocations'],
          ]}
        />
      </section>
      <section>
        <h3 className={heading}>Evidence</h3>
        {line === undefined ? (
          <p className="text-muted">Loading the raw line…</p>
        ) : (
          <CodeBlock label="The line as the Defender sent it" text={line.trimEnd()} />
        )}
        <p className="mt-2 text-[13px] text-muted">
          Audit {mono(audit.id)}, stored <time dateTime={audit.receivedAt}>{audit.receivedAt}</time>
        </p>
      </section>
    </div>
  );
}
