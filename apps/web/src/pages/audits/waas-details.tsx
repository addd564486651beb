import type { WaasDetail } from '@ringfence/audit';
import { type FunctionIdentity, matchWaasRule } from '@ringfence/policy/schema';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { policyQuery } from '../../api/policy.ts';
import { Badge } from '../../ui/badge.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AddToRule } from '../../waas/add-to-rule.tsx';
import { makeException } from '../../waas/make-exception.ts';
import { SilenceView } from '../../waas/silence-view.tsx';
import { VerdictCard } from '../../waas/verdict-card.tsx';
import { decisionWords } from '../../waas/waas-words.ts';

type Props = { detail: WaasDetail; identity: FunctionIdentity };

/** What was found in an event, what became of it, and what can be done about each verdict. */
export function WaasDetails({ detail, identity }: Props) {
  const { verdicts, leftOut, trigger, address, identity: sender } = detail;
  const policy = useQuery(policyQuery);
  const rule = policy.data && matchWaasRule(policy.data.policy, identity)?.rule.name;
  const { label, tone, what } = decisionWords[detail.decision];
  return (
    <section aria-label="Verdicts" className="flex flex-col gap-3">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{label}</Badge> {what}
      </p>
      <Facts
        rows={[
          ['Trigger', trigger],
          ['Address', address],
          ['Identity', sender],
        ]}
      />
      {detail.incomplete && <Notice tone="warn">Not all of the event was judged.</Notice>}
      {verdicts.length > 0 && (
        <ol className="divide-y divide-line rounded-lg border border-line">
          {verdicts.map((verdict, index) => {
            const exception = makeException(verdict);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: two verdicts may be alike, and the list never changes
              <li key={index}>
                <VerdictCard verdict={verdict}>
                  <Link
                    to="/playground"
                    search={{ text: verdict.evidence.text }}
                    className="self-start text-[13px] font-medium text-accent hover:underline hover:underline-offset-2"
                  >
                    Open in playground
                  </Link>
                  {exception && (
                    <SilenceView exception={exception}>
                      <AddToRule rules={rule === undefined ? [] : [rule]} exception={exception} />
                    </SilenceView>
                  )}
                </VerdictCard>
              </li>
            );
          })}
        </ol>
      )}
      {leftOut > 0 && (
        <p className="text-[13px] text-muted">And {leftOut} more, for which there was no room.</p>
      )}
    </section>
  );
}
