import type { ReactNode } from 'react';
import { Badge } from '../ui/badge.tsx';
import { DecodingRow } from './decoding-row.tsx';
import { EvidenceView } from './evidence-view.tsx';
import type { ShownVerdict } from './shown-verdict.ts';
import { nameClass, nameEffect } from './waas-words.ts';

/** One verdict: what was found, how sure that is, where, and how it got there. `children` are what can be done about it. */
export function VerdictCard({ verdict, children }: { verdict: ShownVerdict; children?: ReactNode }) {
  const effect = nameEffect(verdict.effect);
  const name = nameClass(verdict.class);
  return (
    <article aria-label={name} className="flex flex-col gap-2.5 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-semibold">{name}</h3>
        <Badge tone={effect.tone}>{effect.label}</Badge>
        <span className="ml-auto flex items-center gap-2 text-[13px] tabular-nums text-muted">
          <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-raised">
            <span
              className="block h-full rounded-full bg-accent"
              style={{ width: `${verdict.confidence}%` }}
            />
          </span>
          {verdict.confidence} % sure
        </span>
      </div>
      <p>The text {verdict.reason}.</p>
      <DecodingRow path={verdict.path} decoding={verdict.decoding} />
      <EvidenceView verdict={verdict} />
      {children}
    </article>
  );
}
