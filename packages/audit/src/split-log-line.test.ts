import { expect, it } from 'vitest';
import { splitLogLine } from './split-log-line.ts';

it('finds an audit at the beginning of a line, behind other text, or not at all', () => {
  expect(splitLogLine('{"ringfence":1,"id":"x"}')).toEqual({ text: '', audit: '{"ringfence":1,"id":"x"}' });
  expect(splitLogLine('50 %…{"ringfence":1,"id":"x"}')).toEqual({
    text: '50 %…',
    audit: '{"ringfence":1,"id":"x"}',
  });
  expect(splitLogLine('{"ringfence":2}')).toEqual({ text: '{"ringfence":2}' });
});
