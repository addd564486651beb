import { expect, test } from 'vitest';
import { withoutUnset } from './without-unset.ts';

const get = (TableName: string, line = 1) => ({
  service: 'dynamodb',
  operation: 'GetItem',
  parameters: { TableName },
  location: { path: 'index.js', line, column: 1 },
});

test('of two variables the one that is set counts, in each place by itself', () => {
  const [own, other] = [get('${env:TABLE}'), get('${env:OTHER}')];
  const isSet = (name: string) => name === 'TABLE';
  expect(withoutUnset([own, other], isSet)).toEqual([own]);
  expect(withoutUnset([own, get('${env:OTHER}', 2)], isSet)).toHaveLength(2);
  expect(withoutUnset([other], isSet)).toEqual([other]);
});
