import { expect, test } from 'vitest';
import { hostileEvents } from './test-support/hostile-events.ts';
import { hostileShapes } from './test-support/hostile-shapes.ts';
import { loadMeteredEngine } from './test-support/metered-engine.ts';

const SHORT = 16_000;
/** What does not double evenly: windows that both sizes fill, the last level of a nesting. Quadratic work would double once more. */
const SLACK = 1.08;
const CONSTANT = 2_000;

const { workOf } = loadMeteredEngine();

function expectLinear(kind: 'text' | 'event', make: (size: number) => string): void {
  const [short, long] = [make(SHORT), make(2 * SHORT)];
  const growth = Buffer.byteLength(long) / Buffer.byteLength(short);
  expect(growth).toBeGreaterThan(1.8);
  expect(workOf(long, kind)).toBeLessThanOrEqual(workOf(short, kind) * growth * SLACK + CONSTANT);
}

test('the meter counts: a longer text is more work', () => {
  expect(workOf('a '.repeat(101), 'text')).toBeGreaterThan(workOf('a '.repeat(100), 'text'));
});

const repeat = (shape: string, size: number) => shape.repeat(Math.ceil(size / shape.length));

test.each(hostileShapes)('twice the text is at most twice the work: %j', (shape) => {
  expectLinear('text', (size) => repeat(shape, size));
});

test.each(hostileShapes)('twice the text is at most twice the work, where something ends it: %j', (shape) => {
  expectLinear('text', (size) => `{"${repeat(shape, size)}'"*/-->%>}})]\n`);
});

test.each(hostileEvents)('twice the event is at most twice the work: %s', (_, make) => {
  expectLinear('event', make);
});
