import { addSuggestion, formatSuggestion } from '@ringfence/learn';
import { lintPolicy, matchRule } from '@ringfence/policy/schema';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ModelSummary, suggestionQuery } from '../../api/models.ts';
import { policyQuery, savePolicy } from '../../api/policy.ts';
import { sessionQuery } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { diffLines } from './diff-lines.ts';
import { DiffView } from './diff-view.tsx';

type Props = { summary: ModelSummary; onBack: () => void; onClose: () => void };

/** The proposed rule against what the policy has for this function so far, and the button that puts it there. */
export function ProposalDrawer({ summary, onBack, onClose }: Props) {
  const { function: identity, functionId } = summary;
  const cache = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const policy = useQuery(policyQuery);
  const suggestion = useQuery(suggestionQuery(functionId));
  const save = useMutation({
    mutationFn: async () => {
      if (!policy.data || !suggestion.data) return;
      const { policy: stored, revision } = policy.data;
      await savePolicy(addSuggestion(stored, suggestion.data, identity), revision);
      await cache.invalidateQueries();
    },
  });
  const error = save.error ?? suggestion.error ?? policy.error;
  return (
    <Drawer
      wide
      title={`Proposed rule for ${identity.name}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onBack}>Back to the model</Button>
          {session?.role === 'admin' && !save.isSuccess && (
            <Button
              look="primary"
              disabled={!policy.data || !suggestion.data}
              busy={save.isPending}
              onClick={() => save.mutate()}
            >
              Add to policy
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error && <ProblemNotice error={error} onRetry={() => cache.invalidateQueries()} />}
        {save.isSuccess && (
          <Notice tone="good">
            The rule is in force. Defenders take it with their next look at the policy.{' '}
            <Link to="/policy" className="underline underline-offset-2">
              See it in the policy
            </Link>
          </Notice>
        )}
        {!error && (!policy.data || !suggestion.data) && <Loading label="Making the rule" />}
        {policy.data && suggestion.data && (
          <Proposal policy={policy.data.policy} suggestion={suggestion.data} identity={identity} />
        )}
      </div>
    </Drawer>
  );
}

type ProposalProps = {
  policy: Parameters<typeof addSuggestion>[0];
  suggestion: Parameters<typeof addSuggestion>[1] & { yaml: string };
  identity: ModelSummary['function'];
};

function Proposal({ policy, suggestion, identity }: ProposalProps) {
  const { collection, rule, yaml } = suggestion;
  const earlier = policy.runtime.rules.find(({ name }) => name === rule.name);
  const toLines = (text: string) => text.trimEnd().split('\n');
  const before = earlier ? toLines(formatSuggestion({ collection, rule: earlier, evidence: [] })) : [];
  const decides = matchRule(policy, identity)?.rule.name;
  const after = addSuggestion(policy, suggestion, identity);
  const warnings = lintPolicy(after).filter((warning) => warning.rule === rule.name);
  return (
    <>
      <p className="text-muted">
        It allows what {identity.name} used while it learned, and stops anything else.{' '}
        {earlier
          ? 'It takes the place of the rule that was proposed before.'
          : decides === undefined
            ? 'No rule decides for this function so far.'
            : `It goes above “${decides}”, which decides for this function so far.`}
      </p>
      {warnings.map(({ message, advice }) => (
        <Notice key={message} tone="warn">
          {message} {advice}
        </Notice>
      ))}
      <DiffView lines={diffLines(before, toLines(yaml))} copy={yaml} />
    </>
  );
}
