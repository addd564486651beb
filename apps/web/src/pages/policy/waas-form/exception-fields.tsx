import { WaasException } from '@ringfence/policy/schema';
import { switchedClasses } from '@ringfence/policy/waas-section';
import { CheckChip } from '../../../ui/check-chip.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { nameClass } from '../../../waas/waas-words.ts';
import type { RuleCheck } from '../check-rule.ts';
import { ListField } from '../list-field.tsx';
import type { ExceptionForm } from './waas-form.ts';

type Props = {
  exception: ExceptionForm;
  place: number;
  check: RuleCheck;
  onChange: (exception: ExceptionForm) => void;
  onDelete: () => void;
};

/** What is known to be harmless in a field. */
export function ExceptionFields({ exception, place, check, onChange, onDelete }: Props) {
  const at = ['exceptions', place] as const;
  const { field, classes, sources } = exception;
  const set = (part: Partial<ExceptionForm>) => onChange({ ...exception, ...part });
  return (
    <fieldset className="flex flex-col gap-3 rounded-md border border-line-strong p-3">
      <legend className="sr-only">Exception {place + 1}</legend>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label="Field"
            hint={WaasException.shape.field.description}
            error={check.error(...at, 'field')}
            value={field}
            onChange={(changed) => set({ field: changed })}
            placeholder="body.query"
            code
          />
        </div>
        <span className="mt-6">
          <IconButton icon="trash" label={`Remove exception ${place + 1}`} onClick={onDelete} />
        </span>
      </div>
      <fieldset>
        <legend className="mb-1 text-[13px] font-medium">
          Silent protections{classes.length === 0 && ': all'}
        </legend>
        <div className="flex flex-wrap gap-1.5 text-[13px]">
          {switchedClasses.map((name) => (
            <CheckChip
              key={name}
              checked={classes.includes(name)}
              onToggle={() =>
                set({
                  classes: switchedClasses.filter((each) => (each === name) !== classes.includes(each)),
                })
              }
            >
              {nameClass(name)}
            </CheckChip>
          ))}
        </div>
      </fieldset>
      <ListField
        label="Only from these addresses and networks, one on each line"
        hint={WaasException.shape.sources.description}
        text={sources}
        onChange={(text) => set({ sources: text })}
        errors={check.lineErrors(sources, ...at, 'sources')}
        error={check.error(...at, 'sources')}
        placeholder="10.0.0.0/8"
      />
    </fieldset>
  );
}
