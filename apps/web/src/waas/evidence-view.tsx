import type { ShownVerdict } from './shown-verdict.ts';

/** The form of the field that was judged, as far as it is known, with what shows the attack highlighted. */
export function EvidenceView({ verdict }: { verdict: ShownVerdict }) {
  const { evidence, surroundings } = verdict;
  const isCutBefore = surroundings ? surroundings.start > 0 : evidence.start > 0;
  return (
    <figure aria-label="Judged form">
      <pre
        // Focusable, because what scrolls must be reachable with the keyboard.
        tabIndex={0}
        className="max-h-48 overflow-auto whitespace-pre-wrap break-all rounded-md border border-line bg-page px-3 py-2 font-mono text-[12.5px] leading-relaxed"
      >
        {isCutBefore && <span className="text-muted">… </span>}
        {surroundings?.before}
        <mark className="rounded-xs bg-danger-soft px-0.5 font-semibold text-danger">
          {surroundings?.evidence ?? evidence.text}
        </mark>
        {surroundings?.after}
        {surroundings && surroundings.leftOut > 0 && <span className="text-muted"> …</span>}
      </pre>
    </figure>
  );
}
