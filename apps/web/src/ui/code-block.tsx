import { CopyButton } from './copy-button.tsx';

/** Preformatted text that wraps on small screens, with a copy button. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <figure
      aria-label={label}
      className="w-full overflow-hidden rounded-md border border-line bg-page text-left"
    >
      <div className="flex items-center justify-between gap-2 border-b border-line py-1 pl-3 pr-1">
        <figcaption className="text-[13px] text-muted">{label}</figcaption>
        <CopyButton text={text} />
      </div>
      {/* Focusable, because what scrolls must be reachable with the keyboard. */}
      <pre
        tabIndex={0}
        className="max-h-[60vh] overflow-auto whitespace-pre-wrap break-all p-3 font-mono text-[12.5px] leading-relaxed text-ink"
      >
        {text}
      </pre>
    </figure>
  );
}
