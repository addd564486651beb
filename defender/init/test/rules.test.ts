import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { headerFlags, rules } from '../sources.mjs';

const at = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const testdata = fileURLToPath(new URL('../../../packages/policy/testdata/', import.meta.url));
const emulator = '/usr/bin/qemu-aarch64';

/** Questions to compiled-full.rfp1 (its source is `full` in expected.json), and what they are to be answered. */
const questions: [question: string[], answer: string | RegExp][] = [
  [['process', '/usr/bin/true', '/bin/sh', 'true'], 'allowed'],
  [['process', '/usr/bin/false', '/bin/sh', 'false'], /^alert: /],
  [['process', '/opt/a/b/convert-1', '/bin/sh', 'convert-1'], 'allowed'],
  [['process', '/opt/convert-12', '/bin/sh', 'convert-12'], /^alert: /],
  [['process', '/usr/bin/gs', '/bin/sh', 'gs', '-q', '-sOutputFile=/tmp/a', '-x', 'y'], 'allowed'],
  [['process', '/usr/bin/gs', '/bin/sh', 'gs', '-q', '-sOutputFile=/etc/a'], /^alert: /],
  [['process', '/opt/tools/one', '/usr/bin/node', 'one'], 'allowed'],
  [['process', '/opt/tools/one', '/usr/bin/node', 'one', 'more'], /^alert: /],
  [['process', '/usr/bin/id', '/bin/sh', 'id', '-u'], 'allowed'],
  [['process', '/usr/bin/id', '/bin/bash', 'id', '-u'], /^alert: /],
  [['process', '/usr/bin/true', '/bin/sh', 'xmrig', '--donate-level=1'], /^prevent: .*miner/],
  [['listen', '8080'], 'yes'],
  [['listen', '3010'], 'yes'],
  [['listen', '3011'], 'no'],
  [['listen', '0'], 'yes'],
  [['endpoint', '::ffff:192.0.2.7', '1'], 'allowed'],
  // `*:443` holds every address
  [['endpoint', '::ffff:192.0.2.8', '1'], 'other port'],
  [['endpoint', '::ffff:192.0.2.8', '443'], 'allowed'],
  [['endpoint', '::ffff:10.255.0.1', '5440'], 'allowed'],
  [['endpoint', '::ffff:10.255.0.1', '5441'], 'other port'],
  [['endpoint', '::ffff:11.0.0.1', '5440'], 'other port'],
  [['endpoint', '2001:db8::1', '7'], 'allowed'],
  [['endpoint', '2001:db8:2::1', '7'], 'other port'],
  [['endpoint', '::ffff:198.51.100.9', '80'], 'allowed'],
  [['endpoint', '::ffff:203.0.113.5', '5432'], 'other port'],
  [['learn', 'db.internal', '::ffff:203.0.113.5'], 'learnt'],
  [['endpoint', '::ffff:203.0.113.5', '5432'], 'allowed'],
  [['endpoint', '::1', '9999'], 'allowed'],
  [['endpoint', '::ffff:169.254.169.254', '443'], 'allowed'], // metadata: allow, and *:443
  [['lookup', 'db.internal'], 'yes'],
  [['lookup', 's3.eu-west-1.amazonaws.com'], 'yes'],
  [['unix', '/run/app.sock'], 'yes'],
  [['unix', '/tmp/a.sock'], 'yes'],
  [['unix', '/tmp/a/b.sock'], 'no'],
  [['unix', '@my-own'], 'yes'],
  [['unix', '@your-own'], 'no'],
  [['file', '/etc/hosts', 'read', '1'], 'allowed'],
  [['file', '/etc/shadow', 'read', '1'], 'denied'],
  [['file', '/proc/1/environ', 'read', '1'], 'denied'],
  [['file', '/tmp/a/b', 'write', '1'], 'allowed'],
  [['file', '/tmp/keep', 'write', '1'], 'denied'],
  [['file', '/mnt/data/a.log', 'write', '1'], 'allowed'],
  [['file', '/mnt/data/a/b.log', 'write', '1'], 'not listed'],
  [['file', '/tmp/dropped', 'execute', '1'], 'denied'],
  [['file', '/var/task/bin/tool', 'execute', '1'], 'allowed'],
  [['file', '/var/task/index.js', 'read', '0'], 'allowed'],
  [['file', '/var/task/index.js', 'read', '1'], 'sealed'],
  [['secret', 'DB_PASSWORD'], 'yes'],
  [['secret', 'MY_TOKEN'], 'yes'],
  [['secret', 'PATH'], 'no'],
];

const isArm64 = process.arch === 'arm64';
const builds = [
  { name: 'this machine', compiler: 'gcc', before: [] as string[] },
  ...(!isArm64 && existsSync(emulator)
    ? [{ name: 'arm64', compiler: 'aarch64-linux-gnu-gcc', before: [emulator] }]
    : []),
];

describe.each(builds)('the build for $name', ({ name, compiler, before }) => {
  const program = at(`build/test/rules-host-${name.replace(' ', '-')}`);

  beforeAll(() => {
    mkdirSync(at('build/test'), { recursive: true });
    const flags = ['-std=c11', '-D_GNU_SOURCE', '-Os', '-Wall', '-Wextra', '-Werror', '-static'];
    execFileSync(compiler, [...flags, ...headerFlags, ...rules, at('test/rules-host.c'), '-o', program]);
  });

  function ask(policy: string, asked: string[][]): string[] {
    const [command = '', ...args] = [...before, program, policy];
    const input = asked.map((words) => `${words.join('\t')}\n`).join('');
    return execFileSync(command, args, { input, encoding: 'utf8' }).trimEnd().split('\n');
  }

  it('decides as the policy says', () => {
    const [head, ...answers] = ask(
      `${testdata}compiled-full.rfp1`,
      questions.map(([question]) => question),
    );
    expect(head).toBe('revision 8, sections 15');
    const asMatchers = questions.map(([question, answer]) => [
      question,
      typeof answer === 'string' ? answer : expect.stringMatching(answer),
    ]);
    expect(questions.map(([question], index) => [question, answers[index]])).toEqual(asMatchers);
  });

  it('reads every file of the test data as compiled policies are read', () => {
    for (const file of readdirSync(testdata)) {
      const [first] = ask(testdata + file, []);
      expect([file, first]).toEqual([
        file,
        file.endsWith('.rfp1')
          ? expect.stringMatching(/^revision \d/)
          : expect.not.stringMatching(/^revision/),
      ]);
    }
  });
});
