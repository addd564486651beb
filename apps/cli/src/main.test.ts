import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findCommand } from './command/find-command.ts';
import { listCommands } from './command/list-commands.ts';
import { renderHelp } from './command/render-help.ts';
import { renderManual } from './command/render-manual.ts';
import { rootCommand } from './root-command.ts';
import { ringfenceLine, runRingfence } from './testing/run-ringfence.ts';

const commands = await listCommands(rootCommand);

describe('every command', () => {
  it.each(['--help', '-h'])('shows its help page with %s, without colours into a pipe', (flag) => {
    const { code, stdout, stderr } = runRingfence(['policy', 'apply', flag]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('USAGE  ringfence policy apply FILE [OPTIONS]');
    expect(stdout).not.toContain('\u001b');
  });

  it.each(commands.map(({ words }) => [words.join(' '), words] as const))(
    '"%s" has examples',
    async (_, words) => {
      const { command } = await findCommand(rootCommand, words);
      const page = await renderHelp(command, words);
      expect(page).toMatch(/EXAMPLES\n {2}# .+\n {2}.*ringfence/);
      expect(page).toContain('EXIT CODES');
    },
  );

  it('is in docs/cli.md, as it is declared', async () => {
    await expect(renderManual(commands)).toMatchFileSnapshot('../../../docs/cli.md');
  });

  it('prints JSON when asked to', () => {
    for (const { words, declaration } of commands)
      if (Object.keys(declaration.subCommands).length === 0)
        expect(
          declaration.args.map(([name]) => name),
          words.join(' '),
        ).toContain('json');
  });
});

describe('exit codes', () => {
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
