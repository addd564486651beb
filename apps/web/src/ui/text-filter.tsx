import { type Ref, useId } from 'react';
import { classNames } from './class-names.ts';
import { useSettled } from './use-settled.ts';

type Props = {
  label: string;
  placeholder: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  suggestions?: string[];
  className?: string;
  ref?: Ref<HTMLInputElement>;
};

/** A filter that is typed, with suggestions; `label` is its accessible name. */
export function TextFilter({ label, placeholder, value, onChange, suggestions = [], className, ref }: Props) {
  const { text, setText, settle } = useSettled(value ?? '', (next) => onChange(next || undefined));
  const list = useId();
  return (
    <>
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && settle()}
        list={suggestions.length > 0 ? list : undefined}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        data-set={value !== undefined}
        className={classNames(
          'control data-[set=true]:border-accent data-[set=true]:bg-accent-soft',
          className,
        )}
      />
      {suggestions.length > 0 && (
        <datalist id={list}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </>
  );
}
