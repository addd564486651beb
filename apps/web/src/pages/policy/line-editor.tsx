import { classNames } from '../../ui/class-names.ts';

export type LineError = { line: number; message: string };

type Props = {
  id: string;
  text: string;
  onChange: (text: string) => void;
  errors: LineError[];
  placeholder: string;
  describedBy?: string | undefined;
};

/** A text with one pattern on each line: line numbers on the left, and what is wrong with a line beside it. */
export function LineEditor({ id, text, onChange, errors, placeholder, describedBy }: Props) {
  const count = Math.max(text.split('\n').length, placeholder.split('\n').length);
  const byLine = new Map(errors.map((error) => [error.line, error.message]));
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return (
    <div
      className={classNames(
        'rounded-md border bg-surface focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent',
        errors.length > 0 ? 'border-danger' : 'border-line-strong',
      )}
    >
      <div className="flex py-1.5 font-mono text-[12.5px] leading-6">
        <ol aria-hidden="true" className="w-9 shrink-0 select-none pr-2 text-right text-muted">
          {numbers.map((line) => (
            <li key={line} className={byLine.has(line) ? 'font-bold text-danger' : undefined}>
              {line}
            </li>
          ))}
        </ol>
        <textarea
          id={id}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          rows={count}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder={placeholder}
          aria-invalid={errors.length > 0}
          aria-describedby={classNames(describedBy, errors.length > 0 && `${id}-errors`) || undefined}
          className="min-w-0 flex-1 resize-none overflow-y-hidden bg-transparent outline-none placeholder:text-muted/70"
        />
        {errors.length > 0 && (
          <ol aria-hidden="true" className="hidden w-2/3 shrink-0 pr-2 font-sans text-xs leading-6 sm:block">
            {numbers.map((line) => (
              <li key={line} title={byLine.get(line)} className="h-6 truncate pl-2 text-danger">
                {byLine.get(line)}
              </li>
            ))}
          </ol>
        )}
      </div>
      <ul id={`${id}-errors`} className="px-3 text-[13px] text-danger sm:sr-only">
        {errors.map((error) => (
          <li key={error.line} className="pb-1">
            Line {error.line}: {error.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
