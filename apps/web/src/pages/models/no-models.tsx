import { CodeBlock } from '../../ui/code-block.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

const RULE = `- name: Learn what converters use
  collections: [Converters]
  process: { effect: learn }
  network: { effect: learn }
  files: { effect: learn }
  learn: { invocations: 1000, hours: 24 }`;

/** What a model is, and how to get one. */
export function NoModels() {
  return (
    <EmptyState icon="models" title="No function has learned anything yet">
      <p>
        Let a function run for a while under a rule that learns: nothing is stopped, and its Defender records
        which programs, connections and files it uses. Then propose the tightest rule that allows just that.
      </p>
      <CodeBlock label="A rule that learns, above the others in the policy" text={RULE} />
      <p className="text-[13px]">
        Without a Console, from events on your machine:{' '}
        <code className="font-mono">ringfence learn function.zip --events events/ -o policy.yaml</code>
      </p>
    </EmptyState>
  );
}
