import { CodeBlock } from '../../ui/code-block.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Before the first report of posture: what the Radar shows, and the command that feeds it. */
export function NoRadar() {
  return (
    <EmptyState icon="radar" title="No project has been looked at yet">
      <p>
        The Radar shows what may reach what: who can start your functions, what their roles let them reach,
        and what is wrong on the way. It is made of templates, so it needs no access to an account.
      </p>
      <CodeBlock
        label="Look at a project and publish what is found"
        text={`RINGFENCE_TOKEN=rft_… ringfence check . --publish --console ${location.origin}`}
      />
    </EmptyState>
  );
}
