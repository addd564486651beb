import type { LintWarning } from '@ringfence/policy/schema';
import { Icon } from '../../ui/icon.tsx';

/** What is valid, but perhaps not meant: folded to its number when there is more than one. */
export function LintNotice({ warnings }: { warnings: LintWarning[] }) {
  if (warnings.length === 0) return null;
  const list = (
    <ul className="flex flex-col gap-2">
      {warnings.map((warning) => (
        <li key={`${warning.code} ${warning.message}`}>
          {warning.message} <span className="text-muted">{warning.advice}</span>
        </li>
      ))}
    </ul>
  );
  return (
    <details
      open={warnings.length < 3}
      className="group rounded-md border border-warn/40 bg-warn-soft px-3 py-2"
    >
      <summary className="flex list-none items-center gap-2 font-medium text-warn [&::-webkit-details-marker]:hidden">
        <Icon name="alert" />
        {warnings.length === 1 ? 'One thing to look at' : `${warnings.length} things to look at`}
        <span className="ml-auto transition-transform group-open:rotate-90">
          <Icon name="right" size={14} />
        </span>
      </summary>
      <div className="mt-2 border-t border-warn/20 pt-2">{list}</div>
    </details>
  );
}
