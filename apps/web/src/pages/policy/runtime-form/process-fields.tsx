import { ProcessSettings, VERDICT_EFFECTS } from '@ringfence/policy/schema';
import { Button } from '../../../ui/button.tsx';
import type { RuleCheck } from '../check-rule.ts';
import { Choice } from '../choice.tsx';
import { effectWords } from '../effect-words.ts';
import { ListField } from '../list-field.tsx';
import { readLines } from '../pattern-lines.ts';
import { ConditionFields } from './condition-fields.tsx';
import type { RuleForm } from './rule-form.ts';
import { SectionFields } from './section-fields.tsx';

type Form = RuleForm['process'];
type Props = { form: Form; check: RuleCheck; onChange: (form: Form) => void };

/** Which processes may be started. */
export function ProcessFields({ form, check, onChange }: Props) {
  const set = (part: Partial<Form>) => onChange({ ...form, ...part });
  const { conditions } = form;
  const plain = readLines(form.allow).patterns.length;
  return (
    <SectionFields
      title="Processes"
      when="When a process starts that is not allowed"
      effect={form.effect}
      onEffect={(effect) => set({ effect })}
    >
      <ListField
        label="Allowed processes, one on each line"
        hint={ProcessSettings.shape.allow.description}
        text={form.allow}
        onChange={(allow) => set({ allow })}
        errors={check.lineErrors(form.allow, 'process', 'allow')}
        error={check.error('process', 'allow')}
        placeholder={'/usr/bin/gs\n/opt/bin/*'}
      />
      {conditions.map((condition, place) => (
        <ConditionFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has nothing else that stays the same
          key={place}
          condition={condition}
          place={place}
          entry={plain + place}
          check={check}
          onChange={(changed) => set({ conditions: conditions.with(place, changed) })}
          onDelete={() => set({ conditions: conditions.toSpliced(place, 1) })}
        />
      ))}
      <div>
        <Button
          small
          icon="plus"
          onClick={() => set({ conditions: [...conditions, { path: '', arguments: '', parents: '' }] })}
        >
          Allow with conditions
        </Button>
      </div>
      <Choice
        label="When a process looks like a crypto-miner, even an allowed one"
        value={form.miners}
        options={VERDICT_EFFECTS.toReversed().map((value) => ({ value, ...effectWords[value] }))}
        onChange={(miners) => set({ miners })}
      />
    </SectionFields>
  );
}
