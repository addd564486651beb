import { WaasPattern, type WaasRule } from '@ringfence/policy/schema';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import type { RuleCheck } from '../check-rule.ts';
import { FormSection } from '../form-section.tsx';

type Patterns = WaasRule['patterns'];
type Props = { patterns: Patterns; check: RuleCheck; onChange: (patterns: Patterns) => void };

/** Patterns of one's own. */
export function PatternFields({ patterns, check, onChange }: Props) {
  const set = (place: number, part: Partial<Patterns[number]>) =>
    onChange(patterns.map((pattern, each) => (each === place ? { ...pattern, ...part } : pattern)));
  return (
    <FormSection title="Patterns">
      <p className="text-[13px] text-muted">{WaasPattern.shape.match.description}</p>
      {patterns.map((pattern, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pattern has nothing else that stays the same
        <div key={place} className="flex items-start gap-2">
          <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-2">
            <TextField
              label={`Name of pattern ${place + 1}`}
              error={check.error('patterns', place, 'name')}
              value={pattern.name}
              onChange={(name) => set(place, { name })}
              placeholder="Old exploit"
            />
            <TextField
              label="Text that it matches"
              error={check.error('patterns', place, 'match')}
              value={pattern.match}
              onChange={(match) => set(place, { match })}
              placeholder="*/cgi-bin/*.pl*"
              code
            />
          </div>
          <span className="mt-6">
            <IconButton
              icon="trash"
              label={`Remove pattern ${place + 1}`}
              onClick={() => onChange(patterns.toSpliced(place, 1))}
            />
          </span>
        </div>
      ))}
      <div>
        <Button small icon="plus" onClick={() => onChange([...patterns, { name: '', match: '' }])}>
          Add pattern
        </Button>
      </div>
    </FormSection>
  );
}
