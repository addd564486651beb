import type { Policy } from '@ringfence/policy/schema';
import { stringify } from 'yaml';
import { CodeBlock } from '../../ui/code-block.tsx';

/** The policy as YAML, as `ringfence policy apply` takes it. */
export function YamlTab({ policy, changed }: { policy: Policy; changed: boolean }) {
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">
        {changed ? 'With your unsaved changes. ' : ''}Keep it in git and apply it with{' '}
        <code className="font-mono text-ink">ringfence policy apply policy.yaml</code>
      </p>
      <CodeBlock
        label="policy.yaml"
        text={stringify(policy, { lineWidth: 0, aliasDuplicateObjects: false })}
      />
    </div>
  );
}
