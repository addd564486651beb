import { Effect } from '@ringfence/policy/schema';
import { classNames } from '../../ui/class-names.ts';
import { effectWords } from './effect-words.ts';

const looks = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  neutral: 'bg-raised text-muted',
  info: 'bg-info-soft text-info',
  danger: '',
} as const;

type Props = { value: Effect; label: string; disabled: boolean; onChange: (effect: Effect) => void };

/** The effect of a rule, changed in place. */
export function EffectSelect({ value, label, disabled, onChange }: Props) {
  return (
    <select
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(Effect.parse(event.target.value))}
      className={classNames(
        'h-7 rounded border border-transparent px-1 text-[13px] font-medium hover:border-line-strong disabled:appearance-none disabled:px-2',
        looks[effectWords[value].tone],
      )}
    >
      {Effect.options.map((effect) => (
        <option key={effect} value={effect} className="bg-surface text-ink">
          {effectWords[effect].label}
        </option>
      ))}
    </select>
  );
}
