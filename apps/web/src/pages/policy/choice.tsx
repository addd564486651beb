import { RadioGroup } from 'radix-ui';
import { type ReactNode, useId } from 'react';

type Option<Value extends string> = { value: Value; label: string; what: string };

type Props<Value extends string> = {
  label: string;
  hint?: ReactNode;
  value: Value;
  options: Option<Value>[];
  onChange: (value: Value) => void;
};

/** One of a few values, each with what it means. */
export function Choice<Value extends string>({ label, hint, value, options, onChange }: Props<Value>) {
  const id = useId();
  return (
    <fieldset className="flex flex-col gap-1">
      <legend id={id} className="mb-1 text-[13px] font-medium">
        {label}
      </legend>
      <RadioGroup.Root
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => onChange(next as Value)}
        className="grid grid-cols-2 gap-2 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]"
      >
        {options.map((option) => (
          <RadioGroup.Item
            key={option.value}
            value={option.value}
            className="flex flex-col rounded-md border border-line-strong px-3 py-2 text-left hover:bg-raised data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
          >
            <span className="font-medium">{option.label}</span>
            <span className="text-[13px] text-muted">{option.what}</span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {hint && <p className="text-[13px] text-muted">{hint}</p>}
    </fieldset>
  );
}
