import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { TextField } from '../../ui/text-field.tsx';

type Props = {
  what: 'Rule' | 'Collection';
  /** As it stands in the draft; undefined for a new one. */
  original: { name: string } | undefined;
  editable: boolean;
  name: string;
  nameHint?: string | undefined;
  namePlaceholder: string;
  /** What is wrong with the name; it is told once something was typed. */
  nameError: string | undefined;
  onName: (name: string) => void;
  /** May it be applied? */
  isValid: boolean;
  onApply: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** The form of one named part of the draft, which is saved with the whole policy. */
export function DraftDrawer(props: Props) {
  const { what, original, editable, name, nameError, isValid, onClose } = props;
  const [tried, setTried] = useState(false);
  const isRefused = tried && !isValid;
  const apply = () => {
    setTried(true);
    if (isValid) props.onApply();
  };
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
            <Button look="primary" onClick={apply}>
              {original ? 'Apply' : `Add ${what.toLowerCase()}`}
            </Button>
          </>
        )
      }
    >
      <fieldset disabled={!editable} className="flex flex-col gap-5">
        <TextField
          label="Name"
          hint={props.nameHint}
          error={tried || name !== '' ? nameError : undefined}
          value={name}
          onChange={props.onName}
          placeholder={props.namePlaceholder}
        />
        {props.children}
      </fieldset>
    </Drawer>
  );
}
