import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { DropdownMenu } from 'radix-ui';
import { type Role, signOut } from '../api/session.ts';
import { Icon } from '../ui/icon.tsx';
import { roleNames } from './role-names.ts';

/** Who is signed in, with the way out. */
export function AccountMenu({ name, role }: { name: string; role: Role }) {
  const router = useRouter();
  const cache = useQueryClient();
  const leave = async () => {
    await signOut();
    await router.navigate({ to: '/sign-in', search: {} });
    cache.clear();
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        aria-label={`Account: ${name}`}
        className="md:ml-auto grid size-8 place-items-center rounded-full bg-accent-soft text-[13px] font-semibold uppercase text-accent"
      >
        {name.slice(0, 1) || '?'}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-52 rounded-lg border border-line bg-surface p-1 shadow-xl animate-[pop-in_100ms_ease-out]"
        >
          <DropdownMenu.Label className="px-2.5 py-1.5">
            <span className="block truncate font-medium">{name}</span>
            <span className="text-[13px] text-muted">{roleNames[role]}</span>
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item
            onSelect={leave}
            className="flex cursor-pointer items-center gap-2 rounded-md px-2.5 py-1.5 outline-none data-highlighted:bg-raised"
          >
            <Icon name="out" />
            Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
