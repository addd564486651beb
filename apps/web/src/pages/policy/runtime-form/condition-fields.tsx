import { Field } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { RuleCheck } from '../check-rule.ts';
import { ListField } from '../list-field.tsx';
import type { ConditionForm } from './rule-form.ts';

type Props = {
  condition: ConditionForm;
  /** Place in the list of the form, and of its entry in `process.allow`. */
  place: number;
  entry: number;
  check: RuleCheck;
  onChange: (condition: ConditionForm) => void;
  onDelete: () => void;
};

/** A process that may be started with certain arguments, or by certain parents only. */
export function ConditionFields({ condition, place, entry, check, onChange, onDelete }: Props) {
  const at = ['process', 'allow', entry] as const;
  const set = (part: Partial<ConditionForm>) => onChange({ ...condition, ...part });
  return (
    <fieldset className="rounded-md border border-line-strong p-3">
      <legend className="sr-only">Process with conditions {place + 1}</legend>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Field
            label="Binary or script"
            error={condition.path === '' ? undefined : check.error(...at, 'path')}
          >
            {(control) => (
              <input
                {...control}
                value={condition.path}
                onChange={(event) => set({ path: event.target.value })}
                placeholder="/usr/bin/gs"
                spellCheck={false}
                autoCapitalize="off"
                autoComplete="off"
                className="control font-mono text-[12.5px]"
              />
            )}
          </Field>
        </div>
        <span className="mt-6">
          <IconButton icon="trash" label={`Remove process with conditions ${place + 1}`} onClick={onDelete} />
        </span>
      </div>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <div>
          <label className="mb-1 flex items-center gap-2 text-[13px] font-medium">
            <input
              type="checkbox"
              checked={condition.arguments !== undefined}
              onChange={(event) => set({ arguments: event.target.checked ? '' : undefined })}
              className="accent-accent"
            />
            Only with these arguments
          </label>
          {condition.arguments === undefined ? (
            <p className="text-[13px] text-muted">Any arguments.</p>
          ) : (
            <ListField
              label="Arguments, one on each line"
              hint="* stands for any characters, ? for one; ** as the last line for any further arguments. Empty: none."
              text={condition.arguments}
              onChange={(text) => set({ arguments: text })}
              errors={check.lineErrors(condition.arguments, ...at, 'arguments')}
              placeholder={'-q\n-sOutputFile=/tmp/*\n**'}
            />
          )}
        </div>
        <ListField
          label="Only when started by, one on each line"
          hint="Empty: by any process."
          text={condition.parents}
          onChange={(parents) => set({ parents })}
          errors={check.lineErrors(condition.parents, ...at, 'parents')}
          placeholder="/var/lang/bin/node"
        />
      </div>
    </fieldset>
  );
}
