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

const isMissing = (shell: string) => spawnSync(shell, ['-c', '']).error !== undefined;

function writeScript(shell: string): string {
  const path = join(makeFolder(), 'script');
  writeFileSync(path, runRingfence(['completion', shell]).stdout);
  return path;
}

describe.skipIf(isMissing('zsh'))('zsh completion', () => {
  it('loads into a shell with completions', () => {
    const line = `autoload -Uz compinit; compinit -D -u; source ${writeScript('zsh')}; print $_comps[ringfence]`;
    expect(execFileSync('zsh', ['-fc', line], { encoding: 'utf8' })).toBe('_ringfence\n');
  });
});

describe.skipIf(isMissing('fish'))('fish completion', () => {
  it('offers commands, subcommands, flags and values', () => {
    const path = writeScript('fish');
    const offer = (typed: string) =>
      execFileSync('fish', ['-Nc', `source ${path}; complete -C '${typed}'`], { encoding: 'utf8' });
    expect(offer('ringfence emb')).toMatch(/^embed\t/);
    expect(offer('ringfence policy ')).toMatch(/apply\t[\s\S]*explain\t/);
    expect(offer('ringfence embed x.zip --acc')).toMatch(/^--account\t/);
    expect(offer('ringfence embed --arch ')).toMatch(/^arm64\b[\s\S]*x86_64/);
    expect(offer('ringfence policy lint --')).not.toContain('--arch');
  });
});
