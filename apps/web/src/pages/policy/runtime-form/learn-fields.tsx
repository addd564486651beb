import { LearnSettings } from '@ringfence/policy/schema';
import { Field } from '../../../ui/field.tsx';
import type { RuleCheck } from '../check-rule.ts';
import { FormSection } from '../form-section.tsx';
import type { RuleForm } from './rule-form.ts';

type Form = RuleForm['learn'];
type Props = { form: Form; check: RuleCheck; onChange: (form: Form) => void };

const fields = [
  { key: 'invocations', label: 'Invocations' },
  { key: 'hours', label: 'Hours' },
] as const;

/** When learning ends. */
export function LearnFields({ form, check, onChange }: Props) {
  return (
    <FormSection title="Learning ends after" label="Learning">
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map(({ key, label }) => (
          <Field
            key={key}
            label={label}
            hint={LearnSettings.shape[key].description}
            error={check.error('learn', key)}
          >
            {(control) => (
              <input
                {...control}
                inputMode="decimal"
                value={form[key]}
                onChange={(event) => onChange({ ...form, [key]: event.target.value })}
                className="control max-w-40"
              />
            )}
          </Field>
        ))}
      </div>
    </FormSection>
  );
}
