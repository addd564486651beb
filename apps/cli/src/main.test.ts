import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AnyCommand, readDeclaration } from './command/any-command.ts';
import { exitCodes } from './common/exit-codes.ts';
import { rootCommand } from './root-command.ts';
import { ringfenceLine, runRingfence } from './testing/run-ringfence.ts';

/** The words of all commands, from their declarations. */
async function listCommands(command: AnyCommand, words: string[] = []): Promise<string[][]> {
  const { subCommands } = await readDeclaration(command);
  const below = await Promise.all(
    Object.entries(subCommands).map(([name, sub]) => listCommands(sub, [...words, name])),
  );
  return [words, ...below.flat()];
}
const commands = await listCommands(rootCommand);
const manual = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8');

describe('every command', () => {
  it.each(commands.map((words) => [words.join(' '), words] as const))(
    '"%s" explains itself',
    async (_, words) => {
      const { code, stdout, stderr } = runRingfence([...words, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`ringfence ${words.join(' ')}`.trim());
      expect(stdout).toMatch(/EXAMPLES\n\n {2}# .+\n {2}.*ringfence/);
      expect(stdout).toContain('EXIT CODES');
      expect(stdout).not.toContain('\u001b');
    },
  );

  it('is in docs/cli.md, with all its flags', async () => {
    for (const words of commands) {
      expect(manual).toContain(['ringfence', ...words].join(' '));
    }
    const flags = new Set<string>();
    for (const words of commands) {
      const { stdout } = runRingfence([...words, '--help']);
      for (const [flag] of stdout.matchAll(/--[a-z][a-z-]+/g)) flags.add(flag);
    }
    for (const flag of flags) expect(manual).toContain(flag);
  });

  it('prints JSON when asked to', async () => {
    for (const words of commands) {
      const { args, subCommands } = await readDeclaration(
        await words.reduce<Promise<AnyCommand>>(
          async (found, word) => (await readDeclaration(await found)).subCommands[word] as AnyCommand,
          Promise.resolve(rootCommand),
        ),
      );
      if (Object.keys(subCommands).length === 0)
        expect(
          args.map(([name]) => name),
          words.join(' '),
        ).toContain('json');
    }
  });
});

describe('exit codes', () => {
  it('are the ones that docs/cli.md lists', () => {
    for (const { code, meaning } of Object.values(exitCodes))
      expect(manual.replaceAll(/ +/g, ' ')).toContain(`| ${code} | ${meaning} |`);
  });

  it.each([
    [['embd', 'x'], 2, /Did you mean "embed"\?/],
    [['policy', 'aply'], 2, /Did you mean "apply"\?/],
    [['policy'], 2, /needs a command: apply, get, lint, explain/],
    [['embed', '--functon', 'x'], 2, /There is no flag --functon\.\nDid you mean --function\?/],
    [['embed', 'a.zip', '--region', 'r', '-o', 'x'], 2, /--function is missing/],
    [['embed', 'a.zip', 'b.zip'], 2, /"b\.zip" is one argument too many/],
    [['embed', 'a.zip', '--function'], 2, /--function needs a value/],
    [['embed', 'a.zip', '--function', '--region', 'x'], 2, /--function needs a value/],
    [
      ['embed', 'a.zip', '--arch', 'arm', '--function', 'f', '--region', 'r', '-o', 'x'],
      2,
      /--arch can't be "arm"/,
    ],
    [['embed', 'a.zip', '--function', 'f', '--function', 'g'], 2, /--function is given twice/],
    [['embed', 'a.zip', '--function', 'f\ng', '--region', 'r', '-o', 'x'], 2, /--function "f\\ng" must be/],
    [['embed', 'a.zip', '--json=yes'], 2, /--json takes no value/],
    [['policy', 'lint', '/no/such/file'], 2, /\/no\/such\/file: it does not exist/],
    [['policy', 'get', '--console', 'nonsense'], 2, /is not an address/],
    [['policy', 'get'], 2, /No Console is named/],
    [['constructor'], 2, /There is no command/],
  ] as const)('%j exits %d', (args, code, message) => {
    const result = runRingfence([...args]);
    expect(result.stderr).toMatch(message);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(result.code).toBe(code);
  });

  it('is 3 when the Console cannot be reached', () => {
    const result = runRingfence(['policy', 'get', '--console', 'http://127.0.0.1:1'], {
      env: { RINGFENCE_TOKEN: 'rft_x' },
    });
    expect(result).toMatchObject({ code: 3, stderr: expect.stringContaining('cannot be reached') });
  });

  it('shows where an error happened only with RINGFENCE_DEBUG', () => {
    expect(runRingfence(['embd'], { env: { RINGFENCE_DEBUG: '1' } }).stderr).toMatch(/\n\s+at /);
  });
});

describe('colours', () => {
  const onTerminal = (env: Record<string, string>) =>
    execFileSync('script', ['-qec', [...ringfenceLine, '--help'].join(' '), '/dev/null'], {
      encoding: 'utf8',
      env: { ...process.env, TERM: 'xterm', CI: '', ...env },
    });

  it('are used on a terminal, and not when NO_COLOR says so', () => {
    expect(onTerminal({ NO_COLOR: '' })).toContain('\u001b[1m');
    expect(onTerminal({ NO_COLOR: 'please' })).not.toContain('\u001b');
  });
});
