import { classNames } from '../../ui/class-names.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { DiffLine } from './diff-lines.ts';

const looks = { '+': 'bg-good-soft text-good', '-': 'bg-danger-soft text-danger', ' ': '' } as const;

/** Lines that come and go, with a button that copies the whole new text. */
export function DiffView({ lines, copy }: { lines: DiffLine[]; copy: string }) {
  return (
    <figure
      aria-label="Changes in YAML"
      className="overflow-hidden rounded-md border border-line bg-page text-left"
    >
      <div className="flex items-center justify-between gap-2 border-b border-line py-1 pl-3 pr-1">
        <figcaption className="text-[13px] text-muted">policy.yaml</figcaption>
        <CopyButton text={copy} />
      </div>
      {/* Focusable, because what scrolls must be reachable with the keyboard. */}
      <pre tabIndex={0} className="overflow-auto py-2 font-mono text-[12.5px] leading-relaxed">
        {lines.map(({ mark, text }, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            key={index}
            className={classNames('block min-w-fit whitespace-pre px-3', looks[mark])}
          >
            {mark} {text}
          </span>
        ))}
      </pre>
    </figure>
  );
}
