import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The wheels that come with Python itself: pip and setuptools. */
function bundledWheels(): string {
  const place = execFileSync('python3', ['-c', 'import ensurepip; print(ensurepip.__file__)']).toString();
  const bundled = join(dirname(place.trim()), '_bundled');
  // Debian keeps them apart.
  return existsSync(bundled) ? bundled : '/usr/share/python-wheels';
}

/** Installs packages that come with Python into a folder, without a network. Returns what pip lists there. */
export function installWithPip(folder: string, packages: string[]): { name: string; version: string }[] {
  const wheels = bundledWheels();
  const pip = readdirSync(wheels).find((name) => name.startsWith('pip-')) as string;
  const run = (...args: string[]) =>
    execFileSync('python3', [
      join(wheels, pip, 'pip'),
      '--isolated',
      '--disable-pip-version-check',
      ...args,
    ]).toString();
  run('install', '--quiet', '--no-index', '--find-links', wheels, '--target', folder, ...packages);
  return JSON.parse(run('list', '--path', folder, '--format', 'json'));
}
