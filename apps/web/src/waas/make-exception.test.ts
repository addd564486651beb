import { expect, it } from 'vitest';
import { formatException, makeException } from './make-exception.ts';

it('holds for the class and the field, in any element of a list', () => {
  const exception = makeException({ class: 'sqli', path: 'Records[12].body.items[3].note' });
  expect(exception).toEqual({ classes: ['sqli'], field: 'Records[*].body.items[*].note' });
  expect(exception && formatException(exception)).toBe(
    'exceptions:\n  - classes:\n      - sqli\n    field: Records[*].body.items[*].note\n',
  );
});

it('of a text that stands alone holds for every field', () => {
  expect(makeException({ class: 'xss', path: '' })?.field).toBe('*');
});

it('is none for a source that the rule refuses', () => {
  expect(makeException({ class: 'source', path: '' })).toBeUndefined();
});
