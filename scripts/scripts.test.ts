import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from './setup/run.mjs';

const runScript = (script: string, args: string[] = [], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [join(root, 'scripts', script), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

describe('problems that a person can put right are one line', () => {
  it('a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const data = mkdtempSync(join(tmpdir(), 'ringfence-data-'));
    onTestFinished(() => rmSync(data, { recursive: true }));
    const { status, stderr } = runScript('start.mjs', [
      '--once',
      '--port',
      String(port),
      '--defender-port',
      '0',
    ]);
    expect(status).toBe(3);
    expect(stderr).toMatch(new RegExp(`^ringfence: Port ${port} .*in use.*\n$`));
  });

  it('a wrong flag', () => {
    const { status, stderr } = runScript('start.mjs', ['--prot', '1']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^ringfence: .*--prot.*\n$/);
  });

  it('missing packages without the right to install them', () => {
    const tools = mkdtempSync(join(tmpdir(), 'ringfence-path-'));
    onTestFinished(() => rmSync(tools, { recursive: true }));
    symlinkSync(process.execPath, join(tools, 'node'));
    const script = `process.getuid = () => 1000; await import(${JSON.stringify(join(root, 'scripts/setup.mjs'))});`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { PATH: tools },
    });
    expect(status).toBe(3);
    expect(stderr).toMatch(/^ringfence: Packages are missing.*sudo apt-get install .*gcc.*python3\n$/);
  });
});

describe('documents', () => {
  const listPages = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return listPages(path);
      return path.endsWith('.md') ? [path] : [];
    });

  it.each(['README.md', ...listPages('docs')])('%s links to what is there', (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g))
      expect(existsSync(join(root, dirname(page), target)), `${page} links to ${target}`).toBe(true);
  });

  it('name no registry', () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
      .split('\0')
      .filter(Boolean);
    const pattern = new RegExp(['registry', 'npmjs', 'org'].join('\\.'));
    for (const file of files)
      if (/\.(json|mjs|ts|md|js)$/.test(file) && existsSync(join(root, file)))
        expect(pattern.test(readFileSync(join(root, file), 'utf8')), file).toBe(false);
  });
});
