import { useRef } from 'react';
import { Button } from './button.tsx';

type Props = {
  /** What the button says. */
  children: string;
  /** What file is asked for, for assistive technology. */
  label: string;
  /** Which files the browser offers first, such as `.json,.yaml`. */
  accept?: string;
  onFile: (file: File) => void;
};

/** A button that asks for a file; the same one may be chosen again after it was changed. */
export function FileButton({ children, label, accept, onFile }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button small onClick={() => picker.current?.click()}>
        {children}
      </Button>
      <input
        ref={picker}
        type="file"
        accept={accept}
        aria-label={label}
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
    </>
  );
}
