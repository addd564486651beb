import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Field } from './field.tsx';

type Props = {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  /** Names of things, which no keyboard should correct. */
  code?: boolean;
  /** A number, which is short. */
  numeric?: boolean;
};

/** A labelled box for one line. */
export function TextField({ label, hint, error, value, onChange, placeholder, code, numeric }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          placeholder={placeholder}
          inputMode={numeric ? 'decimal' : undefined}
          {...(code && { spellCheck: false, autoCapitalize: 'off', autoComplete: 'off' })}
          className={classNames('control', code && 'font-mono text-[12.5px]', numeric && 'max-w-40')}
        />
      )}
    </Field>
  );
}
