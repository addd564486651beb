import { RadioGroup } from 'radix-ui';

type Props<Value extends string> = {
  label: string;
  value: Value;
  options: Record<Value, string>;
  onChange: (value: Value) => void;
};

/** One of a few short words, side by side. */
export function Segments<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      className="inline-flex rounded-md border border-line-strong bg-raised p-0.5"
    >
      {Object.entries<string>(options).map(([option, word]) => (
        <RadioGroup.Item
          key={option}
          value={option}
          className="h-7 whitespace-nowrap rounded px-2.5 text-[13px] font-medium text-muted data-[state=checked]:bg-surface data-[state=checked]:text-ink data-[state=checked]:shadow-sm"
        >
          {word}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
