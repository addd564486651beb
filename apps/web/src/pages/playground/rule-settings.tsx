import type { WaasRule } from '@ringfence/policy/schema';
import { switchedClasses, type WaasEffect } from '@ringfence/policy/waas-section';
import { Button } from '../../ui/button.tsx';
import { EffectSelect } from '../../ui/effect-select.tsx';
import { Field } from '../../ui/field.tsx';
import { nameClass, waasEffectWords } from '../../waas/waas-words.ts';

type Props = {
  rules: WaasRule[];
  rule: WaasRule;
  onChange: (rule: WaasRule) => void;
};

/** The rule to judge by: one of those at hand, and what is changed in it to try. */
export function RuleSettings({ rules, rule, onChange }: Props) {
  const original = rules.find(({ name }) => name === rule.name);
  const isChanged = JSON.stringify(original) !== JSON.stringify(rule);
  const setEffect = (effect: WaasEffect) => onChange({ ...rule, effect, protections: {} });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-52">
          <Field label="Judge by">
            {(control) => (
              <select
                {...control}
                value={rule.name}
                onChange={(event) => {
                  const chosen = rules.find(({ name }) => name === event.target.value);
                  if (chosen) onChange(chosen);
                }}
                className="control"
              >
                {rules.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            )}
          </Field>
        </div>
        {isChanged && original && (
          <Button look="quiet" onClick={() => onChange(original)}>
            Undo changes
          </Button>
        )}
      </div>
      <details className="group rounded-md border border-line">
        <summary className="flex list-none items-center gap-2 px-3 py-2 text-[13px] text-muted [&::-webkit-details-marker]:hidden">
          <span className="font-medium text-ink">Effects</span>
          <span className="truncate">{describeEffects(rule)}</span>
          <span className="ml-auto text-accent group-open:hidden">Change</span>
        </summary>
        <div className="flex flex-col gap-3 border-t border-line p-3">
          <div className="flex flex-wrap gap-2">
            {(['prevent', 'alert', 'ban'] as const).map((effect) => (
              <Button key={effect} small onClick={() => setEffect(effect)}>
                All: {waasEffectWords[effect].label}
              </Button>
            ))}
          </div>
          <ul className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
            {switchedClasses.map((name) => (
              <li key={name} className="flex items-center justify-between gap-2">
                <span className="truncate text-[13px]">{nameClass(name)}</span>
                <EffectSelect
                  words={waasEffectWords}
                  label={`Effect on ${nameClass(name)}`}
                  value={rule.protections[name] ?? rule.effect}
                  onChange={(effect) =>
                    onChange({ ...rule, protections: { ...rule.protections, [name]: effect } })
                  }
                />
              </li>
            ))}
          </ul>
        </div>
      </details>
    </div>
  );
}

function describeEffects({ effect, protections, exceptions }: WaasRule): string {
  const others = Object.values(protections).filter((each) => each !== undefined && each !== effect).length;
  const parts = [waasEffectWords[effect].label];
  if (others > 0) parts.push(`${others} different`);
  if (exceptions.length > 0)
    parts.push(exceptions.length === 1 ? 'one exception' : `${exceptions.length} exceptions`);
  return parts.join(', ');
}
