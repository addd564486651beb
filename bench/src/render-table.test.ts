import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import { median } from './median.ts';
import { renderTable } from './render-table.ts';
import { judge, type Target } from './row.ts';

describe('the table', () => {
  it('takes the middle of the samples, whatever their order', () => {
    expect(median([9, 1, 2])).toBe(2);
    expect(median([10, 1, 4, 2])).toBe(3);
    expect(() => median([])).toThrow('no samples');
  });

  it('judges low and high figures', () => {
    const of = (figure: number, target: Target, unguarded = 0) =>
      judge({ id: 'x', what: 'something', unit: 'ns', samples: 1, figure, unguarded }, target, target.must);
    expect(of(50, { must: 50, better: 'lower' })).toBe('ok');
    expect(of(50.1, { must: 50, better: 'lower' })).toBe('missed');
    expect(of(5000, { must: 5000, better: 'higher' })).toBe('ok');
    expect(of(4999, { must: 5000, better: 'higher' })).toBe('missed');
    expect(of(4, { must: 2, better: 'lower', percent: true }, 200)).toBe('ok');
    expect(of(4.1, { must: 2, better: 'lower', percent: true }, 200)).toBe('missed');
  });

  it('compares medians of blocks that it takes in turn', async () => {
    const order: string[] = [];
    const block = (name: string, samples: number[]) => async () => {
      order.push(name);
      return samples;
    };
    const row = await compare(
      { id: 'x', what: 'something', unit: 'ms' },
      {
        blocks: 2,
        unguarded: block('unguarded', [1000, 2000, 9000]),
        guarded: block('guarded', [2500, 3500, 1500]),
        scale: 1e-3,
      },
    );
    expect(order).toEqual(['unguarded', 'guarded', 'guarded', 'unguarded']);
    expect(row).toMatchObject({ unguarded: 2, guarded: 2.5, figure: 0.5, noise: 0, samples: 6 });
  });

  it('shows what was added, what must be and what is missed', () => {
    const table = renderTable([
      {
        id: 'a',
        what: 'an exec',
        unit: 'µs',
        unguarded: 400.4,
        guarded: 516.2,
        figure: 115.8,
        noise: 2.04,
        samples: 1000,
        target: { must: 200, aim: 50, better: 'lower' },
      },
      { id: 'b', what: 'memory', unit: 'KB', figure: 80, samples: 100, note: 'a note' },
    ]);
    const [, , first, second] = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    expect(first?.slice(1, -1)).toEqual(
      'an exec,400,516,+116,±2.04,µs,≤ 200 ok,≤ 50 missed,1000,'.split(','),
    );
    expect(second?.slice(1, -1)).toEqual('memory,,,80.0,,KB,,,100,a note'.split(','));
  });
});
