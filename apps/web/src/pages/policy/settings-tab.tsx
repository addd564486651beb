import { checkPolicy, type Policy, PolicySettings } from '@ringfence/policy/schema';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';

type Props = { policy: Policy; editable: boolean; onChange: (edit: (policy: Policy) => Policy) => void };

const fields = [
  { key: 'policyRefreshSeconds', label: 'Policy refresh, in seconds' },
  { key: 'deliveryMilliseconds', label: 'Time for delivery when the function ends, in milliseconds' },
] as const;

/** The settings for all Defenders. */
export function SettingsTab({ policy, editable, onChange }: Props) {
  const check = checkPolicy(policy);
  return (
    <Panel title="How Defenders talk to the Console">
      <div className="flex max-w-xl flex-col gap-4">
        {fields.map(({ key, label }) => (
          <Field
            key={key}
            label={label}
            hint={PolicySettings.shape[key].description}
            error={
              check.ok
                ? undefined
                : check.problems.find(({ path }) => path[0] === 'settings' && path[1] === key)?.message
            }
          >
            {(control) => (
              <input
                {...control}
                type="number"
                disabled={!editable}
                value={Number.isNaN(policy.settings[key]) ? '' : policy.settings[key]}
                onChange={(event) =>
                  onChange((before) => ({
                    ...before,
                    settings: { ...before.settings, [key]: event.target.valueAsNumber },
                  }))
                }
                className="control max-w-40"
              />
            )}
          </Field>
        ))}
      </div>
    </Panel>
  );
}
