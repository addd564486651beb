import type { ReactNode } from 'react';
import { Field } from '../../ui/field.tsx';
import { LineEditor, type LineError } from './line-editor.tsx';

type Props = {
  label: string;
  hint?: ReactNode;
  text: string;
  onChange: (text: string) => void;
  errors: LineError[];
  error?: string | undefined;
  placeholder: string;
};

/** A list of the policy as a text with one entry on each line. */
export function ListField({ label, hint, text, onChange, errors, error, placeholder }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <LineEditor
          id={control.id}
          describedBy={control['aria-describedby']}
          text={text}
          onChange={onChange}
          errors={errors}
          placeholder={placeholder}
        />
      )}
    </Field>
  );
}
