import { beforeAll, describe, expect, it } from 'vitest';
import { commonWays, tamperWays } from '../test/attack-ways.ts';
import { type Case, type Tier, tools } from './file-system.ts';
import { type Outcome, runInMachine } from './machine.ts';

const EPERM = 1;
const EACCES = 13;
type Sections = NonNullable<Case['sections']>;

const attack = `${tools}/attack`;
const evil = `${tools}/evil`;

const own = '192.0.2.1';
const forbidden = '198.51.100.66';
const metadata = '169.254.169.254';
const tcpAndUdp = ['tcp', 'tcp-nonblocking', 'udp-connect', 'udp-sendto', 'udp-sendmsg', 'udp-sendmmsg'];

/** Ways that only a filter can hold: the library stands in libc, these come from elsewhere or restrict the process first. */
const beyondLibrary = ['traced', 'own-filter', 'held-memory'];
const waysAt = (tier: Tier) => commonWays.filter(([way]) => tier !== 'T2' || !beyondLibrary.includes(way));
const tiers: Tier[] = ['T0', 'T2'];
const fileTiers: Tier[] = ['T0', 'T1', 'T2'];

const process: Sections = { effect: 'prevent' };
const network: Sections = {
  process: { effect: 'disable' },
  network: { effect: 'prevent', outbound: [`${own}:7000`], listen: [8080] },
};
const files = (tier: Tier): Sections => ({
  process: { effect: 'disable' },
  files: { write: [`/files/${tier}/**`, '/files/attack/**'], denyRead: ['/files/hidden/**'] },
});

const fileAttack = (way: string, secret: string) => [
  `${tools}/file-attack`,
  way,
  '/files/attack',
  secret,
  '/files/protected/file',
  '1000',
];
const reach = (way: string, target: string, port = '7000') => [
  `${tools}/network-attack`,
  way,
  target,
  own,
  port,
];

const cases: Case[] = [
  {
    name: 'server',
    asRoot: true,
    command: [`${tools}/network-attack`, 'serve', '127.0.0.1', own, forbidden, metadata],
  },
  ...tiers.flatMap((tier): Case[] => [
    ...waysAt(tier).map(
      ([way]): Case => ({
        name: `${tier} ${way}`,
        tier,
        sections: process,
        command: [attack, way, evil, '/usr/bin/true'],
      }),
    ),
    {
      name: `${tier} alert`,
      tier,
      sections: { effect: 'alert' },
      command: [attack, 'execve', evil],
    },
    {
      name: `${tier} allowed`,
      tier,
      sections: { effect: 'prevent', allow: [evil] },
      command: [attack, 'execve', evil],
    },
    ...[...tcpAndUdp.flatMap((way) => [reach(way, forbidden), reach(way, own)]), reach('tcp', metadata)].map(
      (command): Case => ({
        name: `${tier} ${command.slice(1, 3).join(' ')}`,
        tier,
        sections: network,
        command,
      }),
    ),
    ...['8080', '8081'].map(
      (port): Case => ({
        name: `${tier} listen ${port}`,
        tier,
        sections: network,
        command: reach('listen', '', port).map((word) => word || own),
      }),
    ),
  ]),
  ...tamperWays.map(
    (way): Case => ({
      name: `tamper ${way}`,
      sections: { effect: 'alert' },
      command: [attack, way, evil],
    }),
  ),
  {
    name: 'race-path',
    sections: { effect: 'prevent', allow: ['/usr/bin/true'] },
    command: [attack, 'race-path', evil, '/usr/bin/true', '500'],
  },
  { name: 'work free', command: [`${tools}/file-work`, '/files/free'] },
  ...fileTiers.flatMap((tier): Case[] => [
    { name: `work ${tier}`, tier, sections: files(tier), command: [`${tools}/file-work`, `/files/${tier}`] },
    ...['memory', 'link', 'folder', 'write-memory'].map(
      (way): Case => ({
        name: `files ${tier} ${way}`,
        tier,
        sections: files(tier),
        command: fileAttack(way, '/files/hidden/file'),
      }),
    ),
  ]),
  { name: 'protected', command: fileAttack('memory', '/files/protected/file') },
];

describe.each([
  ['pages of 4 KB, Linux 6.1', 'linux-image-cloud-arm64', '4K'],
  ['pages of 16 KB, Linux 6.12', 'linux-image-6.12-arm64-16k', '16K'],
])('on an arm64 kernel with %s', (_, kernel) => {
  let outcomes: Map<string, Outcome>;

  beforeAll(() => {
    outcomes = runInMachine(kernel, cases);
  }, 300_000);

  function of(name: string): Outcome {
    const outcome = outcomes.get(name);
    if (!outcome) throw new Error(`nothing came of ${name}`);
    return outcome;
  }
  const told = (name: string, type: string) => of(name).audits.filter((audit) => audit.type === type);
  const result = (name: string) => Number(/RESULT (\d+)/.exec(of(name).stdout)?.[1] ?? -1);

  describe.each(tiers)('at %s', (tier) => {
    it('says that it is guarded at that tier', () => {
      expect(told(`${tier} execve`, 'coverage')).toMatchObject([
        { detail: { tier, ...(tier === 'T0' && { missing: [] }) } },
      ]);
    });

    it.each(waysAt(tier))('stops %s', (way, errno, call) => {
      const name = `${tier} ${way}`;
      expect(of(name).stdout).not.toContain('EVIL RAN');
      expect(result(name)).toBe(errno);
      expect(told(name, 'process')[0]).toMatchObject({ action: 'blocked', detail: { call, abi: 'arm64' } });
    });

    it.each(['alert', 'allowed'])('lets an exec happen (%s)', (what) => {
      expect(of(`${tier} ${what}`).stdout).toContain('EVIL RAN');
    });

    it.each(tcpAndUdp)('%s reaches an allowed address and no other', (way) => {
      expect(result(`${tier} ${way} ${own}`)).toBe(0);
      expect(told(`${tier} ${way} ${own}`, 'network')).toEqual([]);
      // Of several messages the kernel reports the first failure only when nothing was sent.
      if (tier === 'T0' || way !== 'udp-sendmmsg') expect(result(`${tier} ${way} ${forbidden}`)).toBe(EACCES);
      expect(told(`${tier} ${way} ${forbidden}`, 'network')).toMatchObject([
        { action: 'blocked', detail: { address: forbidden } },
      ]);
    });

    it('keeps a function from instance metadata', () => {
      expect(result(`${tier} tcp ${metadata}`)).toBe(EACCES);
    });

    it('lets a function listen on its ports only', () => {
      expect([result(`${tier} listen 8080`), result(`${tier} listen 8081`)]).toEqual([0, EACCES]);
    });
  });

  it('no packet came to where none may go', () => {
    const heard = of('server').stdout;
    expect(heard).toContain(own);
    expect(heard).not.toContain(forbidden);
    expect(heard).not.toContain(metadata);
  });

  it.each(tamperWays)('the init is out of reach for %s', (way) => {
    expect(result(`tamper ${way}`)).toBe(EPERM);
    expect(told(`tamper ${way}`, 'tamper')).toMatchObject([{ action: 'blocked' }]);
  });

  it('500 races for the path of an exec are all lost', () => {
    expect(of('race-path').stdout).toContain('RESULT 0\n');
  });

  it.each(fileTiers)('at %s, work with files gives the same as without a guard', (tier) => {
    expect(of('work free').stdout).toContain('chdir up ok\n');
    expect(of(`work ${tier}`).stdout).toBe(of('work free').stdout);
    expect(told(`work ${tier}`, 'file')).toEqual([]);
  });

  it.each(fileTiers)('at %s, 1,000 races for a file are all lost', (tier) => {
    for (const way of ['memory', 'link', 'folder', 'write-memory'])
      expect(of(`files ${tier} ${way}`).stdout.trim()).toBe('DONE');
    expect(of('protected').stdout).toContain('WON'); // it still holds what it held, and without a guard is read
  });
});
