import { describe, expect, test } from 'vitest';
import { loadEngine, type Surroundings } from './index.ts';
import { needleSettings } from './test-settings.ts';

async function around(event: string, verdict = 0): Promise<Surroundings | undefined> {
  const engine = await loadEngine(needleSettings({ patterns: [{ name: 'needle', match: '*needle*' }] }));
  engine.watch(verdict);
  engine.inspectEvent(event);
  return engine.surroundings();
}

describe('what stands around the evidence', () => {
  test('is the judged form, and where the value that held it begins', async () => {
    const text = Buffer.from('a needle in base64').toString('base64');
    const event = `{"ä": 1, "body": "${text}"}`;
    const found = await around(event);
    expect(found).toMatchObject({ start: 0, leftOut: 0 });
    expect(`${found?.before}${found?.evidence}${found?.after}`).toBe('a needle in base64');
    const place = Buffer.from(event).subarray(found?.place).toString();
    expect(place).toContain(text);
    expect(place.length).toBeLessThan(text.length + 5);
  });

  test('is kept of the verdict that is asked for', async () => {
    const event = '{"first": "x needle", "second": "y needle"}';
    expect((await around(event, 1))?.evidence).toBe('y needle');
    expect(await around(event, 2)).toBeUndefined();
    expect(await around('{"first": "hay"}')).toBeUndefined();
  });

  test('is cut between characters', async () => {
    const engine = await loadEngine();
    engine.watch(0);
    engine.inspectEvent(
      JSON.stringify({ a: `${'ä'.repeat(301)}<script>alert(1)</script>${'ö'.repeat(301)}` }),
    );
    const found = engine.surroundings();
    expect(found?.before).toMatch(/^ä{99,100}$/);
    expect(found?.evidence).toContain('<script');
    expect(found?.after).not.toContain('\ufffd');
    expect(found?.start).toBeGreaterThan(0);
    expect(found?.leftOut).toBeGreaterThan(0);
  });
});
