import { Protections, WaasRule } from '@ringfence/policy/schema';
import { switchedClasses } from '@ringfence/policy/waas-section';
import { EffectSelect } from '../../../ui/effect-select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { nameClass, waasEffectWords } from '../../../waas/waas-words.ts';
import type { RuleCheck } from '../check-rule.ts';
import { Choice } from '../choice.tsx';
import { FormSection } from '../form-section.tsx';
import { effectOptions } from './effect-options.ts';
import type { WaasForm } from './waas-form.ts';

type Props = { form: WaasForm; check: RuleCheck; onChange: (part: Partial<WaasForm>) => void };

/** What the protections do: all, and single ones. */
export function ProtectionFields({ form, check, onChange }: Props) {
  const { label } = waasEffectWords[form.effect];
  const words = { rule: { label: `As the rule: ${label}`, tone: 'neutral' as const }, ...waasEffectWords };
  return (
    <FormSection title="Protections">
      <Choice
        label="When an event attacks"
        value={form.effect}
        options={effectOptions}
        onChange={(effect) => onChange({ effect })}
      />
      <ul aria-label="Single protections" className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        {switchedClasses.map((name) => (
          <li key={name} title={Protections.shape[name].description} className="flex items-center gap-2">
            <span className="mr-auto min-w-0 truncate">{nameClass(name)}</span>
            <EffectSelect
              label={`Effect on ${nameClass(name)}`}
              words={words}
              value={form.protections[name] ?? 'rule'}
              onChange={(effect) => {
                const { [name]: _, ...others } = form.protections;
                onChange({ protections: effect === 'rule' ? others : { ...others, [name]: effect } });
              }}
            />
          </li>
        ))}
      </ul>
      <TextField
        label="Confidence that it takes, per cent"
        hint={WaasRule.shape.confidence.description}
        error={check.error('confidence')}
        value={form.confidence}
        onChange={(confidence) => onChange({ confidence })}
        numeric
      />
    </FormSection>
  );
}
