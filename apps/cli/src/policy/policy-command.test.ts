import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeExamplePolicy } from '../testing/example-policy.ts';
import { makeFolder } from '../testing/make-folder.ts';
import { runRingfence } from '../testing/run-ringfence.ts';

describe('policy lint', () => {
  it('accepts a good policy', () => {
    const path = writeExamplePolicy(makeFolder());
    expect(runRingfence(['policy', 'lint', path])).toMatchObject({
      code: 0,
      stdout: `${path} is a valid policy.\n`,
    });
  });

  it('names line and column of what is hardly meant, and exits 0', () => {
    const path = join(makeFolder(), 'wide.yaml');
    writeFileSync(
      path,
      'version: 1\nruntime:\n  rules:\n    - name: A\n      network: { outbound: ["*:443"] }\n',
    );
    const { code, stdout } = runRingfence(['policy', 'lint', path]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /wide\.yaml:5:29: warning: Rule "A": \*:443 in network\.outbound stands for every/,
    );
    const { warnings } = JSON.parse(runRingfence(['policy', 'lint', path, '--json']).stdout);
    expect(warnings).toMatchObject([{ code: 'outbound-anywhere', line: 5, column: 29 }]);
  });

  it('names line and column of each error, and exits 1', () => {
    const path = join(makeFolder(), 'bad.yaml');
    writeFileSync(path, 'version: 1\nruntime:\n  rules:\n    - name: A\n      process: { effect: stop }\n');
    const { code, stdout } = runRingfence(['policy', 'lint', path]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/bad\.yaml:5:26: runtime\.rules\[0\]\.process\.effect /);
    const { errors } = JSON.parse(runRingfence(['policy', 'lint', path, '--json']).stdout);
    expect(errors).toMatchObject([{ line: 5, column: 26 }]);
  });
});

describe('policy explain', () => {
  it('says which rule decides and why the ones before do not', () => {
    const path = writeExamplePolicy(makeFolder());
    const { code, stdout } = runRingfence(['policy', 'explain', '--function', 'resize', path]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/1\. Rule "Converters" does not match.*resize.*convert\*/);
    expect(stdout).toMatch(/Rule "Rest" decides/);
    const json = JSON.parse(
      runRingfence(['policy', 'explain', '--function', 'convert-1', '--json', path]).stdout,
    );
    expect(json).toMatchObject({ sections: [{ effect: 'prevent' }, {}, {}], rule: { name: 'Converters' } });
  });

  it('exits 2 for a policy that is wrong', () => {
    const path = join(makeFolder(), 'bad.yaml');
    writeFileSync(path, 'version: 2\n');
    expect(runRingfence(['policy', 'explain', '--function', 'f', path])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('bad.yaml:1:10: version'),
    });
  });
});
