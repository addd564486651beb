import { Badge } from '../../ui/badge.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Facts } from '../../ui/facts.tsx';
import { decisionWords } from '../../waas/waas-words.ts';
import type { Judgement } from './judge.ts';

type Event = NonNullable<Judgement['event']>;

/** Longer answers (events of megabytes without a record) are shown in part. */
const SHOWN = 20_000;

function formatJson(text: string): string {
  const pretty = text.length > SHOWN ? text : JSON.stringify(JSON.parse(text), null, 2);
  return pretty.length > SHOWN ? `${pretty.slice(0, SHOWN)}…` : pretty;
}

function Answer({ event }: { event: Event }) {
  const { decision, merged } = event;
  switch (decision.kind) {
    case 'pass':
      return null;
    case 'answer':
      return <CodeBlock label="What answers in the function's stead" text={formatJson(decision.response)} />;
    case 'error':
      return <CodeBlock label="The error of the invocation" text={formatJson(decision.error)} />;
    default:
      return (
        <>
          <CodeBlock label="What the function gets" text={formatJson(decision.event)} />
          {merged && (
            <CodeBlock label="What is answered when the function answers nothing" text={formatJson(merged)} />
          )}
        </>
      );
  }
}

/** Who sent the event, what becomes of it, and the exact answer. */
export function AnswerView({ event }: { event: Event }) {
  const { label, tone, what } = decisionWords[event.decision.kind];
  return (
    <div className="flex flex-col gap-3">
      <p aria-live="polite" className="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{label}</Badge>
        <span>{what}</span>
      </p>
      <Facts
        rows={[
          [
            'Trigger',
            <code key="trigger" className="font-mono text-[12.5px]">
              {event.trigger}
            </code>,
          ],
          ['Address', event.address],
          ['Identity', event.identity],
        ]}
      />
      <Answer event={event} />
    </div>
  );
}
