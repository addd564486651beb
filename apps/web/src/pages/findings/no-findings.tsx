import { Link } from '@tanstack/react-router';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type FindingTab, TABS } from './finding-search.ts';

const scanCommand = () =>
  [
    'ringfence db update',
    `RINGFENCE_TOKEN=rft_… ringfence scan function.zip --publish --function my-function --region eu-west-1 --account 123456789012 --console ${location.origin}`,
  ].join('\n');

/** Before the first report: what a scan is, and the commands that publish one. */
export function NothingPublished() {
  return (
    <EmptyState icon="findings" title="No scan has been published yet">
      <p>
        A scan finds known vulnerabilities, secrets and risky code in a function's package, before it is
        deployed. What it finds is listed here, and matched again by itself when new advisories come.
      </p>
      <CodeBlock label="Scan a package and publish what is found" text={scanCommand()} />
      <p className="text-[13px]">
        Make the API token in{' '}
        <Link to="/settings" className="text-accent underline underline-offset-2">
          Settings
        </Link>
        . In a pipeline, run it with each build.
      </p>
    </EmptyState>
  );
}

/** In place of a list that is empty. */
export function NoFindings({
  tab,
  filtered,
  onClear,
}: {
  tab: FindingTab;
  filtered: boolean;
  onClear: () => void;
}) {
  if (!filtered)
    return (
      <EmptyState icon="check" title={`Nothing under “${TABS[tab].label}”`}>
        {null}
      </EmptyState>
    );
  return (
    <EmptyState icon="search" title="No finding matches">
      <Button onClick={onClear}>Clear filters</Button>
    </EmptyState>
  );
}
