import { readFileSync, writeFileSync } from 'node:fs';
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

  it('exits 2 for a WAAS rule that is wrong, and names the place', () => {
    const path = join(makeFolder(), 'bad.yaml');
    writeFileSync(path, 'version: 1\nwaas:\n  rules:\n    - name: A\n      effect: block\n');
    const { code, stderr } = runRingfence(['policy', 'explain', '--function', 'f', path]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\.yaml:5:15: waas\.rules\[0\]\.effect must be one of disable, alert/);
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

describe('policy shapes', () => {
  const openApi = (folder: string) => {
    const path = join(folder, 'openapi.yaml');
    writeFileSync(
      path,
      'openapi: 3.1.0\npaths:\n  /orders/{id}:\n    get:\n      parameters: [{ in: path, name: id, schema: { type: integer, multipleOf: 2 } }]\n',
    );
    return path;
  };

  it('prints them, and notes what they do not check', () => {
    const path = openApi(makeFolder());
    const { code, stdout, stderr } = runRingfence(['policy', 'shapes', path]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/shapes:\n {2}- method: GET\n {4}path: \/orders\/\{id\}\n/);
    expect(stderr).toContain(
      'openapi.yaml#/paths/~1orders~1{id}/get/parameters/0/schema: note: multipleOf is not checked',
    );
  });

  it('puts them into a rule, and leaves the rest as it is written', () => {
    const folder = makeFolder();
    const policy = join(folder, 'policy.yaml');
    writeFileSync(policy, 'version: 1 # the first\nwaas:\n  rules:\n    - name: api # ours\n');
    const command = ['policy', 'shapes', openApi(folder), '--into', policy, '--rule'];
    expect(runRingfence([...command, 'api'])).toMatchObject({ code: 0 });
    expect(readFileSync(policy, 'utf8')).toMatch(/^version: 1 # the first\n.*# ours\n {6}shapes:\n/s);
    expect(runRingfence(['policy', 'lint', policy])).toMatchObject({ code: 0 });
    expect(runRingfence([...command, 'other'])).toMatchObject({ code: 2 });
  });

  it('exits 2 for what is no OpenAPI document, and says where', () => {
    const path = join(makeFolder(), 'no.yaml');
    writeFileSync(path, 'a: 1\n');
    const { code, stderr } = runRingfence(['policy', 'shapes', path]);
    expect(code).toBe(2);
    expect(stderr).toContain('no.yaml#: is not an OpenAPI document');
  });
});
