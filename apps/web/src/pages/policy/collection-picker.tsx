import { ALL_COLLECTION, type Policy } from '@ringfence/policy/schema';
import { useId } from 'react';
import { CheckChip } from '../../ui/check-chip.tsx';

type Props = {
  policy: Policy;
  chosen: string[];
  onChange: (names: string[]) => void;
  error: string | undefined;
};

/** Which collections a rule applies to. */
export function CollectionPicker({ policy, chosen, onChange, error }: Props) {
  const id = useId();
  const names = [ALL_COLLECTION, ...policy.collections.map(({ name }) => name)];
  const toggle = (name: string) => {
    const next = names.filter((each) => (each === name) !== chosen.includes(each));
    // All holds every function, so together with others it would only hide them.
    onChange(
      name === ALL_COLLECTION
        ? chosen.includes(name)
          ? []
          : [name]
        : next.filter((each) => each !== ALL_COLLECTION),
    );
  };
  return (
    <fieldset aria-describedby={`${id}-note`}>
      <legend className="mb-1 text-[13px] font-medium">Applies to</legend>
      <div className="flex flex-wrap gap-2">
        {names.map((name) => (
          <CheckChip key={name} checked={chosen.includes(name)} onToggle={() => toggle(name)}>
            {name === ALL_COLLECTION ? 'All functions' : name}
          </CheckChip>
        ))}
      </div>
      <p id={`${id}-note`} className={error ? 'mt-1 text-[13px] text-danger' : 'mt-1 text-[13px] text-muted'}>
        {error ?? 'One collection that holds the function is enough.'}
      </p>
    </fieldset>
  );
}
