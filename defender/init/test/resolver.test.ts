import { Audit, type AuditOf } from '@ringfence/audit';
import dnsPacket, { type Answer, type Packet } from 'dns-packet';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerTo, type Reply, serveNames } from './name-server.ts';
import {
  ask,
  askTcp,
  askUdp,
  buildResolverHost,
  decode,
  prefixed,
  queryFor,
  type Resolver,
  startResolver,
} from './resolver-host.ts';

let executable: string;
beforeAll(() => {
  executable = buildResolverHost();
});

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const a = (name: string, data: string, ttl = 0): Answer => ({ type: 'A', name, data, ttl });
const cname = (name: string, data: string): Answer => ({ type: 'CNAME', name, data, ttl: 1 });

/** A resolver whose only name server replies so; by default with one address for each name. */
async function open(
  options: {
    reply?: Reply;
    effect?: string;
    outbound?: string[];
    miners?: string;
    search?: string;
    servers?: string[];
    isDown?: boolean;
  } = {},
) {
  const reply: Reply =
    options.reply ?? ((question, query) => [answerTo(query, [a(question.name, '192.0.2.1')])]);
  const server = await serveNames(reply);
  if (options.isDown) server.close();
  else cleanups.push(server.close);
  const servers = (options.servers ?? ['127.0.0.1']).map((address) => `nameserver ${address}\n`).join('');
  const resolver = await startResolver(
    executable,
    { effect: options.effect ?? 'prevent', outbound: options.outbound ?? ['*.good.test:443', 'one.test'] },
    {
      dnsPort: server.port,
      resolv: `${servers}search ${options.search ?? 'local.test'}\n`,
      process: { miners: options.miners ?? 'disable' },
    },
  );
  cleanups.push(resolver.stop);
  return { server, resolver };
}

const lookups = (resolver: Resolver) =>
  resolver
    .audits()
    .map((audit) => Audit.parse(audit) as AuditOf<'network'>)
    .map(({ action, count, detail }) => ({ action, count, domain: detail.domain }));

it.each([
  ['prevent', 'NXDOMAIN', ['blocked']],
  ['alert', 'NOERROR', ['allowed']],
  ['disable', 'NOERROR', []],
])("a name of a crypto-miners' pool has the effect that miners have: %s", async (miners, rcode, actions) => {
  const { resolver } = await open({ effect: 'prevent', outbound: ['*'], miners });
  expect(await ask(resolver.ports.udp, queryFor('pool.supportxmr.com'))).toMatchObject({ rcode });
  expect(resolver.audits().map((audit) => audit.action)).toEqual(actions);
});

describe('an allowed name', () => {
  it('is answered, and only then may its address be reached, at the ports of its entry', async () => {
    const { resolver } = await open();
    expect(await resolver.reaches('::ffff:192.0.2.1', 443)).toBe(false);
    const answer = await ask(resolver.ports.udp, queryFor('www.good.test'));
    expect(answer).toMatchObject({ id: 0x1234, rcode: 'NOERROR', answers: [{ data: '192.0.2.1' }] });
    expect(await resolver.reaches('::ffff:192.0.2.1', 443)).toBe(true);
    expect(await resolver.reaches('::ffff:192.0.2.1', 80)).toBe(false);
    expect(await resolver.reaches('::ffff:192.0.2.2', 443)).toBe(false);
    expect(resolver.audits()).toEqual([]);
  });

  it('is asked for with an id and a port of the resolver’s own, in lower case, without what else the query holds', async () => {
    const { resolver, server } = await open();
    const options = [{ code: 8, data: Buffer.from('secret-subnet') }];
    const query = queryFor('WwW.gOOd.test', 'A', {
      flags: dnsPacket.RECURSION_DESIRED | dnsPacket.CHECKING_DISABLED,
      additionals: [
        { type: 'OPT', name: '.', udpPayloadSize: 1400, flags: dnsPacket.DNSSEC_OK, options } as never,
      ],
    });
    const [answer] = await askUdp(resolver.ports.udp, [query]);
    await ask(resolver.ports.udp, query);
    expect(answer?.subarray(12, 12 + 19)).toEqual(query.subarray(12, 12 + 19));
    const [first, second] = server.queries;
    const sent = dnsPacket.decode(first?.bytes as Buffer);
    expect(sent.questions).toEqual([{ name: 'www.good.test', type: 'A', class: 'IN' }]);
    expect(sent.additionals).toMatchObject([{ udpPayloadSize: 1400, flag_do: true, options: [] }]);
    expect(sent).toMatchObject({ flag_cd: true, flag_rd: true });
    expect(first?.bytes.includes('secret')).toBe(false);
    expect(first?.port).not.toBe(second?.port);
    expect(first?.bytes.subarray(0, 2)).not.toEqual(second?.bytes.subarray(0, 2));
  });

  it('does not open the port by which a name server on loopback is reached, as Docker’s at 127.0.0.11', async () => {
    const { resolver } = await open({ servers: ['127.0.0.1', '127.0.0.11'] });
    expect(await resolver.reaches('::ffff:127.0.0.1', 40_000)).toBe(true);
    expect(await resolver.reaches('::ffff:127.0.0.12', 40_000)).toBe(true);
    expect(await resolver.reaches('::ffff:127.0.0.11', 40_000)).toBe(false);
  });

  it('may be asked for over IPv6', async () => {
    const { resolver } = await open();
    const [answer] = await askUdp(resolver.ports.udp6, [queryFor('one.test')], { host: '::1' });
    expect(decode(answer)).toMatchObject({ answers: [{ data: '192.0.2.1' }] });
  });

  it.each<[type: string, answer: Answer, target: string]>([
    [
      'SRV',
      { type: 'SRV', name: 'one.test', data: { port: 1, target: 'node.other.test' } },
      'node.other.test',
    ],
    [
      'MX',
      { type: 'MX', name: 'one.test', data: { preference: 1, exchange: 'mail.other.test' } },
      'mail.other.test',
    ],
    ['CNAME', cname('one.test', 'alias.other.test'), 'alias.other.test'],
  ])('that leads to another by %s lets that be asked for', async (type, lead, target) => {
    const { resolver } = await open({
      reply: ({ name }, query) => [answerTo(query, [name === 'one.test' ? lead : a(name, '192.0.2.7')])],
    });
    const denied = await ask(resolver.ports.udp, queryFor(target));
    expect(denied.rcode).toBe('NXDOMAIN');
    await ask(resolver.ports.udp, queryFor('one.test', type));
    expect(await ask(resolver.ports.udp, queryFor(target))).toMatchObject({
      answers: [{ data: '192.0.2.7' }],
    });
    expect(await resolver.reaches('::ffff:192.0.2.7', 8000)).toBe(true);
    expect((await ask(resolver.ports.udp, queryFor(`x.${target}`))).rcode).toBe('NXDOMAIN');
  });

  it('is followed through its aliases', async () => {
    const chain = (name: string) => [
      cname(name, 'a.cdn.test'),
      cname('a.cdn.test', 'b.cdn.test'),
      a('b.cdn.test', '192.0.2.9'),
      a('b.cdn.test', '192.0.2.10'),
      a('stranger.test', '198.51.100.1'),
    ];
    const { resolver } = await open({ reply: ({ name }, query) => [answerTo(query, chain(name))] });
    await ask(resolver.ports.udp, queryFor('x.good.test'));
    expect(await resolver.reaches('::ffff:192.0.2.9', 443)).toBe(true);
    expect(await resolver.reaches('::ffff:192.0.2.10', 443)).toBe(true);
    expect(await resolver.reaches('::ffff:198.51.100.1', 443)).toBe(false);
  });

  it.each(['169.254.169.254', '169.254.1.1', '224.0.0.1'])('does not open %s', async (data) => {
    const { resolver } = await open({ reply: ({ name }, query) => [answerTo(query, [a(name, data)])] });
    expect(await ask(resolver.ports.udp, queryFor('x.good.test'))).toMatchObject({ answers: [{ data }] });
    expect(await resolver.reaches(`::ffff:${data}`, 443)).toBe(false);
  });

  it.each(['fe80::1', 'ff02::1', '::ffff:169.254.169.254', '64:ff9b::169.254.169.254', 'fd00:ec2::254'])(
    'does not open %s',
    async (data) => {
      const reply: Reply = ({ name }, query) => [answerTo(query, [{ type: 'AAAA', name, data }])];
      const { resolver } = await open({ reply });
      expect((await ask(resolver.ports.udp, queryFor('x.good.test', 'AAAA'))).rcode).toBe('NOERROR');
      expect(await resolver.reaches(data, 443)).toBe(false);
    },
  );

  it('keeps its address when a thousand others are resolved less often', async () => {
    const { resolver } = await open({
      reply: ({ name }, query) => {
        const number = Number(/^n(\d+)/.exec(name)?.[1] ?? 0);
        return [answerTo(query, [a(name, `198.18.${number >> 8}.${number & 255}`)])];
      },
    });
    for (let number = 1; number < 1100; number++) {
      if (number % 100 === 1) await ask(resolver.ports.udp, queryFor('kept.good.test'));
      await ask(resolver.ports.udp, queryFor(`n${number}.good.test`));
    }
    expect(await resolver.reaches('::ffff:198.18.0.0', 443)).toBe(true);
    expect(await resolver.reaches('::ffff:198.18.4.75', 443)).toBe(true);
    expect(await resolver.reaches('::ffff:198.18.0.1', 443)).toBe(false);
    expect(lookups(resolver)).toMatchObject([{ action: 'reported', domain: /^n\d+\.good\.test$/ }]);
  });
});

describe('a name that is not allowed', () => {
  it('does not exist, says an extended error why, and nothing leaves', async () => {
    const { resolver, server } = await open();
    const query = queryFor('evil.test', 'TXT', {
      additionals: [{ type: 'OPT', name: '.', udpPayloadSize: 1232 } as never],
    });
    const [bytes] = await askUdp(resolver.ports.udp, [query]);
    const answer = decode(bytes);
    expect(answer).toMatchObject({
      rcode: 'NXDOMAIN',
      questions: [{ name: 'evil.test', type: 'TXT' }],
      answers: [],
      additionals: [{ type: 'OPT', options: [{ code: 15, data: Buffer.from([0, 15]) }] }],
    });
    expect((await ask(resolver.ports.udp, queryFor('evil.test'))).additionals).toEqual([]);
    expect(server.queries).toEqual([]);
    expect(lookups(resolver)).toEqual([{ action: 'blocked', count: 1, domain: 'evil.test' }]);
  });

  it.each(['good.test', 'www.good.test.evil.test', 'wwwgood.test', 'one.test.x', 'good.test.'])(
    'is one that only looks like it: %s',
    async (name) => {
      const { resolver, server } = await open();
      expect((await ask(resolver.ports.udp, queryFor(name))).rcode).toBe('NXDOMAIN');
      expect(server.queries).toEqual([]);
    },
  );

  it('is not told when a resolver only tried an allowed name below its own domain', async () => {
    const { resolver, server } = await open({ search: 'first.test Cluster.Local.' });
    expect((await ask(resolver.ports.udp, queryFor('one.test.cluster.local'))).rcode).toBe('NXDOMAIN');
    expect(resolver.audits()).toEqual([]);
    expect((await ask(resolver.ports.udp, queryFor('secret.cluster.local'))).rcode).toBe('NXDOMAIN');
    expect(lookups(resolver)).toMatchObject([{ domain: 'secret.cluster.local' }]);
    expect(server.queries).toEqual([]);
  });

  it('is answered and told under alert', async () => {
    const { resolver } = await open({ effect: 'alert' });
    expect(await ask(resolver.ports.udp, queryFor('evil.test'))).toMatchObject({
      answers: [{ data: '192.0.2.1' }],
    });
    expect(lookups(resolver)).toEqual([{ action: 'allowed', count: 1, domain: 'evil.test' }]);
  });

  it('is answered and not told under learn', async () => {
    const { resolver } = await open({ effect: 'learn' });
    expect((await ask(resolver.ports.udp, queryFor('evil.test'))).rcode).toBe('NOERROR');
    expect(resolver.audits()).toEqual([]);
  });
});

describe('the reverse of an address', () => {
  it('may be asked for when the address may be reached', async () => {
    const { resolver, server } = await open({
      outbound: ['*.good.test:443', '10.0.0.0/8:5432'],
      reply: ({ name, type }, query) => [
        answerTo(query, [type === 'A' ? a(name, '192.0.2.1') : { type: 'PTR', name, data: 'x.test' }]),
      ],
    });
    const rcode = async (name: string) => (await ask(resolver.ports.udp, queryFor(name, 'PTR'))).rcode;
    expect(await rcode('1.2.0.192.in-addr.arpa')).toBe('NXDOMAIN');
    await ask(resolver.ports.udp, queryFor('www.good.test'));
    expect(await rcode('1.2.0.192.in-addr.arpa')).toBe('NOERROR');
    expect(await rcode('4.3.2.10.in-addr.arpa')).toBe('NOERROR');
    expect(await rcode(`1.${'0.'.repeat(31)}ip6.arpa`)).toBe('NOERROR');
    for (const name of [
      '254.169.254.169.in-addr.arpa',
      'x.1.2.0.192.in-addr.arpa',
      '1.2.0.in-addr.arpa',
      '1.2.0.192.in-addr.arpa.evil.test',
      `2.${'0.'.repeat(31)}ip6.arpa`,
    ])
      expect(await rcode(name)).toBe('NXDOMAIN');
    expect(server.queries).toHaveLength(4);
  });
});

describe('a query that is none', () => {
  const name = [...[3, 111, 110, 101, 4, 116, 101, 115, 116, 0]]; // one.test
  const packet = (counts: number[], rest: number[], flags = [1, 0]) =>
    Buffer.from([0x12, 0x34, ...flags, ...counts.flatMap((count) => [count >> 8, count & 255]), ...rest]);
  const question = [...name, 0, 1, 0, 1];
  const opt = (version: number, data: number[] = []) => [
    0,
    0,
    41,
    4,
    208,
    0,
    version,
    0,
    0,
    0,
    data.length,
    ...data,
  ];

  it.each<[what: string, code: number, bytes: Buffer]>([
    ['without a question', 1, packet([0, 0, 0, 0], [])],
    ['with two questions', 1, packet([2, 0, 0, 0], [...question, ...question])],
    ['with an answer', 1, packet([1, 1, 0, 0], [...question, ...question, 0, 0, 0, 0, 0, 0])],
    ['with an authority, as for an incremental transfer', 1, packet([1, 0, 1, 0], question)],
    ['whose name points to itself', 1, packet([1, 0, 0, 0], [0xc0, 12, 0, 1, 0, 1])],
    ['whose name points into the header', 1, packet([1, 0, 0, 0], [1, 97, 0xc0, 4, 0, 1, 0, 1])],
    ['with a label of a reserved kind', 1, packet([1, 0, 0, 0], [0x41, 97, 0, 0, 1, 0, 1])],
    ['whose name is cut', 1, packet([1, 0, 0, 0], [9, 97])],
    ['whose question is cut', 1, packet([1, 0, 0, 0], [...name, 0, 1, 0])],
    [
      'with a name of more than 255 bytes',
      1,
      packet([1, 0, 0, 0], [...Array(128).fill([1, 97]).flat(), 0, 0, 1, 0, 1]),
    ],
    ['with a dot inside a label', 1, packet([1, 0, 0, 0], [8, ...Buffer.from('one.test'), 0, 0, 1, 0, 1])],
    [
      'with a NUL inside a label',
      1,
      packet([1, 0, 0, 0], [4, 111, 110, 101, 0, 4, ...Buffer.from('test'), 0, 0, 1, 0, 1]),
    ],
    ['with bytes behind it', 1, packet([1, 0, 0, 0], [...question, 1, 2, 3])],
    ['with a record other than OPT', 1, packet([1, 0, 0, 1], [...question, ...question, 0, 0, 0, 0, 0, 0])],
    ['with two OPT records', 1, packet([1, 0, 0, 2], [...question, ...opt(0), ...opt(0)])],
    ['of a later EDNS', 1, packet([1, 0, 0, 1], [...question, ...opt(1)])],
    ['of another class', 5, packet([1, 0, 0, 0], [...name, 0, 16, 0, 3])],
    ['for a transfer of the zone', 5, packet([1, 0, 0, 0], [...name, 0, 252, 0, 1])],
    ['that updates', 4, packet([1, 0, 0, 0], question, [0x28, 0])],
  ])('is refused: %s', async (_, code, bytes) => {
    const { resolver, server } = await open({ effect: 'alert' });
    const [answer] = await askUdp(resolver.ports.udp, [bytes]);
    expect(answer?.subarray(0, 2)).toEqual(bytes.subarray(0, 2));
    expect(answer?.[2]).toBe(0x80 | (bytes[2] ?? 0));
    expect((answer?.[3] ?? 0) & 15).toBe(code);
    expect(server.queries).toEqual([]);
  });

  it('and no query at all is ignored', async () => {
    const { resolver } = await open();
    const rubbish = [Buffer.alloc(0), Buffer.alloc(11), packet([1, 0, 0, 0], question, [0x81, 0x80])];
    const answers = await askUdp(resolver.ports.udp, [...rubbish, queryFor('one.test')], { answers: 1 });
    expect(answers).toHaveLength(1);
  });
});

describe('a name server', () => {
  it('that somebody impersonates with wrong ids and questions is waited for', async () => {
    const { resolver } = await open({
      reply: ({ name }, query) => {
        const forged = [a(name, '198.51.100.1')];
        return [
          Buffer.alloc(0),
          Buffer.alloc(4096, 0xc0),
          dnsPacket.encode(answerTo({ ...query, id: (query.id ?? 0) ^ 1 }, forged)),
          dnsPacket.encode(answerTo({ ...query, questions: [{ name: 'two.test', type: 'A' }] }, forged)),
          dnsPacket.encode({ ...query, answers: forged }),
          answerTo(query, [a(name, '192.0.2.1')]),
        ];
      },
    });
    expect(await ask(resolver.ports.udp, queryFor('one.test'))).toMatchObject({
      answers: [{ data: '192.0.2.1' }],
    });
    expect(await resolver.reaches('::ffff:198.51.100.1', 80)).toBe(false);
  });

  const malformed = (query: Packet, tail: number[], count = 1) => {
    const bytes = Buffer.concat([dnsPacket.encode(answerTo(query, [])), Buffer.from(tail)]);
    bytes.writeUInt16BE(count, 6);
    return bytes;
  };
  it.each<[what: string, tail: number[], count?: number]>([
    ['names that point to themselves', [0xc0, 26, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4]],
    ['names that point ahead', [0xc0, 40, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4, 0]],
    ['records that are cut', [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 9, 1, 2, 3, 4]],
    ['fewer records than they say', [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4], 65535],
  ])('that answers with %s has failed', async (_, tail, count) => {
    const { resolver } = await open({ reply: (_question, query) => [malformed(query, tail, count)] });
    const query = queryFor('one.test', 'A', { additionals: [{ type: 'OPT', name: '.' } as never] });
    expect(await ask(resolver.ports.udp, query)).toMatchObject({
      rcode: 'SERVFAIL',
      additionals: [{ options: [{ code: 15, data: Buffer.from([0, 22]) }] }],
    });
    expect(await resolver.reaches('::ffff:1.2.3.4', 80)).toBe(false);
  });

  it.each<[what: string, first: Reply]>([
    ['is silent', () => []],
    ['fails', (_, query) => [answerTo(query, [], { code: 2 })]],
    ['answers rubbish', (_, query) => [malformed(query, [0xc0])]],
  ])('that %s is followed by the next one', async (_, first) => {
    const { resolver, server } = await open({ servers: ['127.0.0.2', '127.0.0.1'] });
    const other = await serveNames(first, { host: '127.0.0.2', port: server.port });
    cleanups.push(other.close);
    expect(await ask(resolver.ports.udp, queryFor('one.test'))).toMatchObject({
      answers: [{ data: '192.0.2.1' }],
    });
    expect(other.queries).toHaveLength(1);
  });

  it('that nobody is makes the lookup fail', async () => {
    const { resolver } = await open({ isDown: true });
    expect(await ask(resolver.ports.udp, queryFor('one.test'))).toMatchObject({
      rcode: 'SERVFAIL',
      id: 0x1234,
    });
  });

  it('that never answers makes only so many lookups wait', async () => {
    const { resolver } = await open({ reply: () => [] });
    const queries = Array.from({ length: 70 }, (_, index) => queryFor('one.test', 'A', { id: index }));
    const refused = await askUdp(resolver.ports.udp, queries, { answers: 6 });
    expect(refused.map((packet) => decode(packet))).toMatchObject(
      Array.from({ length: 6 }, (_, index) => ({ id: 64 + index, rcode: 'SERVFAIL' })),
    );
    const all = await askUdp(resolver.ports.udp, [queryFor('evil.test')]);
    expect(all).toHaveLength(1);
  });

  it('that cuts its answer has it passed on as cut, and is asked over TCP when the client is', async () => {
    const many = (name: string) =>
      Array.from({ length: 2500 }, (_, index) => a(name, `198.18.${index >> 8}.${index & 255}`));
    const { resolver, server } = await open({
      reply: ({ name }, query, _bytes, transport) => [
        transport === 'udp'
          ? answerTo(query, [], { flags: dnsPacket.TRUNCATED_RESPONSE })
          : answerTo(query, many(name)),
      ],
    });
    expect(await ask(resolver.ports.udp, queryFor('one.test'))).toMatchObject({ flag_tc: true });
    const [answer] = await askTcp(resolver.ports.tcp, prefixed(queryFor('one.test')), 1);
    expect(decode(answer).answers).toHaveLength(2500);
    expect(answer?.length).toBeGreaterThan(50_000);
    expect(server.queries.map(({ transport }) => transport)).toEqual(['udp', 'tcp']);
    expect(await resolver.reaches('::ffff:198.18.9.195', 80)).toBe(true);
  });
});

describe('over TCP', () => {
  it('several queries on one connection are answered in turn, in whatever pieces they arrive', async () => {
    const { resolver } = await open();
    const bytes = Buffer.concat([
      prefixed(queryFor('one.test', 'A', { id: 1 })),
      prefixed(queryFor('evil.test', 'A', { id: 2 })),
      prefixed(queryFor('x.good.test', 'AAAA', { id: 3 })),
    ]);
    const answers = await askTcp(resolver.ports.tcp, bytes, 3);
    expect(answers.map((answer) => decode(answer))).toMatchObject([
      { id: 1, rcode: 'NOERROR' },
      { id: 2, rcode: 'NXDOMAIN' },
      { id: 3, rcode: 'NOERROR' },
    ]);
  });

  it('a server that nobody is makes the lookup fail', async () => {
    const { resolver } = await open({ isDown: true });
    const [answer] = await askTcp(resolver.ports.tcp, prefixed(queryFor('one.test')), 1);
    expect(decode(answer).rcode).toBe('SERVFAIL');
  });

  it.each([
    ['no length', Buffer.from([0, 0])],
    ['rubbish', prefixed(Buffer.alloc(5))],
  ])('%s closes the connection', async (_, bytes) => {
    const { resolver } = await open();
    expect(await askTcp(resolver.ports.tcp, bytes, 1)).toEqual([]);
  });

  it('more clients than there is room for wait for their turn', async () => {
    const { resolver } = await open();
    const all = await Promise.all(
      Array.from({ length: 30 }, () => askTcp(resolver.ports.tcp, prefixed(queryFor('one.test')), 1)),
    );
    expect(all.flat()).toHaveLength(30);
  });
});
