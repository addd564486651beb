import { type Tone, tones } from './badge.tsx';
import { classNames } from './class-names.ts';

type Props<Value extends string> = {
  value: Value;
  /** The effects to choose from, in order. */
  words: Record<Value, { label: string; tone: Tone }>;
  label: string;
  disabled?: boolean;
  onChange: (effect: Value) => void;
};

/** An effect, changed in place. */
export function EffectSelect<Value extends string>(props: Props<Value>) {
  const { value, words, label, disabled, onChange } = props;
  return (
    <select
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as Value)}
      className={classNames(
        'h-7 rounded border border-transparent px-1 text-[13px] font-medium hover:border-line-strong disabled:appearance-none disabled:px-2',
        tones[words[value].tone],
      )}
    >
      {Object.entries<{ label: string }>(words).map(([effect, word]) => (
        <option key={effect} value={effect} className="bg-surface text-ink">
          {word.label}
        </option>
      ))}
    </select>
  );
}
