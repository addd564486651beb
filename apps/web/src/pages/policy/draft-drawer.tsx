import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';

type Props = {
  what: 'Rule' | 'Collection';
  /** As it stands in the draft; undefined for a new one. */
  original: { name: string } | undefined;
  editable: boolean;
  /** Was it to be applied although something is wrong with it? */
  isRefused: boolean;
  onApply: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** The form of one part of the draft, which is saved with the whole policy. */
export function DraftDrawer({ what, original, editable, isRefused, onApply, onClose, children }: Props) {
  return (
    <Drawer
      wide
      title={original ? `${what} “${original.name}”` : `New ${what.toLowerCase()}`}
      onClose={onClose}
      footer={
        editable && (
          <>
            <p
              className={
                isRefused
                  ? 'mr-auto text-[13px] text-danger'
                  : 'mr-auto hidden text-[13px] text-muted sm:block'
              }
            >
              {isRefused ? 'Something above is not right yet.' : 'Takes effect when the policy is saved.'}
            </p>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" onClick={onApply}>
              {original ? 'Apply' : `Add ${what.toLowerCase()}`}
            </Button>
          </>
        )
      }
    >
      <fieldset disabled={!editable} className="flex flex-col gap-5">
        {children}
      </fieldset>
    </Drawer>
  );
}
