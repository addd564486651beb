import { type ReactNode, useId } from 'react';

type Control = { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined };

type Props = {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  children: (control: Control) => ReactNode;
};

/** A label, its control, and below it the error or else the hint, tied together for assistive technology. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-[13px] font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': note ? `${id}-note` : undefined,
      })}
      {note && (
        <p id={`${id}-note`} className={error ? 'text-[13px] text-danger' : 'text-[13px] text-muted'}>
          {note}
        </p>
      )}
    </div>
  );
}
