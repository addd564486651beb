import type { WaasException } from '@ringfence/policy/schema';
import type { ReactNode } from 'react';
import { CodeBlock } from '../ui/code-block.tsx';
import { Icon } from '../ui/icon.tsx';
import { formatException } from './make-exception.ts';

/** The exception that silences a verdict, folded; `children` are the places it can be put. */
export function SilenceView({ exception, children }: { exception: WaasException; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="inline-flex list-none items-center gap-1 text-[13px] font-medium text-accent [&::-webkit-details-marker]:hidden">
        <span className="transition-transform group-open:rotate-90">
          <Icon name="right" size={13} />
        </span>
        Silence this
      </summary>
      <div className="mt-2 flex flex-col gap-2">
        <p className="text-[13px] text-muted">
          This exception in the rule keeps {exception.classes?.join(', ')} from being looked for in the field.
          Narrow it with sources if you know who sends such.
        </p>
        <CodeBlock label="Exception" text={formatException(exception)} />
        <div className="flex flex-wrap gap-2">{children}</div>
      </div>
    </details>
  );
}
