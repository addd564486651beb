import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../testing/make-folder.ts';
import { runRingfence } from '../testing/run-ringfence.ts';

let script = '';
beforeAll(() => {
  script = runRingfence(['completion', 'bash']).stdout;
});

/** What bash itself offers for the words typed so far; the last one is being typed. */
function complete(...words: string[]): string[] {
  const folder = makeFolder();
  writeFileSync(join(folder, 'a policy.yaml'), '');
  const lines = `${script}
complete -p ringfence >/dev/null || exit 1
COMP_WORDS=(ringfence ${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length}
_ringfence
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['--norc', '-uc', lines], { cwd: folder, encoding: 'utf8' });
  return output.split('\n').filter(Boolean);
}

describe('bash completion', () => {
  it('offers commands, subcommands, flags, values and files', () => {
    expect(complete('')).toEqual(expect.arrayContaining(['embed', 'policy', 'completion', '--help']));
    expect(complete('emb')).toEqual(['embed']);
    expect(complete('policy', '')).toEqual(expect.arrayContaining(['apply', 'get', 'lint', 'explain']));
    expect(complete('embed', '--a')).toEqual(['--account', '--arch']);
    expect(complete('embed', 'x.zip', '--arch', '')).toEqual(['x86_64', 'arm64']);
    expect(complete('embed', 'x.zip', '--print', 's')).toEqual(['sam', 'serverless']);
    expect(complete('policy', 'lint', 'a')).toEqual(['a policy.yaml']);
    expect(complete('embed', '--policy', 'a')).toEqual(['a policy.yaml']);
  });
});

describe('completion for other shells', () => {
  it.each(['zsh', 'fish'])('%s reads the script without an error', (shell) => {
    const { stdout, code } = runRingfence(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toContain('explain');
    const check = spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' });
    if (check.error) return;
    expect(check.stderr).toBe('');
  });
});
