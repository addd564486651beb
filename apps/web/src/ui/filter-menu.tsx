import { DropdownMenu } from 'radix-ui';
import { Icon } from './icon.tsx';

type Props = {
  label: string;
  options: readonly string[];
  /** Chosen options, separated by commas; undefined for all. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

/** A menu of checkboxes for a filter that takes several words. */
export function FilterMenu({ label, options, value, onChange }: Props) {
  const chosen = new Set(value?.split(','));
  const toggle = (option: string) => {
    if (!chosen.delete(option)) chosen.add(option);
    onChange(options.filter((each) => chosen.has(each)).join(',') || undefined);
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="control flex w-auto! min-w-0 items-center gap-1.5 whitespace-nowrap text-left data-[set=true]:border-accent data-[set=true]:bg-accent-soft"
        data-set={value !== undefined}
      >
        <span className={value ? 'text-ink' : 'text-muted'}>{label}</span>
        {value && <span className="max-w-40 truncate font-medium">{value.replaceAll(',', ', ')}</span>}
        <span className="ml-auto text-muted">
          <svg
            aria-hidden="true"
            width="10"
            height="10"
            viewBox="0 0 10 10"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
          >
            <path d="M2 3.5l3 3 3-3" />
          </svg>
        </span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-40 rounded-lg border border-line bg-surface p-1 shadow-xl animate-[pop-in_100ms_ease-out]"
        >
          {options.map((option) => (
            <DropdownMenu.CheckboxItem
              key={option}
              checked={chosen.has(option)}
              onCheckedChange={() => toggle(option)}
              onSelect={(event) => event.preventDefault()}
              className="flex cursor-pointer items-center gap-2 rounded-md py-1.5 pl-2 pr-3 outline-none data-highlighted:bg-raised"
            >
              <span className="grid size-4 place-items-center rounded border border-line-strong text-accent">
                <DropdownMenu.ItemIndicator>
                  <Icon name="check" size={13} />
                </DropdownMenu.ItemIndicator>
              </span>
              {option}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
